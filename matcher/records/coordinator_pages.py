"""What coordinators read of one request or one volunteer: frozen views, bounded queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import WhoPays
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.coordinator_lists import EmailRow, email_row
from matcher.records.coordinators import Coordinator
from matcher.records.database import JsonObject
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.organisations import Organisation, knows_domain
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

QUARTER = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A kept candidate: the volunteer, the state of the pairing, and what it was made from."""

    pairing_id: int
    volunteer_id: int
    state: pairing.State
    rank: int
    score: float
    candidate: JsonObject
    shown_as: str
    organisation: str
    job_title: str
    place_label: str
    offer: str
    skills: tuple[str, ...]
    experience: tuple[str, ...]
    asks: int
    asks_per_quarter: int
    invited_at: datetime | None
    answer_by: datetime | None
    chosen_on: date | None
    answer_reason: str
    answer_note: str


@dataclass(frozen=True, slots=True)
class HappeningRow:
    """One thing that happened, with who did it where a coordinator did."""

    at: datetime
    subject: str
    event: str
    actor: str
    by: str
    volunteer: str
    reason: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """A help request as coordinators see it."""

    request_id: int
    reference: str
    heading: str
    state: help_request.State
    organisation: str
    organisation_vetted: bool
    need: str
    kind: str | None
    audience: str
    how_long: str
    remote_too: bool
    access: str
    unwanted: tuple[str, ...]
    place_label: str
    dates: tuple[date, ...]
    dates_note: str
    who_pays: WhoPays
    places: int
    filled: int
    sent_at: datetime
    proposed_at: datetime | None
    end_reason: str
    candidates: tuple[CandidateView, ...]
    timeline: tuple[HappeningRow, ...]
    emails: tuple[EmailRow, ...]


@dataclass(frozen=True, slots=True)
class VolunteerView:
    """A volunteer as coordinators see them; name and address only by a press that is logged."""

    volunteer_id: int
    shown_as: str
    state: standing.State
    organisation: str
    domain: str
    domain_known: bool
    job_title: str
    offer: str
    skills: tuple[str, ...]
    experience: tuple[str, ...]
    kinds: tuple[str, ...]
    place_label: str
    travel_limit: JsonObject
    asks_per_quarter: int
    asks: int
    paused_until: date | None
    away: tuple[tuple[date, date], ...]
    joined_at: datetime
    pairings: tuple[tuple[int, str, str, pairing.State], ...]


def read_request(session: Session, request_id: int, now: datetime) -> RequestView:
    """Return one help request with its candidates, history and emails. Raises NotFound."""
    request = session.get(HelpRequest, request_id)
    if request is None:
        raise NotFound("no such help request")
    emails = select(OutgoingEmail).filter_by(help_request_id=request_id)
    return RequestView(
        request_id=request.id,
        reference=request.reference,
        heading=request.heading,
        state=request.state,
        organisation=request.organisation.name,
        organisation_vetted=request.organisation.vetted,
        need=request.need,
        kind=request.kind,
        audience=request.audience,
        how_long=request.how_long,
        remote_too=request.remote_too,
        access=request.access,
        unwanted=_names(session, request.unwanted),
        place_label=request.place_label,
        dates=request.dates,
        dates_note=request.dates_note,
        who_pays=request.who_pays,
        places=request.places,
        filled=request.filled,
        sent_at=request.sent_at,
        proposed_at=request.proposed_at,
        end_reason=request.end_reason,
        candidates=_candidates(session, request_id, now),
        timeline=_timeline(session, Happening.help_request_id == request_id),
        emails=tuple(
            email_row(email) for email in session.scalars(emails.order_by(OutgoingEmail.id))
        ),
    )


def _names(session: Session, organisation_ids: list[int]) -> tuple[str, ...]:
    named = select(Organisation.name).where(Organisation.id.in_(organisation_ids))
    return tuple(session.scalars(named.order_by(Organisation.name)))


def _candidates(session: Session, request_id: int, now: datetime) -> tuple[CandidateView, ...]:
    """Return the kept candidates: who is furthest on first, then by rank."""
    kept = session.scalars(select(Pairing).filter_by(help_request_id=request_id)).all()
    asks = _asks(session, [each.volunteer_id for each in kept], now)
    ordered = sorted(kept, key=lambda each: (ORDER.index(each.state), each.rank, each.id))
    return tuple(_candidate(each, asks.get(each.volunteer_id, 0)) for each in ordered)


ORDER = (
    pairing.State.CONFIRMED,
    pairing.State.VISITED,
    pairing.State.MISSED,
    pairing.State.ACCEPTED,
    pairing.State.RESERVE,
    pairing.State.INVITED,
    pairing.State.APPROVED,
    pairing.State.PROPOSED,
    pairing.State.LAPSED,
    pairing.State.DECLINED,
    pairing.State.PASSED_ON,
    pairing.State.RELEASED,
    pairing.State.TURNED_DOWN,
    pairing.State.STOOD_DOWN,
    pairing.State.DISMISSED,
)


def _asks(session: Session, volunteer_ids: Sequence[int], now: datetime) -> dict[int, int]:
    """Return how often each was invited in the last quarter."""
    asked = (
        select(Happening.volunteer_id, func.count(Happening.id))
        .where(
            Happening.subject == Pairing.__tablename__,
            Happening.event == pairing.Event.INVITE,
            Happening.volunteer_id.in_(volunteer_ids),
            Happening.at > now - QUARTER,
        )
        .group_by(Happening.volunteer_id)
    )
    return {each: count for each, count in session.execute(asked) if each is not None}


def _candidate(kept: Pairing, asks: int) -> CandidateView:
    volunteer = kept.volunteer
    return CandidateView(
        pairing_id=kept.id,
        volunteer_id=volunteer.id,
        state=kept.state,
        rank=kept.rank,
        score=kept.score,
        candidate=kept.snapshot.get("candidate", {}),
        shown_as=volunteer.shown_as,
        organisation=volunteer.organisation.name,
        job_title=volunteer.job_title,
        place_label=volunteer.place_label,
        offer=volunteer.offer,
        skills=tuple(volunteer.skills),
        experience=tuple(volunteer.experience),
        asks=asks,
        asks_per_quarter=volunteer.asks_per_quarter,
        invited_at=kept.invited_at,
        answer_by=kept.answer_by,
        chosen_on=kept.chosen_on,
        answer_reason=kept.answer_reason,
        answer_note=kept.answer_note,
    )


def _timeline(session: Session, belongs: ColumnElement[bool]) -> tuple[HappeningRow, ...]:
    """Return what happened, oldest first; named are coordinators and the volunteers it is about."""
    rows = session.execute(
        select(Happening, Coordinator.name, Volunteer)
        .outerjoin(
            Coordinator,
            and_(Happening.actor == Actor.COORDINATOR, Happening.actor_id == Coordinator.id),
        )
        .outerjoin(Volunteer, Happening.volunteer_id == Volunteer.id)
        .where(belongs)
        .order_by(Happening.id)
    )
    return tuple(
        HappeningRow(
            at=row.at,
            subject=row.subject,
            event=row.event,
            actor=row.actor,
            by=by or "",
            volunteer=about.shown_as if about else "",
            reason=row.reason,
        )
        for row, by, about in rows
    )


def read_volunteer(session: Session, volunteer_id: int, now: datetime) -> VolunteerView:
    """Return one volunteer with what they were asked. Raises NotFound."""
    volunteer = session.get(Volunteer, volunteer_id)
    if volunteer is None:
        raise NotFound("no such volunteer")
    kept = session.scalars(
        select(Pairing).filter_by(volunteer_id=volunteer_id).order_by(Pairing.id.desc())
    )
    return VolunteerView(
        volunteer_id=volunteer.id,
        shown_as=volunteer.shown_as,
        state=volunteer.state,
        organisation=volunteer.organisation.name,
        domain=volunteer.email.rpartition("@")[2],
        domain_known=knows_domain(volunteer.organisation, volunteer.email),
        job_title=volunteer.job_title,
        offer=volunteer.offer,
        skills=tuple(volunteer.skills),
        experience=tuple(volunteer.experience),
        kinds=tuple(volunteer.kinds),
        place_label=volunteer.place_label,
        travel_limit=volunteer.travel_limit,
        asks_per_quarter=volunteer.asks_per_quarter,
        asks=_asks(session, [volunteer_id], now).get(volunteer_id, 0),
        paused_until=volunteer.paused_until,
        away=tuple((span.first_on, span.last_on) for span in volunteer.away),
        joined_at=volunteer.joined_at,
        pairings=tuple(
            (
                each.help_request_id,
                each.help_request.reference,
                each.help_request.heading,
                each.state,
            )
            for each in kept
        ),
    )


def read_shown_as(session: Session, volunteer_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Return the shown name and the organisation of each volunteer."""
    named = session.scalars(select(Volunteer).where(Volunteer.id.in_(volunteer_ids)))
    return {each.id: (each.shown_as, each.organisation.name) for each in named}
