"""What the requester's own page shows: frozen views, read in a bounded number of queries."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.choices import Kind, OneAlone, WhoPays
from matcher.mail.links import Purpose
from matcher.records.database import JsonObject
from matcher.records.help_requests import HelpRequest, Hold
from matcher.records.history import Happening
from matcher.records.links import Link
from matcher.records.pages.hiding import before_introduction, without_names
from matcher.records.pages.merging import find_merged_into
from matcher.records.pages.questions import list_questions
from matcher.records.pages.reach import Reach, read_reach
from matcher.records.pages.views import BothAt, organisation_names, read_both_at, same_named
from matcher.records.pairings import Pairing, Visit


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, for the timeline; ``event`` is put into words by the template."""

    at: datetime
    subject: str
    event: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class LinkRef:
    """A link's row; the address is made of it when the page is shown."""

    id: str
    key_id: str


@dataclass(frozen=True, slots=True)
class Person:
    """The volunteer who said yes. Name and address only once both were introduced."""

    pairing_id: int
    state: pairing.State
    known_as: str
    handles: tuple[str, ...]
    vouched: bool
    job_title: str
    organisation: str
    offer: str
    experience: tuple[str, ...]
    candidate: JsonObject
    chosen_on: date | None
    note: str
    interest: str
    past_visits: int
    both_at: BothAt | None = None
    name: str = ""
    email: str = ""
    visit_state: visit.State | None = None
    visit_link: LinkRef | None = None


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A help request as its requester sees it."""

    request_id: int
    reference: str
    heading: str
    state: help_request.State
    requester_name: str
    organisation: str
    need: str
    title: str
    kind: Kind | None
    audience: str
    how_long: str
    access: str
    contact_on_day: str
    remote_too: bool
    unwanted: tuple[str, ...]
    place_label: str
    dates: tuple[date, ...]
    dates_note: str
    who_pays: WhoPays
    places: int
    filled: int
    asked_now: int
    asked_in_all: int
    first_found: bool
    apart: bool
    one_alone: OneAlone
    reach: Reach
    question: str
    people: tuple[Person, ...]
    timeline: tuple[Moment, ...]
    display_name: str
    handles: tuple[str, ...]
    supplied_by: str | None
    next_at: datetime | None
    hold: Hold | None
    merged_into: str

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state in help_request.ENDED


#: What a requester is told of the pairings: never who was asked, or who said no.
TOLD = {
    Pairing.__tablename__: frozenset(
        {"invite", "accept", "confirm", "turn_down", "release", "record_visit"}
    ),
    HelpRequest.__tablename__: frozenset(help_request.Event)
    - {help_request.Event.TAKE_PLACE, help_request.Event.FREE_PLACE}
    - {help_request.Event.TAKE_LAST_PLACE, help_request.Event.FREE_ALL_PLACES},
}


def read_request_page(session: Session, request_id: int) -> RequestPage:
    """Return the page of one help request. Raises NoResultFound."""
    request = session.get_one(HelpRequest, request_id)
    pairings = session.scalars(select(Pairing).filter_by(help_request_id=request_id)).all()
    states = Counter(kept.state for kept in pairings)
    held = [kept for kept in pairings if kept.state in pairing.HOLDS_PLACE]
    merged = find_merged_into(session, request_id) if request.merged_into_id else None
    values = same_named(RequestPage, request) | {
        "request_id": request.id,
        "organisation": request.organisation.name,
        "unwanted": organisation_names(session, request.unwanted),
        "asked_now": states[pairing.State.INVITED],
        "asked_in_all": sum(1 for kept in pairings if kept.wave),
        "reach": read_reach(request),
        "question": _open_question(session, request),
        "people": tuple(_person(session, kept) for kept in held),
        "timeline": _timeline(session, request_id),
        "handles": tuple(request.handles),
        "hold": _told(request.hold),
        "merged_into": merged.reference if merged else "",
    }
    return RequestPage(**values)


def _told(hold: Hold | None) -> Hold | None:
    """Return what holds a request, with the reason only where its requester is to read it."""
    return hold if hold is None or hold.is_told else replace(hold, because="")


def _open_question(session: Session, request: HelpRequest) -> str:
    if request.state != help_request.State.NEEDS_INFO:
        return ""
    return list_questions(session, request.id)[-1].question


def read_person(session: Session, pairing_id: int) -> Person:
    """Return the volunteer of one pairing as the requester may see them."""
    return _person(session, session.get_one(Pairing, pairing_id))


def _person(session: Session, kept: Pairing) -> Person:
    volunteer = kept.volunteer
    introduced = kept.state in pairing.DETAILS_SHOWN
    shown = before_introduction(volunteer)
    begun = session.scalars(select(Visit.state).filter_by(pairing_id=kept.id)).one_or_none()
    return Person(
        pairing_id=kept.id,
        state=kept.state,
        known_as=shown.known_as,
        handles=shown.handles,
        vouched=shown.vouched,
        job_title=volunteer.job_title if introduced else shown.job_title,
        organisation=volunteer.organisation.name if introduced else shown.organisation,
        offer=volunteer.offer if introduced else shown.offer,
        experience=tuple(volunteer.experience) if introduced else shown.experience,
        candidate=kept.snapshot.get("candidate", {}),
        chosen_on=kept.chosen_on,
        note=_said(kept, kept.answer_note),
        interest=_said(kept, kept.interest),
        past_visits=_count_visits(session, volunteer.id),
        both_at=read_both_at(kept.snapshot),
        name=(kept.accepted_as or volunteer.name) if introduced else "",
        email=volunteer.email if introduced else "",
        visit_state=begun,
        visit_link=_visit_link(session, kept) if introduced else None,
    )


def _said(kept: Pairing, words: str) -> str:
    """Return words of the volunteer to the requester, before the introduction without names."""
    introduced = kept.state in pairing.DETAILS_SHOWN
    return words if introduced else without_names(kept.volunteer, words)


def _visit_link(session: Session, kept: Pairing) -> LinkRef | None:
    """Return the requester's own link to a visit, once one was sent."""
    made = select(Link).filter_by(
        purpose=Purpose.VISIT, pairing_id=kept.id, volunteer_id=None, revoked_at=None
    )
    newest = session.scalars(made.order_by(Link.made_at.desc()).limit(1)).first()
    return LinkRef(newest.id, newest.key_id) if newest else None


def _count_visits(session: Session, volunteer_id: int) -> int:
    visited = select(func.count(Pairing.id)).filter_by(
        volunteer_id=volunteer_id, state=pairing.State.VISITED
    )
    return session.scalar(visited) or 0


def _timeline(session: Session, request_id: int) -> tuple[Moment, ...]:
    """Return what happened, oldest first; invitations of one wave are one moment."""
    happened = select(Happening).filter_by(help_request_id=request_id).order_by(Happening.id)
    moments: dict[tuple[datetime, str, str], int] = {}
    for row in session.scalars(happened):
        if row.event in TOLD.get(row.subject, ()):
            key = (row.at, row.subject, row.event)
            moments[key] = moments.get(key, 0) + 1
    return tuple(
        Moment(at, subject, event, count) for (at, subject, event), count in moments.items()
    )
