"""The events at which a requester will be, as the matcher reads them and as snapshots keep them."""

from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.matching.gatherings import Gathering, event_days
from matcher.matching.offers import Point
from matcher.records.database import JsonObject
from matcher.records.events import MeetingEvent, events_of_request, volunteers_going


def gatherings_of(session: Session, request_id: int, occasion: Occasion) -> list[Gathering]:
    """Return the coming events of a request's requester, each with who else will be there."""
    events = events_of_request(session, request_id, occasion.today)
    return [_gathering(session, event) for event in events]


def _gathering(session: Session, event: MeetingEvent) -> Gathering:
    going = volunteers_going(session, event.id)
    return Gathering(
        id=str(event.id),
        name=event.name,
        where=event.place_label,
        place=Point(event.latitude, event.longitude, event.outcode),
        days=event_days(event.first_on, event.last_on),
        offer_ids=frozenset(str(each) for each in going),
    )


def gathering_facts(gathering: Gathering) -> JsonObject:
    """Return what a snapshot keeps of the event at which two people would meet."""
    return {
        "event_id": int(gathering.id),
        "name": gathering.name,
        "place": gathering.where,
        "on": gathering.days[0].isoformat(),
    }
