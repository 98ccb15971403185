"""What came of a visit, as each side tells it; where they differ, a coordinator settles it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_task
from matcher.actions.filling import stand_down_if_full
from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.post.letters_thanks import change_thanks, queue_thanks, queue_thanks_manager
from matcher.actions.visit.dates import lock_visit
from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.choices import MissedReason, Outcome, TaskKind
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.pairings import Pairing, Visit
from matcher.records.tasks import Task
from matcher.records.visits import count_missed

EVENTS = {
    Outcome.HELD: (visit.Event.RECORD_HELD, pairing.Event.RECORD_VISIT),
    Outcome.HELD_REMOTE: (visit.Event.RECORD_HELD_REMOTE, pairing.Event.RECORD_VISIT),
    Outcome.MISSED: (visit.Event.RECORD_MISSED, pairing.Event.RECORD_MISSED),
}
OVER = frozenset({pairing.State.VISITED, pairing.State.MISSED})


@dataclass(frozen=True, slots=True)
class Told:
    """What one side tells: what happened, whether it was worth it, why it did not happen."""

    outcome: Outcome
    helped: bool | None = None
    because: MissedReason | None = None


def tell_outcome(visit_id: int, told: Told, occasion: Occasion) -> None:
    """Keep what one side tells; the first to tell decides, unless the other tells it differently.

    Told again by the same side, nothing more; told differently from what is recorded, also by a
    coordinator, it is in a queue. Raises NotAllowed before the day of the visit or without an
    introduction.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        if _told_by(begun, occasion.actor) is not None:
            return
        _check_day(begun, occasion)
        _write(begun, told, occasion.actor)
        if begun.state in visit.COMING:
            _record(session, begun, told, occasion)
        elif begun.state != RECORDED[told.outcome]:
            _hand_over(session, begun, TaskKind.OUTCOMES_DIFFER, occasion)
        if occasion.actor == Actor.REQUESTER and told.helped:
            queue_thanks(session, begun, occasion)


def tell_anew(visit_id: int, told: Told, occasion: Occasion) -> None:
    """Keep what one side tells in place of what it told by mistake.

    What that side alone has told is recorded anew; else, where it differs from what is recorded, it
    is for a coordinator to settle. Thanks that still wait stay behind. Raises NotAllowed where the
    side told nothing, or of a visit that was called off.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        before = _told_by(begun, occasion.actor)
        if before is None or begun.state not in visit.KNOWN:
            raise NotAllowed("there is nothing to put right")
        if (before.outcome, before.helped) == (told.outcome, told.helped):
            return
        _write(begun, told, occasion.actor)
        _put_right(session, begun, told, occasion)
        if occasion.actor == Actor.REQUESTER:
            change_thanks(session, begun, occasion)


def _put_right(session: Session, begun: Visit, told: Told, occasion: Occasion) -> None:
    """Record it anew where the side's own word was recorded; else have a coordinator settle it."""
    if begun.state == RECORDED[told.outcome]:
        return
    other = Actor.VOLUNTEER if occasion.actor == Actor.REQUESTER else Actor.REQUESTER
    if _told_by(begun, other) is None and _recorded_by(session, begun) == occasion.actor:
        _end_missed(session, begun, occasion)
        _record(session, begun, told, occasion)
    else:
        _hand_over(session, begun, TaskKind.OUTCOMES_DIFFER, occasion)


def _recorded_by(session: Session, begun: Visit) -> str | None:
    """Return who last said what came of a visit."""
    recorded = select(Happening.actor).where(
        Happening.subject == Visit.__tablename__,
        Happening.subject_id == begun.id,
        Happening.to_state.in_(visit.KNOWN),
    )
    return session.scalars(recorded.order_by(Happening.id.desc()).limit(1)).first()


def _end_missed(session: Session, begun: Visit, occasion: Occasion) -> None:
    """End the task of a visit that was not missed after all."""
    begun.missed_because = None
    kinds = (TaskKind.MISSED, TaskKind.MISSED_AGAIN)
    missed = select(Task).where(Task.kind.in_(kinds), Task.pairing_id == begun.pairing_id)
    for task in session.scalars(missed.where(Task.done_at.is_(None))):
        task.done_at = occasion.now


def _told_by(begun: Visit, actor: Actor) -> Told | None:
    """Return what a side told; None where it told nothing."""
    if actor == Actor.REQUESTER:
        said, helped = begun.requester_said, begun.requester_helped
    else:
        said, helped = begun.volunteer_said, begun.volunteer_helped
    return None if said is None else Told(said, helped)


def _check_day(begun: Visit, occasion: Occasion) -> None:
    if begun.pairing.state not in pairing.DETAILS_SHOWN or begun.state == visit.State.CALLED_OFF:
        raise NotAllowed("there is no visit to tell of")
    wanted = begun.pairing.help_request.dates
    if not visit.may_lie_behind(begun.on, begun.dates_offered, wanted, occasion.today):
        raise NotAllowed("the day of the visit is still to come")


def _write(begun: Visit, told: Told, actor: Actor) -> None:
    if actor == Actor.REQUESTER:
        begun.requester_said, begun.requester_helped = told.outcome, told.helped
    else:
        begun.volunteer_said, begun.volunteer_helped = told.outcome, told.helped
    begun.missed_because = begun.missed_because or told.because


def _record(session: Session, begun: Visit, told: Told, occasion: Occasion) -> None:
    of_visit, of_pairing = EVENTS[told.outcome]
    facts = {"told_by": occasion.actor.value}
    if told.because:
        facts["reason"] = told.because.value
    move(session, begun, of_visit, occasion, facts=facts)
    if may(begun.pairing, of_pairing, occasion):
        move(session, begun.pairing, of_pairing, occasion, facts=facts)
    if told.outcome == Outcome.MISSED:
        again = count_missed(session, begun, occasion.actor, occasion.today) > 1
        kind = TaskKind.MISSED_AGAIN if again else TaskKind.MISSED
        _hand_over(session, begun, kind, occasion)
    _finish_if_over(session, begun.pairing.help_request, occasion.by_clock())


def settle(visit_id: int, outcome: Outcome, note: str, occasion: Occasion) -> None:
    """Record what a coordinator found out, where nobody told or two told differently.

    Where it is recorded so already, nothing more.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        of_visit, of_pairing = EVENTS[outcome]
        if begun.state == RECORDED[outcome]:
            return
        move(session, begun, of_visit, occasion, reason=note)
        kept = begun.pairing
        if may(kept, of_pairing, occasion):
            move(session, kept, of_pairing, occasion, reason=note)
        _finish_if_over(session, kept.help_request, occasion.by_clock())


RECORDED = {
    Outcome.HELD: visit.State.TOOK_PLACE,
    Outcome.HELD_REMOTE: visit.State.TOOK_PLACE_REMOTE,
    Outcome.MISSED: visit.State.MISSED,
}


def add_words(visit_id: int, words: str, occasion: Occasion) -> None:
    """Keep the requester's own words of thanks, and send them on. Raises NotAllowed.

    Words are taken once, and only after a visit that helped.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        if begun.words == words:
            return
        if not begun.requester_helped or begun.words:
            raise NotAllowed("words of thanks are taken once, after a visit that helped")
        begun.words = words
        queue_thanks(session, begun, occasion)


def thank_manager(visit_id: int, email: str, network: str, occasion: Occasion) -> None:
    """Thank a volunteer's manager at the address given, once. Raises NotAllowed.

    The address is kept in the email alone; the limits on what strangers cause count it.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        if begun.state not in {visit.State.TOOK_PLACE, visit.State.TOOK_PLACE_REMOTE}:
            raise NotAllowed("the visit has not taken place")
        if begun.manager_thanked:
            return
        begun.manager_thanked = True
        queue_thanks_manager(session, begun, email, network, occasion)


def _finish_if_over(session: Session, request: HelpRequest, clock: Occasion) -> None:
    """End a request when all its visits are over; of several places, those that were not filled

    are given up once the wanted dates have passed.
    """
    mine = select(Pairing.state).filter_by(help_request_id=request.id)
    held = session.scalars(mine.where(Pairing.state.in_(pairing.HOLDS_PLACE))).all()
    if not held or not OVER.issuperset(held):
        return
    fewer = help_request.TABLE.sources(help_request.Event.WANT_FEWER)
    if request.state in fewer and all(day < clock.today for day in request.dates):
        request.places = request.filled
        move(session, request, help_request.Event.WANT_FEWER, clock)
        stand_down_if_full(session, request, clock)
    if request.state == help_request.State.FILLED:
        changes = {"ended_at": clock.now, "next_at": None}
        move(session, request, help_request.Event.FINISH, clock, changes=changes)


def _hand_over(session: Session, begun: Visit, kind: TaskKind, occasion: Occasion) -> None:
    kept = begun.pairing
    add_task(
        session,
        kind,
        f"visit {begun.id}",
        occasion,
        help_request_id=kept.help_request_id,
        pairing_id=kept.id,
        volunteer_id=kept.volunteer_id,
    )
