"""A volunteer's visits as their private calendar shows them, and the link that opens it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle import pairing, visit
from matcher.mail.links import Purpose
from matcher.records.links import Link
from matcher.records.pages.volunteer import LinkRef
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteers import Volunteer

#: Visits stay in the calendar for so long after their day.
KEPT_FOR = timedelta(days=365)
#: No programme has more to come; a calendar program would not show them.
MOST_COMING = 1000
#: The day of a visit in these counts on.
SHOWN = visit.COMING | {visit.State.TOOK_PLACE, visit.State.TOOK_PLACE_REMOTE}


@dataclass(frozen=True, slots=True)
class CalendarVisit:
    """One visit: where, when and what for. Nobody's name or address: a feed's address travels."""

    uid: str
    sequence: int
    on: date
    begins: time | None
    ends: time | None
    made_at: datetime
    reference: str
    heading: str
    organisation: str
    place_label: str
    access: str


@dataclass(frozen=True, slots=True)
class DeskVisit:
    """One visit as coordinators' calendars show it: nobody's name or address here, either.

    ``helping`` is the volunteer's organisation, empty where they keep it to themselves.
    """

    visit: CalendarVisit
    helping: str
    request_id: int


def list_calendar_visits(
    session: Session, volunteer_id: int, today: date
) -> tuple[CalendarVisit, ...]:
    """Return a volunteer's visits whose day is known, the earliest first."""
    mine = (
        select(Visit)
        .join(Pairing, Visit.pairing_id == Pairing.id)
        .where(Pairing.volunteer_id == volunteer_id, Pairing.state.in_(pairing.DETAILS_SHOWN))
        .where(Visit.state.in_(SHOWN), Visit.on >= today - KEPT_FOR)
        .order_by(Visit.on, Visit.id)
    )
    return tuple(_shown(each) for each in session.scalars(mine) if each.on is not None)


def _shown(each: Visit) -> CalendarVisit:
    request = each.pairing.help_request
    return CalendarVisit(
        uid=each.calendar_uid,
        sequence=each.sequence,
        on=each.on or date.min,
        begins=each.begins,
        ends=each.ends,
        made_at=each.made_at,
        reference=request.reference,
        heading=request.heading,
        organisation=request.organisation.name,
        place_label=request.place_label,
        access=request.access,
    )


def list_coming_visits(session: Session, today: date) -> tuple[DeskVisit, ...]:
    """Return everybody's visits from today on whose day is known, the earliest first."""
    coming = (
        select(Visit)
        .where(Visit.state.in_(visit.COMING), Visit.on >= today)
        .order_by(Visit.on, Visit.id)
        .limit(MOST_COMING)
    )
    return tuple(
        DeskVisit(_shown(each), _helping(each.pairing.volunteer), each.pairing.help_request_id)
        for each in session.scalars(coming)
    )


def _helping(volunteer: Volunteer) -> str:
    return "" if volunteer.hides_organisation else volunteer.organisation.name


def find_desk_calendar_link(session: Session, coordinator_id: int) -> LinkRef | None:
    """Return the link that opens a coordinator's calendar; None where none was made."""
    return _newest(session, Purpose.DESK_CALENDAR, coordinator_id=coordinator_id)


def find_calendar_link(session: Session, volunteer_id: int) -> LinkRef | None:
    """Return the link that opens a volunteer's calendar; None where none was made."""
    return _newest(session, Purpose.CALENDAR, volunteer_id=volunteer_id)


def _newest(session: Session, purpose: Purpose, **subject: int) -> LinkRef | None:
    made = select(Link).filter_by(purpose=purpose, revoked_at=None, **subject)
    newest = session.scalars(made.order_by(Link.made_at.desc(), Link.id)).first()
    return LinkRef(newest.id, newest.key_id) if newest else None
