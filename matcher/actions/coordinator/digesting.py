"""The email that tells coordinators what needs them: on working days, if something does."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.actions.post.letters_events import gathering
from matcher.actions.post.outgoing import Addressee, queue
from matcher.lifecycle.working_days import LONDON, is_working_day
from matcher.mail.emails_coordinator import coordinator_digest
from matcher.mail.facts import Gathering, Needing, Task
from matcher.records.coordinators import Coordinator
from matcher.records.database import db, writing
from matcher.records.events import upcoming
from matcher.records.pages.desk import Dashboard, read_dashboard
from matcher.records.pages.queues import OF_REQUESTS, Queue
from matcher.records.sight import narrowed

#: An event is told of once, when it is so near.
NEAR = timedelta(days=7)
#: The councils of somebody's areas; None is everything.
Areas = tuple[str, ...] | None
#: No person's id: what is in a digest hangs on areas alone.
NOBODY = 0
NEEDING: Mapping[Queue, Needing] = {
    Queue.REOPENED: Needing.REOPENED,
    Queue.CLOSE: Needing.CLOSE,
    Queue.NOBODY: Needing.NOBODY,
    Queue.ANSWERED: Needing.QUESTION_ANSWERED,
    Queue.TO_REVIEW: Needing.REVIEW,
    Queue.WAITING_FOR_REQUESTER: Needing.REQUESTER_SILENT,
    Queue.LOOK_AGAIN: Needing.LOOK_AGAIN,
    Queue.PENDING: Needing.VOLUNTEER_WAITING,
    Queue.REFUSED_EMAILS: Needing.BOUNCED,
    Queue.BOUNCED: Needing.BOUNCED,
}


def send_digests(occasion: Occasion) -> int:
    """Tell every coordinator once a working day what needs them; return how many were told.

    On a day on which nothing does, nobody is written to.
    """
    waiting = _not_yet_told(occasion)
    if not waiting:
        return 0
    tasks = {areas: _tasks_in(areas, occasion) for areas in set(waiting.values())}
    return sum(_tell(each, tasks[areas], occasion) for each, areas in waiting.items())


def _tasks_in(areas: Areas, occasion: Occasion) -> list[Task]:
    """Return what needs somebody who has these areas."""
    with narrowed(db.session(), NOBODY, areas) as session:
        tasks = _tasks(read_dashboard(session, occasion.now))
        session.rollback()
        return tasks


def _not_yet_told(occasion: Occasion) -> Mapping[int, Areas]:
    """Return who was not told today, with their areas, once the hours of asking have begun."""
    hours = occasion.settings.asking_hours
    early = occasion.now.astimezone(LONDON).hour < hours.first_hour
    if early or not is_working_day(occasion.today, "England"):
        return {}
    not_today = or_(Coordinator.digest_on.is_(None), Coordinator.digest_on < occasion.today)
    active = Coordinator.ended_at.is_(None), Coordinator.signed_in_at.is_not(None)
    found = db.session.scalars(select(Coordinator).where(not_today, *active).order_by("id"))
    return {each.id: each.areas for each in found}


def _tell(coordinator_id: int, tasks: list[Task], occasion: Occasion) -> int:
    """Write to one coordinator, unless another worker has; the day is over for them either way."""
    with writing() as session:
        not_today = or_(Coordinator.digest_on.is_(None), Coordinator.digest_on < occasion.today)
        mine = update(Coordinator).where(Coordinator.id == coordinator_id, not_today)
        before = session.get_one(Coordinator, coordinator_id).digest_on
        told = mine.values(digest_on=occasion.today).returning(Coordinator.id)
        if session.execute(told).first() is None:
            return 0
        events = _near_events(session, before, occasion)
        if not tasks and not events:
            return 0
        coordinator = session.get_one(Coordinator, coordinator_id)
        to = Addressee(coordinator.name, coordinator.email, coordinator_id=coordinator.id)
        queue(session, coordinator_digest(tasks, events), to, occasion)
        return 1


def _near_events(
    session: Session, told_on: date | None, occasion: Occasion
) -> tuple[Gathering, ...]:
    """Return the events that begin within a week and did not when a coordinator was last told."""
    last = occasion.today + NEAR
    told_up_to = occasion.today if told_on is None else max(occasion.today, told_on + NEAR)
    coming = session.scalars(upcoming(occasion.today))
    return tuple(gathering(each) for each in coming if told_up_to < each.first_on <= last)


def _tasks(desk: Dashboard) -> list[Task]:
    by_hand = [
        Task(
            Needing.URGENT if each.urgent else Needing.BY_HAND,
            each.made_at.astimezone(LONDON).date(),
            each.reference,
            "",
        )
        for each in desk.by_hand
    ]
    queued = [
        Task(
            NEEDING[each.queue],
            each.since.astimezone(LONDON).date(),
            each.detail.partition(",")[0] if each.queue in OF_REQUESTS else "",
            each.title if each.queue in OF_REQUESTS else "",
        )
        for each in desk.tasks
    ]
    return by_hand + queued
