"""What people in benchmarks/year.py do about dates, places and visits: change, agree, miss, tell.

Each of these answers an email, through the service's own actions. Where data/behaviour.json says
nothing, people answer as often as volunteers answer at all, and as late.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from year_people import BEHAVIOUR, councils, dice, hours, weekday_from, where
from year_world import World

from matcher.actions.coordinator.tasks import end_task
from matcher.actions.requester.changing import change_dates, change_place
from matcher.actions.visit.dates import choose_date, reconfirm
from matcher.actions.visit.outcomes import Told, settle, tell_outcome
from matcher.lifecycle.choices import MissedReason, Outcome, TaskKind
from matcher.records.database import db
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Visit
from matcher.records.tasks import Task

VOLUNTEER, REQUESTER = BEHAVIOUR["volunteer"], BEHAVIOUR["requester"]
ANSWERS = 1 - VOLUNTEER["silent"]
DELAY = VOLUNTEER["reply_delay_hours"]
#: Not in behaviour.json: another date is so many days later, and half who are asked for one give
#: one, once.
LATER_DAYS = (7, 28)
GIVES_NEW_DATE = 0.5
ABOUT_OUTCOMES = (TaskKind.NO_OUTCOME, TaskKind.OUTCOMES_DIFFER, TaskKind.MISSED)


def plan_changes(world: World, email: OutgoingEmail) -> None:
    """Whose request was received may some day want another date, or another place."""
    asking, request_id = world.asking(email), email.help_request_id
    thrown = dice(world.seed, "changes", asking.number)
    left = asking.form.wanted_dates[0] - world.now.date()
    dates, at_dates, at_place, place = (thrown.random() for _ in range(4))
    if dates < REQUESTER["changes_date"]:
        days = [_later(day, thrown) for day in asking.form.wanted_dates]
        act = lambda: world.do(change_dates, request_id, days, "", world.requester())  # noqa: E731
        world.later(world.now + left * at_dates, act)
    if place < REQUESTER["changes_place"]:
        to = where(thrown.choice(councils()))
        move = lambda: world.do(change_place, request_id, to, world.requester())  # noqa: E731
        world.later(world.now + left * at_place, move)


def _later(day: date, thrown: Random) -> date:
    return weekday_from(day + timedelta(days=thrown.randint(*LATER_DAYS)))


def give_new_date(world: World, email: OutgoingEmail) -> None:
    """Whose wanted date has passed asks for another, or lets it be; nobody asks for a third."""
    asking, request_id = world.asking(email), email.help_request_id
    thrown = dice(world.seed, "new date", asking.number)
    if asking.number in world.given_again or thrown.random() > GIVES_NEW_DATE:
        return
    world.given_again.add(asking.number)
    at = world.now + hours(REQUESTER["confirm_delay_hours"], thrown)
    days = [_later(at.date(), thrown) + timedelta(days=LATER_DAYS[0])]
    world.later(at, lambda: world.do(change_dates, request_id, days, "", world.requester()))
    world.later(at + timedelta(days=1), lambda: world.review(request_id))


def choose_again(world: World, email: OutgoingEmail) -> None:
    """Whoever was to come says yes to another day, or nothing."""
    if email.volunteer_id is None:
        return
    thrown, begun = _about(world, email, "again"), _visit(email.pairing_id)
    if begun is None or thrown.random() > ANSWERS or not begun.dates_offered:
        return
    visit_id, day = begun.id, begun.dates_offered[0]
    at = world.now + hours(DELAY, thrown)
    world.later(at, lambda: world.do(choose_date, visit_id, day, world.volunteer()))


def say_still_on(world: World, email: OutgoingEmail) -> None:
    """A week before, whoever comes says that they do, or nothing."""
    thrown, begun = _about(world, email, "reconfirm"), _visit(email.pairing_id)
    if begun is not None and thrown.random() < ANSWERS:
        visit_id = begun.id
        at = world.now + hours(DELAY, thrown)
        world.later(at, lambda: world.do(reconfirm, visit_id, world.volunteer()))


def tell(world: World, email: OutgoingEmail) -> None:
    """Either side tells what came of a visit, or nothing; whoever was not there says so."""
    begun = _visit(email.pairing_id)
    if begun is None:
        return
    visit_id, told = begun.id, _told(world, begun)
    by_volunteer = email.volunteer_id is not None
    who = world.volunteer() if by_volunteer else world.requester()
    side = "volunteer" if by_volunteer else "requester"
    thrown = _about(world, email, f"told {side} {world.now.date()}")
    if thrown.random() < ANSWERS:
        at = world.now + hours(DELAY, thrown)
        world.later(at, lambda: world.do(tell_outcome, visit_id, told, _at(world, who)))


def _at(world: World, who: Any) -> Any:
    return world.acting(who.actor, who.actor_id)


def _told(world: World, begun: Visit) -> Told:
    kept = begun.pairing
    about = (kept.volunteer.email, kept.help_request.form_key)
    if dice(world.seed, "no show", *about).random() < VOLUNTEER["no_show"]:
        return Told(Outcome.MISSED, because=MissedReason.NOT_KNOWN)
    return Told(Outcome.HELD, helped=True)


def ask_by_phone(world: World) -> None:
    """The coordinator phones about visits of which too little is known, and writes it down."""
    kinds = Task.kind.in_(ABOUT_OUTCOMES)
    waiting = select(Task.id, Task.pairing_id).where(kinds, Task.done_at.is_(None))
    for task_id, pairing_id in db.session.execute(waiting).all():
        begun = _visit(pairing_id)
        if begun is not None:
            visit_id, told = begun.id, _told(world, begun)
            world.do(settle, visit_id, told.outcome, "by phone", world.coordinator())
        world.do(end_task, task_id, world.coordinator())


def _about(world: World, email: OutgoingEmail, what: str) -> Random:
    return dice(world.seed, what, email.to_address, world.number_of(email))


def _visit(pairing_id: int | None) -> Visit | None:
    db.session.rollback()
    return db.session.scalars(select(Visit).filter_by(pairing_id=pairing_id)).one_or_none()


REACTIONS: Mapping[str, Callable[[World, OutgoingEmail], None]] = {
    "request_received": plan_changes,
    "new_date": give_new_date,
    "reschedule": choose_again,
    "reconfirm": say_still_on,
    "visit_question": tell,
}
