"""The coordinators' dashboard: what needs a person next, and what runs by itself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request, pairing
from matcher.records.health import Health, read_health
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail, given_up
from matcher.records.pages.coordinator_emails import without_addresses
from matcher.records.pages.queues import (
    NOT_PRESSING,
    OF_REQUESTS,
    OF_VOLUNTEERS,
    Queue,
    since,
    waits_in,
    wanted_soon,
)
from matcher.records.pairings import Pairing
from matcher.records.tasks import TaskView, count_tasks, list_tasks, oldest_task
from matcher.records.volunteers import Volunteer

#: As many tasks as are shown; behind each queue is the list of all.
SHOWN = 12
#: Before these come only urgent tasks; tasks to do by hand come after.
CANNOT_WAIT = frozenset({Queue.REOPENED, Queue.CLOSE, Queue.NOBODY, Queue.ANSWERED})
HR, PS = help_request.State, pairing.State


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that needs a person; ``row_id`` is the request's, volunteer's or email's.

    ``title`` of an email's task is the email's name. ``dates`` are those a request wants.
    """

    queue: Queue
    row_id: int
    title: str
    detail: str
    since: datetime
    dates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many wait in one queue, and since when the oldest does."""

    queue: Queue
    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Running:
    """What goes on without a person. ``unanswered`` counts yeses that wait for a requester."""

    asking: int
    part_filled: int
    filled: int
    unconfirmed: int
    open_asks: int
    next_deadline: datetime | None
    unanswered: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the first page shows. ``by_hand`` are the most pressing tasks that no queue holds,

    the urgent ones first, and ``by_hand_in_all`` is how many there are.
    """

    by_hand: tuple[TaskView, ...]
    by_hand_in_all: int
    by_hand_since: datetime | None
    tasks: tuple[Task, ...]
    queues: tuple[QueueCount, ...]
    running: Running
    health: Health

    @property
    def waiting(self) -> int:
        """How many things wait in all queues together."""
        pressing = (each for each in self.queues if each.queue not in NOT_PRESSING)
        return self.by_hand_in_all + sum(each.count for each in pressing)

    @property
    def first(self) -> tuple[TaskView | Task, ...]:
        """The one list: what is urgent, what cannot wait, what is to do by hand, the rest."""
        urgent: list[TaskView | Task] = [each for each in self.by_hand if each.urgent]
        calm = [each for each in self.by_hand if not each.urgent]
        cannot_wait = [each for each in self.tasks if each.queue in CANNOT_WAIT]
        rest = [each for each in self.tasks if each.queue not in CANNOT_WAIT]
        return (*urgent, *cannot_wait, *calm, *rest)[:SHOWN]


def read_dashboard(session: Session, now: datetime) -> Dashboard:
    """Return the dashboard as it stands ``now``; the number of queries does not grow."""
    queues = tuple(_count(session, queue, now) for queue in Queue)
    wanted = (each.queue for each in queues if each.count and each.queue not in NOT_PRESSING)
    return Dashboard(
        by_hand=tuple(list_tasks(session, SHOWN)),
        by_hand_in_all=count_tasks(session),
        by_hand_since=oldest_task(session),
        tasks=_first_tasks(session, wanted, now),
        queues=queues,
        running=_read_running(session),
        health=read_health(session, now),
    )


def _count(session: Session, queue: Queue, now: datetime) -> QueueCount:
    if queue in OF_VOLUNTEERS:
        moment: ColumnElement[datetime | None] = Volunteer.confirmed_at.expression
        state = Volunteer.state == OF_VOLUNTEERS[queue]
        counted = select(func.count(Volunteer.id), func.min(moment)).where(state)
    elif queue == Queue.REFUSED_EMAILS:
        moment = OutgoingEmail.failed_at.expression
        counted = select(func.count(OutgoingEmail.id), func.min(moment)).where(given_up())
    else:
        found = func.count(HelpRequest.id), func.min(since(queue))
        counted = select(*found).where(waits_in(queue, now))
    count, oldest = session.execute(counted).one()
    return QueueCount(queue, count, oldest)


def _first_tasks(session: Session, queues: Iterable[Queue], now: datetime) -> tuple[Task, ...]:
    """Return the most pressing tasks; a request that waits in two queues is named once."""
    tasks: dict[tuple[bool, Queue | None, int], Task] = {}
    for queue in queues:
        if len(tasks) >= SHOWN:
            break
        for task in _tasks(session, queue, now):
            about_request = queue in OF_REQUESTS
            tasks.setdefault((about_request, None if about_request else queue, task.row_id), task)
    return tuple(tasks.values())[:SHOWN]


def _tasks(session: Session, queue: Queue, now: datetime) -> list[Task]:
    if queue in OF_VOLUNTEERS:
        return _volunteer_tasks(session, queue)
    if queue == Queue.REFUSED_EMAILS:
        return _email_tasks(session)
    return _request_tasks(session, queue, now)


def _request_tasks(session: Session, queue: Queue, now: datetime) -> list[Task]:
    """Return the first of a queue: those wanted within a fortnight, then the longest waiting."""
    moment = since(queue)
    soon_first = case((wanted_soon(now), 0), else_=1)
    rows = session.execute(
        select(HelpRequest, moment)
        .where(waits_in(queue, now))
        .order_by(soon_first, moment, HelpRequest.id)
        .limit(SHOWN)
    )
    return [
        Task(
            queue=queue,
            row_id=request.id,
            title=request.heading,
            detail=f"{request.reference}, {request.organisation.name}",
            since=arrived or request.sent_at,
            dates=request.dates,
        )
        for request, arrived in rows
    ]


def _volunteer_tasks(session: Session, queue: Queue) -> list[Task]:
    inside = select(Volunteer).where(Volunteer.state == OF_VOLUNTEERS[queue])
    waiting = inside.order_by(Volunteer.confirmed_at, Volunteer.id)
    return [
        Task(
            queue=queue,
            row_id=volunteer.id,
            title=volunteer.shown_as,
            detail=volunteer.organisation.name,
            since=volunteer.confirmed_at or volunteer.joined_at,
        )
        for volunteer in session.scalars(waiting.limit(SHOWN))
    ]


def _email_tasks(session: Session) -> list[Task]:
    refused = select(OutgoingEmail).where(given_up())
    ordered = refused.order_by(OutgoingEmail.failed_at, OutgoingEmail.id).limit(SHOWN)
    return [
        Task(
            queue=Queue.REFUSED_EMAILS,
            row_id=email.id,
            title=email.name,
            detail=without_addresses(email.last_error),
            since=email.failed_at or email.queued_at,
        )
        for email in session.scalars(ordered)
    ]


def _read_running(session: Session) -> Running:
    by_state = select(HelpRequest.state, func.count(HelpRequest.id)).group_by(HelpRequest.state)
    states: Counter[help_request.State] = Counter()
    for state, count in session.execute(by_state):
        states[state] = count
    asks = select(func.count(Pairing.id), func.min(Pairing.answer_by))
    open_asks, deadline = session.execute(asks.where(Pairing.state == PS.INVITED)).one()
    unanswered = select(func.count(Pairing.id)).where(Pairing.state == PS.ACCEPTED)
    return Running(
        asking=states[HR.ASKING],
        part_filled=states[HR.PART_FILLED],
        filled=states[HR.FILLED],
        unconfirmed=states[HR.UNCONFIRMED],
        open_asks=open_asks,
        next_deadline=deadline,
        unanswered=session.scalar(unanswered) or 0,
    )
