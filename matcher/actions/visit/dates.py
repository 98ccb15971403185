"""The day of a visit: offered by one side and chosen by the other, confirmed, or given up."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_phone_task
from matcher.actions.filling import lock_request
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.visit.visiting import begin_undated
from matcher.lifecycle import visit
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.database import writing
from matcher.records.pairings import Pairing, Visit


def lock_visit(session: Session, visit_id: int) -> Visit:
    """Return a visit with its request's row held. Raises NotFound."""
    begun = session.get(Visit, visit_id)
    if begun is None:
        raise NotFound("no such visit")
    lock_request(session, begun.pairing.help_request_id)
    session.refresh(begun)
    session.refresh(begun.pairing)
    return begun


def offer_dates(visit_id: int, dates: Sequence[date], occasion: Occasion) -> None:
    """Offer the other side new dates; the day that was agreed, if any, is given up.

    Raises NotAllowed where a date has passed or none is given, IllegalMove where the visit is over.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        if not dates or min(dates) <= occasion.today:
            raise NotAllowed("a date has passed")
        _seek(session, begun, dates, occasion)


def seek_date(
    session: Session,
    kept: Pairing,
    dates: Sequence[date],
    occasion: Occasion,
    *,
    moved: bool = False,
) -> None:
    """Ask whoever comes for their yes again, within the caller's transaction."""
    begun = begin_undated(session, kept, occasion)
    _seek(session, begun, dates, occasion, moved=moved)


def _seek(
    session: Session,
    begun: Visit,
    dates: Sequence[date],
    occasion: Occasion,
    *,
    moved: bool = False,
) -> None:
    changes: dict[str, object] = {
        "on": None,
        "begins": None,
        "ends": None,
        "was_on": begun.on or (begun.was_on if begun.state == visit.State.RESCHEDULING else None),
        "offered": [day.isoformat() for day in sorted(set(dates))],
        "offered_by": occasion.actor,
        "place_moved": moved,
        "sequence": begun.sequence + 1,
    }
    facts = {"dates": changes["offered"], "moved": moved}
    if begun.on is not None:
        called = TaskKind.PHONE_VOLUNTEER
        if occasion.actor == Actor.VOLUNTEER:
            called = TaskKind.PHONE_REQUESTER
        add_phone_task(session, begun.pairing, called, occasion)
    move(session, begun, visit.Event.RESCHEDULE, occasion, facts=facts, changes=changes)
    begun.pairing.chosen_on = None


def choose_date(visit_id: int, day: date, occasion: Occasion) -> None:
    """Agree to one of the dates that the other side offers: both get it for their calendars.

    Raises NotAllowed for a day that was not offered, or by the side that offered it.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        if begun.state == visit.State.AGREED and begun.on == day:
            return
        if day not in begun.dates_offered or day < occasion.today:
            raise NotAllowed("that date is not offered")
        if begun.offered_by == occasion.actor:
            raise NotAllowed("the other side has to agree")
        begun.pairing.chosen_on = day
        changes: dict[str, object] = {
            "on": day,
            "was_on": None,
            "offered": [],
            "offered_by": None,
            "place_moved": False,
            "sequence": begun.sequence + 1,
        }
        facts = {"on": day.isoformat()}
        move(session, begun, visit.Event.AGREE, occasion, facts=facts, changes=changes)


def reconfirm(visit_id: int, occasion: Occasion) -> None:
    """Say that the visit is still on; pressed twice, nothing more. Raises IllegalMove."""
    with writing() as session:
        begun = lock_visit(session, visit_id)
        if begun.state != visit.State.RECONFIRMED:
            move(session, begun, visit.Event.RECONFIRM, occasion)
