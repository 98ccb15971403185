"""When a row that waits for somebody next needs something: one step and its moment, in the row.

``move`` starts the timer of every state that is entered, and ends that of the state before;
``actions/nudging.py`` takes the steps that are due.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from matcher.actions.occasion import Occasion
from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.timers import Due
from matcher.lifecycle.working_days import LONDON, reminding_time, working_days_later
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing, Visit

Timed = HelpRequest | Pairing | Visit


@dataclass(frozen=True, slots=True)
class Timer:
    """A step of the clock, and when it is due."""

    step: Due
    at: datetime


def start_timer(row: object, occasion: Occasion) -> None:
    """Set the first timer of the state that a row has just entered; none where it has none."""
    if isinstance(row, HelpRequest | Pairing | Visit):
        make = FIRST.get((type(row), row.state))
        set_timer(row, make(row, occasion) if make else None)


def set_timer(row: Timed, timer: Timer | None) -> None:
    """Write when a row next needs something, and what."""
    step, at = (timer.step, timer.at) if timer else (None, None)
    if isinstance(row, HelpRequest):
        row.nudge, row.nudge_at = step, at
    else:
        row.next_step, row.next_at = step, at


def after_working_days(request: HelpRequest, count: int, occasion: Occasion) -> datetime:
    """Return this time of the day, so many of the requester's working days later."""
    hours, closed = occasion.settings.asking_hours, request.organisation.closed_days
    return working_days_later(occasion.now, count, hours, request.nation, closed)


def _review(request: HelpRequest, occasion: Occasion) -> Timer:
    at = after_working_days(request, occasion.settings.review_working_days, occasion)
    return Timer(Due.SAY_REVIEW_IS_LATE, at)


def _question(_request: HelpRequest, occasion: Occasion) -> Timer:
    days = timedelta(days=occasion.settings.question_reminder_days)
    return Timer(Due.REMIND_OF_QUESTION, occasion.now + days)


def _confirmation(kept: Pairing, occasion: Occasion) -> Timer:
    """A yes given in advance counts at once, unless the volunteer declared an interest."""
    request = kept.help_request
    if request.first_found and not kept.interest:
        return Timer(Due.CONFIRM_IN_ADVANCE, occasion.now)
    days = occasion.settings.confirm_reminder_working_days
    return Timer(Due.REMIND_TO_CONFIRM, after_working_days(request, days, occasion))


def _agreed(begun: Visit, occasion: Occasion) -> Timer:
    """A visit that was agreed long ahead is confirmed once more, a week before."""
    settings, day = occasion.settings, begun.on or occasion.today
    if (day - occasion.today).days < settings.reconfirm_if_agreed_days:
        return outcome_timer(begun, day, occasion)
    morning = settings.asking_hours.first_hour
    return Timer(Due.RECONFIRM, _at(day - timedelta(days=settings.reconfirm_days), morning))


def _reconfirmed(begun: Visit, occasion: Occasion) -> Timer:
    return outcome_timer(begun, begun.on or occasion.today, occasion)


def _undated(begun: Visit, occasion: Occasion) -> Timer:
    """No day is agreed: they are asked after the last wanted one, or some weeks from now."""
    some_weeks = occasion.today + timedelta(days=occasion.settings.undated_visit_days)
    wanted = [day for day in begun.pairing.help_request.dates if day >= occasion.today]
    return outcome_timer(begun, max(wanted, default=some_weeks), occasion)


def _rescheduling(begun: Visit, occasion: Occasion) -> Timer:
    days, request = occasion.settings.reschedule_working_days, begun.pairing.help_request
    return Timer(Due.END_RESCHEDULING, after_working_days(request, days, occasion))


def _over(begun: Visit, occasion: Occasion) -> Timer | None:
    """One side has told what came of it; the other is asked once more."""
    if begun.requester_said and begun.volunteer_said:
        return None
    again = timedelta(days=occasion.settings.outcome_again_days)
    asked_at = outcome_timer(begun, begun.on or occasion.today, occasion).at
    return Timer(Due.ASK_OUTCOME_AGAIN, max(asked_at, occasion.now) + again)


def outcome_timer(begun: Visit, day: date, occasion: Occasion) -> Timer:
    """Return when both sides are asked what came of a visit: on the next working day."""
    request = begun.pairing.help_request
    hours, closed = occasion.settings.asking_hours, request.organisation.closed_days
    noon = datetime.combine(day, time(12), LONDON)
    return Timer(Due.ASK_OUTCOME, reminding_time(noon, 1, hours, request.nation, closed))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


HR, PS, VS = help_request.State, pairing.State, visit.State
FIRST: Mapping[tuple[type, object], Callable[..., Timer | None]] = {
    (HelpRequest, HR.IN_REVIEW): _review,
    (HelpRequest, HR.NEEDS_INFO): _question,
    (Pairing, PS.ACCEPTED): _confirmation,
    (Visit, VS.DATES_OFFERED): _undated,
    (Visit, VS.AGREED): _agreed,
    (Visit, VS.RECONFIRMED): _reconfirmed,
    (Visit, VS.RESCHEDULING): _rescheduling,
    (Visit, VS.TOOK_PLACE): _over,
    (Visit, VS.TOOK_PLACE_REMOTE): _over,
    (Visit, VS.MISSED): _over,
}
