"""A volunteer's visits as their private calendar shows them, and the link that opens it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle import pairing, visit
from matcher.mail.links import Purpose
from matcher.records.links import Link
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteer_pages import LinkRef

#: Visits stay in the calendar for so long after their day.
KEPT_FOR = timedelta(days=365)
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


def find_calendar_link(session: Session, volunteer_id: int) -> LinkRef | None:
    """Return the link that opens a volunteer's calendar; None where none was made."""
    made = select(Link).filter_by(
        purpose=Purpose.CALENDAR, volunteer_id=volunteer_id, revoked_at=None
    )
    newest = session.scalars(made.order_by(Link.made_at.desc(), Link.id)).first()
    return LinkRef(newest.id, newest.key_id) if newest else None
