"""The queues at the coordinators' desk: what waits for a person, and since when."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select

from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.working_days import LONDON, working_days_between
from matcher.records.help_requests import HelpRequest, is_held
from matcher.records.history import Happening
from matcher.records.pairings import Pairing

CLOSE_DAYS = 14
#: LIFECYCLE: a yes that the requester leaves unanswered so long is a coordinator's task.
ANSWER_WORKING_DAYS = 2
#: As many wanted dates are looked at; a help form takes three.
MOST_DATES = 6
HR = help_request.State


class Queue(StrEnum):
    """The queues that need a person, most pressing first."""

    REOPENED = "reopened"
    CLOSE = "close"
    NOBODY = "nobody"
    ANSWERED = "answered"
    TO_REVIEW = "to_review"
    WAITING_FOR_REQUESTER = "waiting_for_requester"
    LOOK_AGAIN = "look_again"
    PENDING = "pending"
    REFUSED_EMAILS = "refused_emails"
    BOUNCED = "bounced"
    RESTING = "resting"
    ON_HOLD = "on_hold"


#: The queues of volunteers are those in one state.
OF_VOLUNTEERS: Mapping[Queue, standing.State] = {
    Queue.PENDING: standing.State.PENDING,
    Queue.BOUNCED: standing.State.UNVERIFIED,
    Queue.RESTING: standing.State.RESTING,
}
#: The queues of help requests; the others hold volunteers and emails.
OF_REQUESTS = tuple(queue for queue in Queue if queue not in {*OF_VOLUNTEERS, Queue.REFUSED_EMAILS})
#: Worth knowing; nobody has to do anything today.
NOT_PRESSING = frozenset({Queue.RESTING, Queue.ON_HOLD})


def waits_in(queue: Queue, now: datetime) -> ColumnElement[bool]:
    """Return the condition for the help requests of a queue. Raises KeyError for other queues.

    One that is held waits in no other queue than those of what is held.
    """
    if queue == Queue.LOOK_AGAIN:
        return and_(is_held(), _is_to_be_looked_at(now))
    if queue == Queue.ON_HOLD:
        return and_(is_held(), ~_is_to_be_looked_at(now))
    return and_(_goes_on_in(queue, now), ~is_held())


def _is_to_be_looked_at(now: datetime) -> ColumnElement[bool]:
    """Return the condition for a hold whose day has come, or since which either side moved it."""
    moved = select(Happening.id).where(
        Happening.subject == HelpRequest.__tablename__,
        Happening.subject_id == HelpRequest.id,
        Happening.actor.in_((Actor.REQUESTER, Actor.VOLUNTEER)),
        Happening.from_state != Happening.to_state,
        Happening.at > _held_at(),
    )
    today = now.astimezone(LONDON).date()
    return or_(HelpRequest.held_until <= today, moved.exists())


def _goes_on_in(queue: Queue, now: datetime) -> ColumnElement[bool]:
    unfilled = HelpRequest.state.in_((HR.ASKING, HR.PART_FILLED))
    unanswered = select(Pairing.help_request_id).where(
        Pairing.state == pairing.State.ACCEPTED, Pairing.answered_at < _answered_before(now)
    )
    return {
        Queue.REOPENED: HelpRequest.state == HR.REOPENED,
        Queue.CLOSE: and_(unfilled, wanted_soon(now)),
        Queue.NOBODY: HelpRequest.state == HR.NOBODY,
        Queue.ANSWERED: and_(_undecided(), _was_answered()),
        Queue.TO_REVIEW: and_(_undecided(), ~_was_answered()),
        Queue.WAITING_FOR_REQUESTER: and_(
            HelpRequest.id.in_(unanswered), HelpRequest.state.in_(help_request.OPEN)
        ),
    }[queue]


def _undecided() -> ColumnElement[bool]:
    """Return the condition for requests in review for which nobody has been approved."""
    approved = select(Pairing.id).where(
        Pairing.help_request_id == HelpRequest.id, Pairing.state == pairing.State.APPROVED
    )
    return and_(HelpRequest.state == HR.IN_REVIEW, ~approved.exists())


def _was_answered() -> ColumnElement[bool]:
    """Return the condition for requests about which a question was asked and answered."""
    return (
        select(Happening.id)
        .where(
            Happening.subject == HelpRequest.__tablename__,
            Happening.subject_id == HelpRequest.id,
            Happening.event == help_request.Event.ANSWER_QUESTION,
        )
        .exists()
    )


def wanted_soon(now: datetime) -> ColumnElement[bool]:
    """Return the condition for requests with a wanted date in the next fortnight, or none left."""
    today = now.astimezone(LONDON).date()
    first, end = today.isoformat(), (today + timedelta(days=CLOSE_DAYS)).isoformat()
    days = [HelpRequest.wanted_dates[number].as_string() for number in range(MOST_DATES)]
    soon = [and_(day >= first, day < end) for day in days]
    later = [func.coalesce(day, "") >= end for day in days]
    passed = and_(days[0] < first, *(~each for each in later))
    return or_(*soon, passed)


def since(queue: Queue) -> ColumnElement[datetime | None]:
    """Return since when a help request waits in a queue."""
    if queue == Queue.WAITING_FOR_REQUESTER:
        return _first_yes()
    if queue in (Queue.LOOK_AGAIN, Queue.ON_HOLD):
        return func.coalesce(_held_at(), HelpRequest.sent_at)
    return func.coalesce(_arrived(), HelpRequest.confirmed_at, HelpRequest.sent_at)


def _held_at() -> ScalarSelect[datetime]:
    """Return when a coordinator last held a help request."""
    return (
        select(func.max(Happening.at))
        .where(
            Happening.subject == HelpRequest.__tablename__,
            Happening.subject_id == HelpRequest.id,
            Happening.event == "hold",
        )
        .correlate(HelpRequest)
        .scalar_subquery()
    )


def _arrived() -> ScalarSelect[datetime]:
    """Return when a help request came into the state in which it is."""
    return (
        select(func.max(Happening.at))
        .where(
            Happening.subject == HelpRequest.__tablename__,
            Happening.subject_id == HelpRequest.id,
            Happening.to_state == HelpRequest.state,
            Happening.from_state != Happening.to_state,
        )
        .correlate(HelpRequest)
        .scalar_subquery()
    )


def _first_yes() -> ScalarSelect[datetime | None]:
    return (
        select(func.min(Pairing.answered_at))
        .where(Pairing.help_request_id == HelpRequest.id, Pairing.state == pairing.State.ACCEPTED)
        .correlate(HelpRequest)
        .scalar_subquery()
    )


def _answered_before(now: datetime) -> datetime:
    """Return the moment before which a yes has waited long enough to need a person."""
    today = now.astimezone(LONDON).date()
    day = _working_days_ago(today, ANSWER_WORKING_DAYS) + timedelta(days=1)
    return datetime.combine(day, time(), LONDON)


def _working_days_ago(today: date, count: int) -> date:
    """Return the latest day after which ``count`` working days have begun since."""
    day = today
    while working_days_between(day, today, "England") < count:
        day -= timedelta(days=1)
    return day
