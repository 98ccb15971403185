"""Which facts and links the emails about events have, and who gets them."""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import select

from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.letters import Letter
from matcher.lifecycle.volunteer import State
from matcher.mail import emails_events
from matcher.mail.facts import Gathering
from matcher.records.events import Going, MeetingEvent, requests_going, volunteers_going
from matcher.records.help_requests import HelpRequest
from matcher.records.volunteers import Volunteer


def gathering(event: MeetingEvent) -> Gathering:
    """Return an event as emails tell it."""
    return Gathering(event.name, event.slug, event.place_label, event.first_on, event.last_on)


def _news(desk: Desk, event: MeetingEvent) -> Iterator[Letter]:
    """To the active volunteers who asked to hear of events, but for who proposed this one."""
    wanting = select(Volunteer).filter_by(wants_event_news=True, state=State.ACTIVE)
    for volunteer in desk.session.scalars(wanting.where(Volunteer.id != (event.proposed_by or 0))):
        email = emails_events.event_news(gathering(event), unsubscribe=desk.unsubscribe(volunteer))
        yield email, telling.to_volunteer(volunteer)


def _called_off(desk: Desk, event: MeetingEvent) -> Iterator[Letter]:
    for volunteer_id in volunteers_going(desk.session, event.id):
        volunteer = desk.session.get_one(Volunteer, volunteer_id)
        yield emails_events.event_called_off(gathering(event)), telling.to_volunteer(volunteer)
    for request_id in requests_going(desk.session, event.id):
        request = desk.session.get_one(HelpRequest, request_id)
        yield emails_events.event_called_off(gathering(event)), telling.to_requester(request)


def event_reminder(desk: Desk, going: Going) -> Iterator[Letter]:
    """To one who goes, and asked to be reminded."""
    event = desk.session.get_one(MeetingEvent, going.meeting_event_id)
    if going.volunteer_id is not None:
        to = telling.to_volunteer(desk.session.get_one(Volunteer, going.volunteer_id))
    else:
        to = telling.to_requester(desk.session.get_one(HelpRequest, going.help_request_id))
    yield emails_events.event_reminder(gathering(event)), to


ABOUT_EVENTS: Mapping[str, Callable[[Desk, MeetingEvent], Iterator[Letter]]] = {
    "event_news": _news,
    "event_called_off": _called_off,
}
