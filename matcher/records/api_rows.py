"""What other programs read: states, days and organisations; no name, address or words of people.

Organisations are named where they are known ones: others are what somebody typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, case, null, or_, select
from sqlalchemy.orm import Session, aliased

from matcher.lifecycle import help_request
from matcher.records.database import JsonObject
from matcher.records.help_requests import REFERENCE_OFFSET, HelpRequest
from matcher.records.organisations import Organisation
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteers import Volunteer

# Statements of any columns.
AnySelect = Select[*tuple[Any, ...]]
ASKING, HELPING = aliased(Organisation), aliased(Organisation)


@dataclass(frozen=True, slots=True)
class Listing:
    """One kind of thing: a statement whose rows have an ``id``, and how a row is told."""

    rows: AnySelect
    number: ColumnElement[int]
    tell: Callable[[RowMapping], JsonObject]


def _named(organisation: type[Organisation]) -> ColumnElement[str | None]:
    known = or_(organisation.gss.is_not(None), organisation.vetted)
    return case((known, organisation.name), else_=null())


def _reference(request_id: int) -> str:
    return f"H-{request_id + REFERENCE_OFFSET}"


def _tell_request(row: RowMapping) -> JsonObject:
    told = {name: row[name] for name in REQUEST_NAMES}
    return {"reference": _reference(row["id"]), **told}


def _tell_pairing(row: RowMapping) -> JsonObject:
    told = {name: row[name] for name in PAIRING_NAMES}
    return {"id": row["id"], "request": _reference(row["help_request_id"]), **told}


def _tell_visit(row: RowMapping) -> JsonObject:
    told = {name: row[name] for name in VISIT_NAMES}
    return {"id": row["id"], "request": _reference(row["help_request_id"]), **told}


REQUEST_NAMES = (
    *("state", "organisation", "kind", "place", "council", "nation", "wanted_dates", "who_pays"),
    *("places", "filled", "sent_at", "confirmed_at", "proposed_at", "ended_at", "end_reason"),
)
PAIRING_NAMES = (
    *("state", "volunteer", "organisation", "rank", "score", "wave", "proposed_at"),
    *("asked_at", "answered_at", "answer_reason"),
)
VISIT_NAMES = (
    *("state", "pairing", "host", "guest", "day", "requester_said", "volunteer_said"),
    *("requester_helped", "volunteer_helped", "missed_because"),
)
#: Until an address is proved, a request is a stranger's form and no request.
PROVED = HelpRequest.state != help_request.State.UNCONFIRMED
REQUESTS = Listing(
    select(
        HelpRequest.id,
        HelpRequest.state,
        _named(Organisation).label("organisation"),
        HelpRequest.kind,
        HelpRequest.place_label.label("place"),
        HelpRequest.council_gss.label("council"),
        HelpRequest.nation,
        HelpRequest.wanted_dates,
        HelpRequest.who_pays,
        HelpRequest.places,
        HelpRequest.filled,
        HelpRequest.sent_at,
        HelpRequest.confirmed_at,
        HelpRequest.proposed_at,
        HelpRequest.ended_at,
        HelpRequest.end_reason,
    )
    .join(Organisation, HelpRequest.organisation_id == Organisation.id)
    .where(HelpRequest.confirmed_at.is_not(None), PROVED),
    HelpRequest.id.expression,
    _tell_request,
)
PAIRINGS = Listing(
    select(
        Pairing.id,
        Pairing.help_request_id,
        Pairing.state,
        Pairing.volunteer_id.label("volunteer"),
        case((Volunteer.hides_organisation, null()), else_=_named(HELPING)).label("organisation"),
        Pairing.rank,
        Pairing.score,
        Pairing.wave,
        Pairing.proposed_at,
        Pairing.invited_at.label("asked_at"),
        Pairing.answered_at,
        Pairing.answer_reason,
    )
    .join(Volunteer, Pairing.volunteer_id == Volunteer.id)
    .join(HELPING, Volunteer.organisation_id == HELPING.id),
    Pairing.id.expression,
    _tell_pairing,
)
VISITS = Listing(
    select(
        Visit.id,
        Pairing.help_request_id,
        Visit.state,
        Visit.pairing_id.label("pairing"),
        _named(ASKING).label("host"),
        case((Volunteer.hides_organisation, null()), else_=_named(HELPING)).label("guest"),
        Visit.on.label("day"),
        Visit.requester_said,
        Visit.volunteer_said,
        Visit.requester_helped,
        Visit.volunteer_helped,
        Visit.missed_because,
    )
    .join(Pairing, Visit.pairing_id == Pairing.id)
    .join(HelpRequest, Pairing.help_request_id == HelpRequest.id)
    .join(Volunteer, Pairing.volunteer_id == Volunteer.id)
    .join(ASKING, HelpRequest.organisation_id == ASKING.id)
    .join(HELPING, Volunteer.organisation_id == HELPING.id),
    Visit.id.expression,
    _tell_visit,
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some things of a kind, in the order in which they were made; ``after`` goes on from here."""

    items: tuple[JsonObject, ...]
    after: int | None


def read_part(session: Session, listing: Listing, *, after: int, limit: int, state: str) -> Part:
    """Return up to ``limit`` things that come after a number, of one state where one is given."""
    wanted = listing.rows.where(listing.number > after)
    if state:
        wanted = wanted.where(listing.rows.selected_columns.state == state)
    found = session.execute(wanted.order_by(listing.number).limit(limit + 1)).mappings().all()
    items = tuple(listing.tell(row) for row in found[:limit])
    more = len(found) > limit
    return Part(items, found[limit - 1]["id"] if more else None)


def find_one(session: Session, listing: Listing, number: int) -> JsonObject | None:
    """Return the thing of this number; None where there is none."""
    found = session.execute(listing.rows.where(listing.number == number)).mappings().first()
    return None if found is None else listing.tell(found)
