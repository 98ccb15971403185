"""The steps of the clock for requesters and visits; each looks again whether it is still due."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from matcher.actions.clock.timers import Timed, Timer, after_working_days, outcome_timer, set_timer
from matcher.actions.coordinator.tasks import add_task
from matcher.actions.filling import lock_request, stand_down
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.post import letters_nudging as letters
from matcher.actions.post.posting import queue_letters
from matcher.actions.requester.asking import confirm
from matcher.actions.visit.calling_off import give_up_person
from matcher.lifecycle import help_request, visit
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.refusals import Refused
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.timers import Due
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest, held_ids, is_held
from matcher.records.history import Happening
from matcher.records.pairings import Pairing, Visit

BATCH = 200
#: Why the clock closes a request: its requester was asked a question and said nothing.
NO_ANSWER = "no_answer"
TimedT = TypeVar("TimedT", HelpRequest, Pairing, Visit)
Column = InstrumentedAttribute[datetime | None]


def nudge(occasion: Occasion) -> int:
    """Take every step that is due, each in a transaction of its own; return how many were due."""
    return (
        _nudge_all(HelpRequest, HelpRequest.nudge_at, occasion)
        + _nudge_all(Pairing, Pairing.next_at, occasion)
        + _nudge_all(Visit, Visit.next_at, occasion)
    )


def _nudge_all(model: type[TimedT], due_at: Column, occasion: Occasion) -> int:
    due = select(model.id).where(due_at <= occasion.now, _goes_on(model))
    ids = db.session.scalars(due.order_by(due_at, model.id).limit(BATCH)).all()
    db.session.rollback()
    for row_id in ids:
        try:
            with writing() as session:
                _nudge_one(session, model, row_id, occasion)
        except Refused:
            continue  # somebody else dealt with it since
    return len(ids)


def _goes_on(model: type[Timed]) -> ColumnElement[bool]:
    """Return the condition for rows whose request is not held; a visit goes on all the same."""
    if model is HelpRequest:
        return ~is_held()
    return Pairing.help_request_id.not_in(held_ids()) if model is Pairing else true()


def _nudge_one(session: Session, model: type[TimedT], row_id: int, occasion: Occasion) -> None:
    row = session.get_one(model, row_id)
    held = lock_request(session, _request_of(row).id).hold and not isinstance(row, Visit)
    session.refresh(row)
    step, at = _due(row)
    if held or at is None or at > occasion.now:
        return
    set_timer(row, None)
    if step is not None:
        STEPS[step](session, row, occasion)


def _request_of(row: Timed) -> HelpRequest:
    if isinstance(row, HelpRequest):
        return row
    return row.help_request if isinstance(row, Pairing) else row.pairing.help_request


def _due(row: Timed) -> tuple[Due | None, datetime | None]:
    if isinstance(row, HelpRequest):
        return row.nudge, row.nudge_at
    return row.next_step, row.next_at


def _say_review_is_late(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    """A request that no coordinator touched goes to whoever is free, and its requester is told."""
    if _touched(session, request, occasion):
        return
    add_task(
        session,
        TaskKind.REVIEW_LATE,
        f"request {request.id} of {request.confirmed_at}",
        occasion,
        urgent=True,
        help_request_id=request.id,
    )
    queue_letters(session, letters.review_late, request, occasion)


def _touched(session: Session, request: HelpRequest, occasion: Occasion) -> bool:
    """Whether a coordinator did anything for a request in the days that it may lie."""
    since = occasion.now - timedelta(days=occasion.settings.review_working_days)
    touched = select(Happening.id).filter_by(help_request_id=request.id, actor=Actor.COORDINATOR)
    return session.scalars(touched.where(Happening.at > since).limit(1)).first() is not None


def _remind_of_question(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    days = occasion.settings.question_days - occasion.settings.question_reminder_days
    set_timer(request, Timer(Due.GIVE_UP_QUESTION, occasion.now + timedelta(days=days)))
    queue_letters(session, letters.question_reminder, request, occasion)


def _give_up_question(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    changes = {"ended_at": occasion.now, "next_at": None, "end_reason": NO_ANSWER}
    move(session, request, help_request.Event.GIVE_UP, occasion, changes=changes)
    stand_down(session, request, occasion)


def _confirm_in_advance(session: Session, kept: Pairing, occasion: Occasion) -> None:
    confirm(session, kept, replace(occasion, actor=Actor.REQUESTER))


def _remind_to_confirm(session: Session, kept: Pairing, occasion: Occasion) -> None:
    settings = occasion.settings
    days = settings.confirm_task_working_days - settings.confirm_reminder_working_days
    at = after_working_days(kept.help_request, days, occasion)
    set_timer(kept, Timer(Due.ASK_COORDINATOR_TO_CONFIRM, at))
    queue_letters(session, letters.confirm_reminder, kept, occasion)


def _ask_coordinator_to_confirm(session: Session, kept: Pairing, occasion: Occasion) -> None:
    settings = occasion.settings
    days = settings.confirm_release_working_days - settings.confirm_task_working_days
    at = after_working_days(kept.help_request, days, occasion)
    set_timer(kept, Timer(Due.RELEASE_UNCONFIRMED, at))
    _add_task(session, TaskKind.REQUESTER_SILENT, kept, occasion)


def _release_unconfirmed(session: Session, kept: Pairing, occasion: Occasion) -> None:
    give_up_person(session, kept, occasion)


def _reconfirm(session: Session, begun: Visit, occasion: Occasion) -> None:
    """Ask once more; where nobody answers, a coordinator phones some days before."""
    day = begun.on
    if day is None or day <= occasion.today or not may_reconfirm(begun):
        set_timer(begun, outcome_timer(begun, day or occasion.today, occasion))
        return
    left = (day - occasion.today).days - occasion.settings.phone_within_days
    at = occasion.now + timedelta(days=max(left, 1))
    set_timer(begun, Timer(Due.PHONE_UNCONFIRMED, at))
    queue_letters(session, letters.reconfirm, begun, occasion)


def may_reconfirm(begun: Visit) -> bool:
    """Return whether a visit waits for its volunteer's last word."""
    return visit.TABLE.allows(begun.state, visit.Event.RECONFIRM, Actor.VOLUNTEER)


def _phone_unconfirmed(session: Session, begun: Visit, occasion: Occasion) -> None:
    day = begun.on or occasion.today
    set_timer(begun, outcome_timer(begun, day, occasion))
    if may_reconfirm(begun) and day > occasion.today:
        kept = begun.pairing
        _add_task(session, TaskKind.PHONE_VOLUNTEER, kept, occasion, urgent=True, about="reconfirm")


def _end_rescheduling(session: Session, begun: Visit, occasion: Occasion) -> None:
    """A volunteer who does not answer gives the place back; a requester is phoned."""
    if begun.offered_by == Actor.VOLUNTEER:
        set_timer(begun, outcome_timer(begun, _last_offered(begun, occasion), occasion))
        _add_task(session, TaskKind.NO_DATE, begun.pairing, occasion, about=f"{begun.sequence}")
    else:
        give_up_person(session, begun.pairing, occasion)


def _last_offered(begun: Visit, occasion: Occasion) -> date:
    weeks = occasion.today + timedelta(days=occasion.settings.undated_visit_days)
    return max(begun.dates_offered, default=weeks)


def _ask_outcome(session: Session, begun: Visit, occasion: Occasion) -> None:
    again = timedelta(days=occasion.settings.outcome_again_days)
    set_timer(begun, Timer(Due.ASK_OUTCOME_AGAIN, occasion.now + again))
    queue_letters(session, letters.visit_question, begun, occasion)


def _ask_outcome_again(session: Session, begun: Visit, occasion: Occasion) -> None:
    """Ask whoever has said nothing; where neither has, a coordinator asks them in the end."""
    if begun.state in visit.COMING:
        settings = occasion.settings
        days = timedelta(days=settings.outcome_task_days - settings.outcome_again_days)
        set_timer(begun, Timer(Due.GIVE_UP_OUTCOME, occasion.now + days))
    queue_letters(session, letters.visit_question, begun, occasion)


def _give_up_outcome(session: Session, begun: Visit, occasion: Occasion) -> None:
    if begun.state in visit.COMING:
        _add_task(session, TaskKind.NO_OUTCOME, begun.pairing, occasion)


def _add_task(
    session: Session,
    kind: TaskKind,
    kept: Pairing,
    occasion: Occasion,
    *,
    urgent: bool = False,
    about: str = "",
) -> None:
    add_task(
        session,
        kind,
        f"pairing {kept.id} {about}".strip(),
        occasion,
        urgent=urgent,
        help_request_id=kept.help_request_id,
        pairing_id=kept.id,
        volunteer_id=kept.volunteer_id,
    )


# Each step takes the row of the kind that its timer stands in.
STEPS: Mapping[Due, Callable[..., None]] = {
    Due.SAY_REVIEW_IS_LATE: _say_review_is_late,
    Due.REMIND_OF_QUESTION: _remind_of_question,
    Due.GIVE_UP_QUESTION: _give_up_question,
    Due.CONFIRM_IN_ADVANCE: _confirm_in_advance,
    Due.REMIND_TO_CONFIRM: _remind_to_confirm,
    Due.ASK_COORDINATOR_TO_CONFIRM: _ask_coordinator_to_confirm,
    Due.RELEASE_UNCONFIRMED: _release_unconfirmed,
    Due.RECONFIRM: _reconfirm,
    Due.PHONE_UNCONFIRMED: _phone_unconfirmed,
    Due.END_RESCHEDULING: _end_rescheduling,
    Due.ASK_OUTCOME: _ask_outcome,
    Due.ASK_OUTCOME_AGAIN: _ask_outcome_again,
    Due.GIVE_UP_OUTCOME: _give_up_outcome,
}
