"""Fills an empty demo with people and requests, through the same actions that real ones use."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from sqlalchemy import select

from matcher.actions.clock.upkeep import refit
from matcher.actions.coordinator.access import add_coordinator
from matcher.actions.coordinator.reviewing import approve, dismiss, say_nobody
from matcher.actions.handed_in import Details, JoinForm, OfferPage, SentForm
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.proposing import propose
from matcher.actions.requester.asking import (
    add_details,
    confirm_person,
    confirm_request,
    send_request,
    withdraw_request,
)
from matcher.actions.volunteer.answering import Yes, accept
from matcher.actions.volunteer.volunteering import confirm_offer, join, pause, save_page
from matcher.demo.advice import add_advice
from matcher.demo.events import add_events
from matcher.demo.filler import DEMO_SETTINGS, Filler, Row
from matcher.demo.peers import add_peers
from matcher.lifecycle.choices import DismissReason, Kind, WhoPays, WithdrawReason
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.matching.offers import TravelLimit
from matcher.places.gazetteer import Gazetteer
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.organisations import OrganisationDomain, find_organisation
from matcher.records.pairings import Pairing
from matcher.records.programmes import ProgrammeSettingsVersion, get_programme
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer
from matcher.settings import Settings, parse_link_keys

COORDINATOR_EMAIL = "cora@demo.example"
STRANGERS = frozenset({"post.example", "berkshirehospitals.example"})
ASKED_AT_FIRST = 4


def fill(settings: Settings) -> None:
    """Fill the database, unless there are people in it already."""
    if db.session.scalars(select(Volunteer.id).limit(1)).first():
        return
    filler = _make_filler(settings)
    _keep_settings(filler.first)
    add_coordinator(COORDINATOR_EMAIL, "Cora Bell", filler.first)
    for row in _read("volunteers.toml", "volunteer"):
        _add_volunteer(filler, row)
    refit(filler.acting(Actor.CLOCK))
    for row in _read("requests.toml", "request"):
        _add_request(filler, row)
    add_events(filler, _read("events.toml", "event"))
    add_advice(filler, _read("advice.toml", "note"))
    kinds = ("hidden", "findable", "hello", "question")
    add_peers(filler, {kind: _read("peers.toml", kind) for kind in kinds})


def _make_filler(settings: Settings) -> Filler:
    keys = parse_link_keys(settings.link_keys.get_secret_value())
    first = Occasion(
        now=datetime.now(UTC) - timedelta(days=3),
        actor=Actor.COORDINATOR,
        settings=DEMO_SETTINGS,
        key_id=next(iter(keys)),
        mail_domain=settings.mail_from.rpartition("@")[2],
    )
    return Filler(first, Gazetteer.load(), LiveIndex())


def _keep_settings(occasion: Occasion) -> None:
    with writing() as session:
        session.add(
            ProgrammeSettingsVersion(
                programme_id=get_programme(session).id,
                version=1,
                values=DEMO_SETTINGS.model_dump(mode="json"),
                made_at=occasion.now,
            )
        )


def _read(name: str, table: str) -> list[Row]:
    text = (files("matcher.demo") / "data" / name).read_text(encoding="utf-8")
    rows: list[Row] = tomllib.loads(text)[table]
    return rows


def _link(purpose: Purpose, **subject: int) -> str:
    newest = select(Link.id).filter_by(purpose=purpose, **subject).order_by(Link.made_at.desc())
    return db.session.scalars(newest).first() or ""


def _newest(model: type[Volunteer] | type[HelpRequest]) -> int:
    return db.session.scalars(select(model.id).order_by(model.id.desc())).first() or 0


def _add_volunteer(filler: Filler, row: Row) -> None:
    _know_domain(row)
    join(_join_form(filler, row), filler.acting(Actor.VOLUNTEER))
    volunteer_id = _newest(Volunteer)
    if row.get("state") == "unconfirmed":
        return
    link_id = _link(Purpose.CONFIRM_OFFER, volunteer_id=volunteer_id)
    confirm_offer(link_id, filler.acting(Actor.VOLUNTEER, volunteer_id))
    save_page(volunteer_id, _page(filler, row), filler.acting(Actor.VOLUNTEER, volunteer_id))
    if row.get("state") == "paused":
        pause(volunteer_id, None, filler.acting(Actor.VOLUNTEER, volunteer_id))


def _know_domain(row: Row) -> None:
    """Make the address's domain a known one, as coordinators do when they vet the first person."""
    domain = row["email"].rpartition("@")[2]
    with writing() as session:
        organisation = find_organisation(session, row["organisation"])
        if organisation is None or domain in STRANGERS or row.get("state") == "pending":
            return
        if domain not in {known.domain for known in organisation.domains}:
            organisation.domains.append(OrganisationDomain(domain=domain))


def _join_form(filler: Filler, row: Row) -> JoinForm:
    return JoinForm(
        form_key=f"demo{row['email']}"[:32],
        network="127.0.0.0/24",
        offer=row["offer"].strip(),
        where=filler.where(row["from_place"]),
        travel=_travel(filler, row),
        name=row["name"],
        email=row["email"],
        organisation=row["organisation"],
    )


def _page(filler: Filler, row: Row) -> OfferPage:
    return OfferPage(
        offer=row["offer"].strip(),
        display_name=row.get("display_name", ""),
        job_title=row["job_title"],
        skills=tuple(row["skills"]),
        experience=tuple(words.strip() for words in row["experience"]),
        kinds=tuple(Kind(kind) for kind in row["kinds"]),
        asks_per_quarter=row["asks_per_quarter"],
        travel=_travel(filler, row),
        where=filler.where(row["from_place"]),
        away=tuple((filler.day(first), filler.day(last)) for first, last in row.get("away", ())),
    )


def _travel(filler: Filler, row: Row) -> Travel:
    areas = tuple(filler.where(name).council_gss for name in row.get("areas", ()))
    limit = TravelLimit(
        miles=row.get("miles"),
        train_minutes=row.get("train_minutes"),
        car_minutes=row.get("car_minutes"),
        areas=areas,
        remote=row.get("remote", False),
    )
    return Travel(limit)


def _add_request(filler: Filler, row: Row) -> None:
    send_request(_sent_form(filler, row), filler.acting(Actor.REQUESTER))
    request_id = _newest(HelpRequest)
    if row["state"] == "unconfirmed":
        return
    link_id = _link(Purpose.CONFIRM_REQUEST, help_request_id=request_id)
    confirm_request(link_id, filler.acting(Actor.REQUESTER))
    add_details(request_id, _details(row), filler.acting(Actor.REQUESTER))
    propose(filler.live, request_id, filler.acting(Actor.CLOCK))
    steps: dict[str, Callable[[Filler, int, Row], object]] = {
        "asking": _ask,
        "filled_waiting": _accept,
        "filled_confirmed": _confirm,
        "nobody": _ask_nobody,
        "withdrawn": _withdraw,
    }
    if row["state"] in steps:
        steps[row["state"]](filler, request_id, row)


def _sent_form(filler: Filler, row: Row) -> SentForm:
    return SentForm(
        form_key=f"demo{row['email']}"[:32],
        network="127.0.0.0/24",
        need=row["need"].strip(),
        where=filler.where(row["place"]),
        wanted_dates=tuple(filler.day(offset) for offset in row["dates"]),
        dates_note="",
        who_pays=WhoPays(row["who_pays"]),
        name=row["name"],
        email=row["email"],
        organisation=row["organisation"],
    )


def _details(row: Row) -> Details:
    return Details(
        title=row["title"],
        kind=Kind(row["kind"]),
        audience=row["audience"],
        places=row["people"],
        how_long=row["how_long"],
        remote_too=row["remote_too"],
        access=row["access"],
        contact_on_day=row["contact_on_day"],
        unwanted=tuple(row["unwanted"]),
    )


def _proposals(request_id: int) -> list[Pairing]:
    kept = select(Pairing).filter_by(help_request_id=request_id).order_by(Pairing.rank)
    return list(db.session.scalars(kept))


def _ask(filler: Filler, request_id: int, row: Row) -> None:
    """Approve the best few; whoever is to accept is among them."""
    proposals = _proposals(request_id)
    wanted = row.get("accepted_by")
    chosen = [kept for kept in proposals if kept.volunteer.email == wanted]
    chosen += [kept for kept in proposals if kept not in chosen]
    ids = [kept.id for kept in chosen[:ASKED_AT_FIRST]]
    approve(request_id, ids, filler.acting(Actor.COORDINATOR, 1))


def _accept(filler: Filler, request_id: int, row: Row) -> int:
    _ask(filler, request_id, row)
    chosen = next(
        kept for kept in _proposals(request_id) if kept.volunteer.email == row["accepted_by"]
    )
    dates = chosen.help_request.dates
    answer = Yes(chosen_on=dates[0] if dates else None)
    accept(chosen.id, answer, filler.acting(Actor.VOLUNTEER, chosen.volunteer_id))
    return chosen.id


def _confirm(filler: Filler, request_id: int, row: Row) -> None:
    confirm_person(_accept(filler, request_id, row), filler.acting(Actor.REQUESTER))


def _ask_nobody(filler: Filler, request_id: int, _row: Row) -> None:
    """Set every proposal aside, so that nobody is left to ask."""
    for kept in _proposals(request_id):
        dismiss(kept.id, DismissReason.NOT_A_FIT, "", filler.acting(Actor.COORDINATOR, 1))
    say_nobody(request_id, filler.acting(Actor.COORDINATOR, 1))


def _withdraw(filler: Filler, request_id: int, row: Row) -> None:
    reason = WithdrawReason(row["withdraw_reason"])
    withdraw_request(request_id, reason, "", filler.acting(Actor.REQUESTER))
