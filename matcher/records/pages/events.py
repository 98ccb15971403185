"""What pages show of events: to everybody, to those who will be there, to coordinators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.event import State
from matcher.records.events import Going, MeetingEvent, find_event, upcoming
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.hiding import before_introduction
from matcher.records.pages.paging import Page, read_page
from matcher.records.pages.views import same_named
from matcher.records.volunteers import Volunteer


@dataclass(frozen=True, slots=True)
class EventView:
    """An event, with the number of people who will be there."""

    id: int
    slug: str
    state: State
    name: str
    description: str
    website: str
    first_on: date
    last_on: date
    place_label: str
    going: int


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """What somebody who will be there needs; never who it is."""

    heading: str
    need: str


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """What a volunteer who will be there offers, under a name of their choice or their job."""

    shown_as: str
    offer: str
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AtTheEvent:
    """What those who will be at an event see of each other."""

    needs: tuple[OpenNeed, ...]
    offers: tuple[OpenOffer, ...]


@dataclass(frozen=True, slots=True)
class EventDesk:
    """What coordinators see: events to look at, and those to come."""

    proposed: tuple[EventView, ...]
    coming: tuple[EventView, ...]


def list_upcoming(session: Session, today: date, number: int) -> Page[EventView]:
    """Return a page of the published events to come, the nearest first."""
    return read_page(session, upcoming(today), number, lambda rows: _views(session, rows))


def all_upcoming(session: Session, today: date) -> tuple[EventView, ...]:
    """Return the published events to come, for calendars."""
    return _views(session, session.scalars(upcoming(today)).all())


def read_event(session: Session, slug: str) -> EventView | None:
    """Return an event that everybody may see, or None."""
    event = find_event(session, slug)
    if event is None or event.state not in {State.PUBLISHED, State.CALLED_OFF}:
        return None
    return _views(session, [event])[0]


def _views(session: Session, events: Sequence[MeetingEvent]) -> tuple[EventView, ...]:
    counted = select(Going.meeting_event_id, func.count(Going.id).label("people"))
    wanted = counted.where(Going.meeting_event_id.in_([event.id for event in events]))
    rows = session.execute(wanted.group_by(Going.meeting_event_id))
    going = {row.meeting_event_id: row.people for row in rows}
    return tuple(
        EventView(**same_named(EventView, event) | {"going": going.get(event.id, 0)})
        for event in events
    )


def events_going_to(
    session: Session, *, volunteer_id: int | None = None, help_request_id: int | None = None
) -> frozenset[int]:
    """Return the ids of the events at which somebody said they will be."""
    mine = select(Going.meeting_event_id).filter_by(
        volunteer_id=volunteer_id, help_request_id=help_request_id
    )
    return frozenset(session.scalars(mine))


def reminders_of(
    session: Session, *, volunteer_id: int | None = None, help_request_id: int | None = None
) -> frozenset[int]:
    """Return the ids of the events of which somebody wishes to be reminded."""
    mine = select(Going.meeting_event_id).filter_by(
        volunteer_id=volunteer_id, help_request_id=help_request_id, remind=True
    )
    return frozenset(session.scalars(mine))


def wants_event_news(session: Session, volunteer_id: int) -> bool:
    """Return whether a volunteer is told of new events."""
    return session.get_one(Volunteer, volunteer_id).wants_event_news


def read_at_the_event(session: Session, event_id: int) -> AtTheEvent:
    """Return the open needs and offers of those who will be there."""
    there = select(Going).filter_by(meeting_event_id=event_id).subquery()
    needs = session.scalars(
        select(HelpRequest)
        .join(there, there.c.help_request_id == HelpRequest.id)
        .where(HelpRequest.state.in_(help_request.OPEN - {help_request.State.FILLED}))
    )
    offers = session.scalars(
        select(Volunteer)
        .join(there, there.c.volunteer_id == Volunteer.id)
        .where(Volunteer.state == standing.State.ACTIVE)
    )
    return AtTheEvent(
        tuple(OpenNeed(each.heading, each.need) for each in needs),
        tuple(_open_offer(each) for each in offers),
    )


def _open_offer(volunteer: Volunteer) -> OpenOffer:
    shown = before_introduction(volunteer)
    return OpenOffer(shown.known_as or shown.job_title, shown.offer, shown.handles)


def read_event_desk(session: Session, today: date) -> EventDesk:
    """Return what coordinators look at, oldest first."""
    proposed = select(MeetingEvent).filter_by(state=State.PROPOSED).order_by(MeetingEvent.id)
    return EventDesk(_views(session, session.scalars(proposed).all()), all_upcoming(session, today))


def read_event_by_id(session: Session, event_id: int) -> EventView | None:
    """Return an event for coordinators, whatever its state."""
    event = session.get(MeetingEvent, event_id)
    return None if event is None else _views(session, [event])[0]
