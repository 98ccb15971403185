"""Hellos between volunteers: both agreed to be found, and neither sees the other's address."""

from datetime import timedelta

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from matcher.actions.coordinator.reviewing import log_look
from matcher.actions.coordinator.tasks import add_task
from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.posting import queue_caused
from matcher.actions.volunteer.resting import lock_volunteer
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.hello import OPEN, Event, State
from matcher.lifecycle.refusals import NotAllowed, NotFound, TooMany
from matcher.lifecycle.volunteer import MEMBERS
from matcher.lifecycle.volunteer import State as Standing
from matcher.records.database import again_if_beaten, writing
from matcher.records.hellos import (
    Hello,
    HelloWords,
    count_sent,
    count_written,
    find_relayed,
    known_to,
    latest_words,
)
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.programmes import get_programme
from matcher.records.volunteers import Volunteer

WEEK, DAY = timedelta(days=7), timedelta(days=1)
RELAYED = ("hello", "hello_answer")


def own_hellos_link(occasion: Occasion) -> str:
    """Return the id of the link to the acting volunteer's own hellos."""
    with writing() as session:
        volunteer = session.get_one(Volunteer, occasion.actor_id)
        return Desk(session, occasion).hellos(volunteer)


def be_findable(volunteer_id: int, wanted: bool, occasion: Occasion) -> None:
    """Let others find somebody, or not any more; then what goes on between them ends at once.

    Raises NotAllowed for whom a coordinator has barred.
    """
    with writing() as session:
        volunteer = _lock(session, volunteer_id)[0]
        if wanted and volunteer.hellos_barred:
            raise NotAllowed("a coordinator has ended it")
        volunteer.findable = wanted
        if not wanted:
            end_hellos(session, volunteer_id, occasion)


def bar_from_hellos(volunteer_id: int, occasion: Occasion) -> None:
    """Let somebody say hello to nobody any more, as a coordinator."""
    with writing() as session:
        volunteer = _lock(session, volunteer_id)[0]
        volunteer.findable, volunteer.hellos_barred = False, True
        log_look(session, volunteer, occasion, "barred_from_hellos")
        end_hellos(session, volunteer_id, occasion)


def end_hellos(session: Session, volunteer_id: int, occasion: Occasion) -> None:
    """End everything between a volunteer and others; what waits to be passed on stays unsent."""
    mine = or_(Hello.from_id == volunteer_id, Hello.to_id == volunteer_id)
    going_on = select(Hello).where(mine, Hello.state.in_(OPEN)).order_by(Hello.id)
    for hello in session.scalars(going_on).all():
        move(session, hello, Event.END, occasion, changes={"next_at": None})
        _take_back(session, (hello.from_id, hello.to_id), occasion)


def _take_back(session: Session, volunteer_ids: tuple[int, ...], occasion: Occasion) -> None:
    """Leave unsent what was to be relayed: who has said stop reads no more."""
    waiting = update(OutgoingEmail).where(
        OutgoingEmail.name.in_(RELAYED),
        OutgoingEmail.volunteer_id.in_(volunteer_ids),
        still_waiting(),
    )
    stopped = waiting.values(skipped_at=occasion.now, skipped_because="stopped")
    session.execute(stopped.execution_options(synchronize_session=False))


@again_if_beaten
def say_hello(from_id: int, to_id: int, words: str, occasion: Occasion) -> int:
    """Keep a hello, queue the email that relays it, and return its id; sent twice, one is kept.

    Raises NotAllowed where either has not agreed to be found or the two know each other already,
    TooMany beyond what one may send or be sent in a week: counted while both rows are held.
    """
    with writing() as session:
        sender, reader = _lock(session, from_id, to_id)
        kept = session.scalars(select(Hello).filter_by(from_id=from_id, to_id=to_id)).first()
        if kept is not None:
            return kept.id
        if not (_may_meet(sender) and _may_meet(reader)) or to_id in known_to(session, from_id):
            raise NotAllowed("they have not both agreed to be found")
        _refuse_too_many(session, from_id, to_id, occasion)
        hello = Hello(
            programme_id=get_programme(session).id,
            from_id=from_id,
            to_id=to_id,
            sent_at=occasion.now,
            next_at=occasion.now + timedelta(days=occasion.settings.hello_days),
        )
        session.add(hello)
        session.flush()
        _add_words(session, hello, from_id, words, occasion)
        queue_caused(session, hello, ("hello",), occasion)
        return hello.id


def _lock(session: Session, *volunteer_ids: int) -> list[Volunteer]:
    """Hold these volunteers' rows, in the order of their ids. Raises NotFound."""
    rows = {each: session.get(Volunteer, each) for each in sorted(volunteer_ids)}
    for row in rows.values():
        if row is None:
            raise NotFound("no such volunteer")
        lock_volunteer(session, row)
    return [row for each in volunteer_ids if (row := rows[each]) is not None]


def _may_meet(volunteer: Volunteer) -> bool:
    active = volunteer.state == Standing.ACTIVE and volunteer.stands_for_themselves
    return active and volunteer.findable and not volunteer.hellos_barred


def _refuse_too_many(session: Session, from_id: int, to_id: int, occasion: Occasion) -> None:
    since, settings = occasion.now - WEEK, occasion.settings
    if count_sent(session, since, by=from_id) >= settings.hellos_per_week:
        raise TooMany("they have said hello often enough this week")
    if count_sent(session, since, to=to_id) >= settings.hellos_received_per_week:
        raise TooMany("the other was greeted often enough this week")


def _add_words(session: Session, hello: Hello, by: int, words: str, occasion: Occasion) -> None:
    written = {"words": words, "written_at": occasion.now}
    session.add(HelloWords(hello_id=hello.id, volunteer_id=by, **written))
    session.flush()


def write_back(hello_id: int, by: int, words: str, occasion: Occasion) -> None:
    """Relay an answer, or more words once it was answered.

    Raises IllegalMove where there is nothing to answer, TooMany beyond what one may write a day.
    """
    with writing() as session:
        hello = session.get(Hello, hello_id)
        if hello is not None:
            _lock(session, hello.from_id, hello.to_id)  # people first, always: no deadlock
        hello = _own(session, hello_id, by)
        waits = hello.state == State.SENT
        if waits and hello.from_id == by:
            raise NotAllowed("the other has not answered yet")
        if session.get_one(Volunteer, hello.other_than(by)).state not in MEMBERS:
            raise NotAllowed("the other no longer takes part")
        since = occasion.now - DAY
        if count_written(session, by, since) >= occasion.settings.hello_words_per_day:
            raise TooMany("they have written often enough today")
        _add_words(session, hello, by, words, occasion)
        event = Event.ANSWER if waits else Event.WRITE
        move(session, hello, event, occasion, changes={"next_at": None})


def end_hello(hello_id: int, by: int, occasion: Occasion) -> None:
    """Say no to a hello, or end what goes on; the other is not told. Twice is once."""
    with writing() as session:
        hello = _own(session, hello_id, by)
        declines = hello.state == State.SENT and hello.to_id == by
        event = Event.DECLINE if declines else Event.END
        if may(hello, event, occasion):
            move(session, hello, event, occasion, changes={"next_at": None})
            _take_back(session, (hello.from_id, hello.to_id), occasion)


def report_hello(hello_id: int, by: int, why: str, occasion: Occasion) -> None:
    """Block the other for good, and tell the coordinators why; the other is not told."""
    with writing() as session:
        hello = _own(session, hello_id, by)
        if may(hello, Event.BLOCK, occasion):
            move(session, hello, Event.BLOCK, occasion, reason=why, changes={"next_at": None})
            _take_back(session, (by,), occasion)
        key = f"hello {hello.id} by {by}"
        kind, other = TaskKind.HELLO_REPORTED, hello.other_than(by)
        add_task(session, kind, key, occasion, words=why, volunteer_id=other)


def _own(session: Session, hello_id: int, volunteer_id: int) -> Hello:
    hello = session.get(Hello, hello_id, with_for_update=True, populate_existing=True)
    if hello is None or volunteer_id not in {hello.from_id, hello.to_id}:
        raise NotFound("no such hello")
    return hello


def lapse_hello(session: Session, hello_id: int, occasion: Occasion) -> None:
    """End a hello that was left unanswered. Raises NotAllowed where it is not due."""
    hello = session.get_one(Hello, hello_id, with_for_update=True, populate_existing=True)
    if hello.next_at is None or hello.next_at > occasion.now:
        raise NotAllowed("not due")
    move(session, hello, Event.LAPSE, occasion, changes={"next_at": None})


def end_unpassed(session: Session, email: OutgoingEmail, occasion: Occasion) -> None:
    """Tell whoever wrote the words of an email that came back that they were not passed on."""
    words = find_relayed(session, email.volunteer_id or 0, email.queued_at)
    if words is None or words.id != latest_words(session, words.hello_id).id:
        return  # the other has written since
    hello = session.get_one(Hello, words.hello_id, with_for_update=True, populate_existing=True)
    if may(hello, Event.BOUNCE, occasion.by_clock()):
        changes = {"next_at": None}
        move(session, hello, Event.BOUNCE, occasion.by_clock(), changes=changes)


def due_hellos(occasion: Occasion) -> Select[int]:
    """Select the hellos that were left unanswered."""
    return select(Hello.id).filter_by(state=State.SENT).where(Hello.next_at <= occasion.now)
