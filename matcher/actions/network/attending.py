"""Events: adding them, deciding on them, and saying that one will be there."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from slugify import slugify
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from matcher.actions.handed_in import Whereabouts
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.post.letters_events import event_reminder
from matcher.actions.post.posting import queue_caused, queue_letters
from matcher.lifecycle import help_request
from matcher.lifecycle.event import Event, State
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.database import again_if_beaten, writing
from matcher.records.events import Going, MeetingEvent, requests_going
from matcher.records.help_requests import HelpRequest
from matcher.records.programmes import get_programme
from matcher.records.volunteers import Volunteer

SLUG_LENGTH = 70
#: What is proposed for a request depends on who is where only while it is still being proposed.
PROPOSES = help_request.OPEN - {help_request.State.FILLED}


@dataclass(frozen=True, slots=True)
class SentEvent:
    """What a form, or one entry of a calendar file, says of an event."""

    name: str
    first_on: date
    last_on: date
    where: Whereabouts
    description: str = ""
    website: str = ""
    feed_uid: str | None = None


@again_if_beaten
def add_event(given: SentEvent, form_key: str, occasion: Occasion) -> int:
    """Keep an event and return its id; sent twice, one is kept.

    A coordinator's is published at once, a volunteer's or a calendar file's waits for one.
    """
    with writing() as session:
        known = select(MeetingEvent).filter_by(form_key=form_key)
        if given.feed_uid is not None:
            known = select(MeetingEvent).filter_by(feed_uid=given.feed_uid)
        kept = session.scalars(known).first()
        if kept is None:
            kept = _new_event(session, given, form_key, occasion)
            session.add(kept)
            session.flush()
            if kept.state == State.PUBLISHED:
                queue_caused(session, kept, ("event_news",), occasion)
        return kept.id


def _new_event(
    session: Session, given: SentEvent, form_key: str, occasion: Occasion
) -> MeetingEvent:
    where = asdict(given.where)
    where.pop("council_gss")
    by_coordinator = occasion.actor == Actor.COORDINATOR and given.feed_uid is None
    return MeetingEvent(
        programme_id=get_programme(session).id,
        form_key=form_key,
        feed_uid=given.feed_uid,
        state=State.PUBLISHED if by_coordinator else State.PROPOSED,
        proposed_by=occasion.actor_id if occasion.actor == Actor.VOLUNTEER else None,
        slug=_free_slug(session, f"{given.name} {given.first_on:%Y}"),
        name=given.name,
        description=given.description,
        website=given.website,
        first_on=given.first_on,
        last_on=given.last_on,
        made_at=occasion.now,
        **where,
    )


def _free_slug(session: Session, name: str) -> str:
    wanted = slugify(name, max_length=SLUG_LENGTH, word_boundary=True) or "event"
    slugs = select(MeetingEvent.slug).where(MeetingEvent.slug.startswith(wanted))
    taken = set(session.scalars(slugs))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wanted, *numbered) if each not in taken)


def decide_on_event(event_id: int, event: Event, occasion: Occasion) -> None:
    """Publish, refuse or call off an event; who would have been there is told."""
    with writing() as session:
        kept = _locked(session, event_id)
        move(session, kept, event, occasion)
        if event == Event.CALL_OFF:
            _propose_anew(session, requests_going(session, event_id))


@again_if_beaten
def say_going(event_id: int, occasion: Occasion, *, help_request_id: int | None = None) -> None:
    """Say that the acting volunteer, or the requester of a request, will be there; once.

    What is proposed for every request of that event is looked at anew.
    """
    who = _person(occasion, help_request_id)
    with writing() as session:
        kept = _locked(session, event_id)
        if kept.state != State.PUBLISHED or kept.last_on < occasion.today:
            raise NotAllowed("the event is over or not public")
        if session.scalars(select(Going).filter_by(meeting_event_id=event_id, **who)).first():
            return
        session.add(Going(meeting_event_id=event_id, said_at=occasion.now, **who))
        session.flush()
        _propose_anew(session, requests_going(session, event_id))


def say_not_going(event_id: int, occasion: Occasion, *, help_request_id: int | None = None) -> None:
    """Say that one will not be there after all."""
    who = _person(occasion, help_request_id)
    with writing() as session:
        _locked(session, event_id)
        affected = requests_going(session, event_id)
        session.execute(delete(Going).filter_by(meeting_event_id=event_id, **who))
        _propose_anew(session, affected)


def wish_reminder(
    event_id: int, wanted: bool, occasion: Occasion, *, help_request_id: int | None = None
) -> None:
    """Keep whether somebody who goes is reminded by email. Raises NotFound for who does not go."""
    who = _person(occasion, help_request_id)
    with writing() as session:
        going = session.scalars(select(Going).filter_by(meeting_event_id=event_id, **who)).first()
        if going is None:
            raise NotFound("they do not go there")
        going.remind = wanted


def due_reminders(occasion: Occasion) -> Select[int]:
    """Select those who wished to be reminded of an event that is near."""
    soon = occasion.today + timedelta(days=occasion.settings.event_reminder_days)
    wished = select(Going.id).filter_by(remind=True, reminded_at=None).join(MeetingEvent)
    near = MeetingEvent.first_on > occasion.today, MeetingEvent.first_on <= soon
    return wished.where(MeetingEvent.state == State.PUBLISHED, *near)


def remind_of_event(session: Session, going_id: int, occasion: Occasion) -> None:
    """Remind one person, once. Raises NotAllowed where that was done."""
    going = session.get(Going, going_id, with_for_update=True, populate_existing=True)
    if going is None or going.reminded_at is not None:
        raise NotAllowed("not due")
    going.reminded_at = occasion.now
    queue_letters(session, event_reminder, going, occasion)


def _person(occasion: Occasion, help_request_id: int | None) -> dict[str, int | None]:
    if help_request_id is not None:
        return {"help_request_id": help_request_id}
    return {"volunteer_id": occasion.actor_id}


def _propose_anew(session: Session, request_ids: list[int]) -> None:
    session.execute(
        update(HelpRequest)
        .where(HelpRequest.id.in_(request_ids), HelpRequest.state.in_(PROPOSES))
        .values(proposed_at=None)
        .execution_options(synchronize_session=False)
    )


def want_event_news(wanted: bool, occasion: Occasion) -> None:
    """Keep whether the acting volunteer is told of new events by email."""
    with writing() as session:
        session.get_one(Volunteer, occasion.actor_id).wants_event_news = wanted


def _locked(session: Session, event_id: int) -> MeetingEvent:
    kept = session.get(MeetingEvent, event_id, with_for_update=True, populate_existing=True)
    if kept is None:
        raise NotFound("no such event")
    return kept
