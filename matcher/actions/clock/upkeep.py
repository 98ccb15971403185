"""What the clock does: every timer is a date in a row, read by steps that may be run twice.

Each step takes one due row at a time in its own transaction, looks again whether it is still due,
and returns how many it dealt with. Two workers may run all of this at once.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from matcher.actions.clock.nudging import nudge
from matcher.actions.coordinator.digesting import send_digests
from matcher.actions.coordinator.reviewing import begin_asking
from matcher.actions.filling import invite_next, lock_pairing, lock_request, stand_down
from matcher.actions.moving import move
from matcher.actions.network.advising import ask_whether_it_holds, due_notes
from matcher.actions.network.asking_peers import due_questions, settle_question
from matcher.actions.network.attending import due_reminders, remind_of_event
from matcher.actions.network.greeting import due_hellos, lapse_hello
from matcher.actions.occasion import Occasion
from matcher.actions.post.posting import queue_reminder
from matcher.actions.privacy.retaining import apply_retention
from matcher.actions.proposals.offering import publish_all, publish_offer
from matcher.actions.volunteer.resting import count_lapse
from matcher.actions.volunteer.volunteering import get_volunteer
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.refusals import Refused
from matcher.records.blanking import blank
from matcher.records.database import db, writing
from matcher.records.drafts import Draft
from matcher.records.help_requests import HelpRequest, held_ids
from matcher.records.limits import Tally
from matcher.records.links import Link
from matcher.records.offers import IndexVersion, latest_index_version
from matcher.records.pairings import Pairing
from matcher.records.person import Person
from matcher.records.programmes import get_programme, lock_programme
from matcher.records.uploads import Upload
from matcher.records.volunteers import Volunteer

BATCH = 200
LOOK_AGAIN = timedelta(hours=1)
REFIT_EVERY = timedelta(days=1)
WAITING = frozenset({help_request.State.IN_REVIEW, help_request.State.NEEDS_INFO})

DueStep = Callable[[Session, int, Occasion], None]


def run_upkeep(occasion: Occasion) -> int:
    """Run every step once and return how many rows were dealt with.

    A step that fails holds up no other. Raises ExceptionGroup of the faults when all were run.
    """
    done, faults = 0, []
    for step in STEPS:
        try:
            done += step(occasion)
        except SQLAlchemyError:
            raise  # the database is away: there is no going on
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("steps of the clock failed", faults)
    return done


def _each(due: Select[int], occasion: Occasion, step: DueStep) -> int:
    """Take the step for every row that is due. A row that fails holds up no other: its fault is
    raised when the others are done.
    """
    ids = db.session.scalars(due.limit(BATCH)).all()
    db.session.rollback()
    faults: list[Exception] = []
    for row_id in ids:
        try:
            with writing() as session:
                step(session, row_id, occasion)
        except Refused:
            continue  # somebody else dealt with it since
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{step.__name__} failed for {len(faults)} of {len(ids)}", faults)
    return len(ids)


def ask_about_advice(occasion: Occasion) -> int:
    """Ask the authors of old notes of advice whether they still hold."""
    return _each(due_notes(occasion), occasion, ask_whether_it_holds)


def settle_questions(occasion: Occasion) -> int:
    """End the questions that nobody answered, and those whose request has ended."""
    return _each(due_questions(occasion), occasion, settle_question)


def remind_of_events(occasion: Occasion) -> int:
    """Remind those of an event who go there and wished it."""
    return _each(due_reminders(occasion), occasion, remind_of_event)


def lapse_hellos(occasion: Occasion) -> int:
    """End the hellos that were left unanswered."""
    return _each(due_hellos(occasion), occasion, lapse_hello)


def forget_requests(occasion: Occasion) -> int:
    """Erase help requests whose address was not proved in time."""
    waiting = select(HelpRequest.id).filter_by(state=help_request.State.UNCONFIRMED)
    return _each(waiting.where(HelpRequest.next_at <= occasion.now), occasion, _forget_request)


def _forget_request(session: Session, request_id: int, occasion: Occasion) -> None:
    request = lock_request(session, request_id)
    ended = {"next_at": None, "ended_at": occasion.now}
    move(session, request, help_request.Event.FORGET, occasion, changes=ended)
    blank(session, Person(requests=(request_id,)), occasion.now)


def forget_offers(occasion: Occasion) -> int:
    """Delete offers whose address was not proved in time."""
    waiting = select(Volunteer.id).filter_by(state=standing.State.UNCONFIRMED)
    return _each(waiting.where(Volunteer.next_at <= occasion.now), occasion, _forget_offer)


def _forget_offer(session: Session, volunteer_id: int, occasion: Occasion) -> None:
    volunteer = get_volunteer(session, volunteer_id)
    move(session, volunteer, standing.Event.FORGET, occasion, changes={"next_at": None})
    blank(session, Person(volunteers=(volunteer_id,)), occasion.now)


def lapse(occasion: Occasion) -> int:
    """End asks that were not answered in time and ask the next; who lapses twice may rest."""
    return _each(_asked().where(Pairing.answer_by <= occasion.now), occasion, _lapse)


def _asked() -> Select[int]:
    """Return the query for asks that wait for an answer, save those of requests that are held."""
    asked = select(Pairing.id).filter_by(state=pairing.State.INVITED)
    return asked.where(Pairing.help_request_id.not_in(held_ids()))


def _lapse(session: Session, pairing_id: int, occasion: Occasion) -> None:
    kept = lock_pairing(session, pairing_id)
    if kept.help_request.hold or kept.answer_by is None or kept.answer_by > occasion.now:
        return  # more time was given since
    move(session, kept, pairing.Event.LAPSE, occasion, changes={"remind_at": None})
    count_lapse(session, kept.volunteer, occasion)
    invite_next(session, kept.help_request, occasion)


def remind(occasion: Occasion) -> int:
    """Remind once those who were asked and have not answered, if there is still time to."""
    return _each(_asked().where(Pairing.remind_at <= occasion.now), occasion, _remind)


def _remind(session: Session, pairing_id: int, occasion: Occasion) -> None:
    kept = lock_pairing(session, pairing_id)
    due = kept.remind_at is not None and kept.remind_at <= occasion.now
    if kept.state == pairing.State.INVITED and due and not kept.help_request.hold:
        kept.remind_at = None
        queue_reminder(session, kept, occasion)


def look_after_requests(occasion: Occasion) -> int:
    """Look at every open request whose time has come: expire it, or ask the next.

    One that is held only gets its next date: it waits for a coordinator.
    """
    due = select(HelpRequest.id).where(
        HelpRequest.state.in_(help_request.TAKES_ANSWERS | WAITING),
        HelpRequest.next_at <= occasion.now,
        HelpRequest.proposed_at.is_not(None),
    )
    return _each(due, occasion, _look_after)


def _look_after(session: Session, request_id: int, occasion: Occasion) -> None:
    request = lock_request(session, request_id)
    request.next_at = occasion.now + LOOK_AGAIN
    if request.hold:
        return
    if request.dates and max(request.dates) < occasion.today and not request.filled:
        changes = {"ended_at": occasion.now, "next_at": None, "end_reason": "dates_passed"}
        move(session, request, help_request.Event.EXPIRE, occasion, changes=changes)
        stand_down(session, request, occasion)
    else:
        begin_asking(session, request, occasion)


def end_pauses(occasion: Occasion) -> int:
    """Let those be asked again whose pause is over."""
    paused = select(Volunteer.id).filter_by(state=standing.State.PAUSED)
    return _each(paused.where(Volunteer.paused_until <= occasion.today), occasion, _end_pause)


def _end_pause(session: Session, volunteer_id: int, occasion: Occasion) -> None:
    volunteer = get_volunteer(session, volunteer_id)
    move(session, volunteer, standing.Event.RESUME, occasion, changes={"paused_until": None})
    publish_offer(session, volunteer, occasion)


def is_daily_due(occasion: Occasion) -> bool:
    """Return whether it is time for what is done once a day: the newest fit is a day old."""
    due = _is_fit_old(db.session(), occasion)
    db.session.rollback()
    return due


def _is_fit_old(session: Session, occasion: Occasion) -> bool:
    newest = latest_index_version(session)
    return newest is None or newest.made_at <= occasion.now - REFIT_EVERY


def retain(occasion: Occasion) -> int:
    """Once a day, erase what has been kept for as long as the settings say."""
    return apply_retention(occasion) if is_daily_due(occasion) else 0


def refit(occasion: Occasion) -> int:
    """Once a day, bring every offer up to date and fit the idf anew; all processes follow."""
    if not is_daily_due(occasion):
        return 0
    publish_all(occasion)
    with writing() as session:
        programme = get_programme(session)
        lock_programme(session, programme.id)
        session.refresh(programme)
        if not _is_fit_old(session, occasion):
            return 0  # another worker was quicker
        up_to = programme.offer_number
        session.add(IndexVersion(programme_id=programme.id, up_to=up_to, made_at=occasion.now))
    return 1


def sweep(occasion: Occasion) -> int:
    """Delete drafts, lists, tallies and addresses that were never proved, whose time is over."""
    unproved = Link.new_address.is_not(None), Link.expires_at <= occasion.now
    expired = (
        select(Link.id).where(*unproved),
        select(Draft.key).where(Draft.expires_at <= occasion.now),
        select(Upload.id).where(Upload.expires_at <= occasion.now),
        select(Tally.key).where(Tally.ends_at <= occasion.now),
    )
    over = [len(db.session.scalars(rows.limit(1)).all()) for rows in expired]
    db.session.rollback()
    if any(over):
        with writing() as session:
            session.execute(delete(Draft).where(Draft.expires_at <= occasion.now))
            session.execute(delete(Upload).where(Upload.expires_at <= occasion.now))
            session.execute(delete(Tally).where(Tally.ends_at <= occasion.now))
            session.execute(update(Link).where(*unproved).values(new_address=None))
    return sum(over)


#: What the clock does, in this order: what has ended ends before anybody is reminded of it.
STEPS: tuple[Callable[[Occasion], int], ...] = (
    forget_requests,
    forget_offers,
    lapse,
    remind,
    nudge,
    look_after_requests,
    end_pauses,
    ask_about_advice,
    lapse_hellos,
    remind_of_events,
    settle_questions,
    retain,
    send_digests,
    refit,
    sweep,
)
