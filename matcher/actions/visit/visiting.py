"""The visit: it begins when both sides have said yes, and ends with what came of it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.clock.timers import start_timer
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.lifecycle import visit
from matcher.records.pairings import Pairing, Visit


def begin_visit(session: Session, kept: Pairing, occasion: Occasion) -> Visit:
    """Add the visit of a pairing about to be confirmed; agreed where a date was chosen.

    A day that has passed before the requester said yes is no date: the two agree on another.
    One that has begun already, because the request changed before, goes on as it stands.
    """
    chosen = kept.chosen_on
    passed = chosen is not None and chosen < occasion.today
    return _find_or_begin(session, kept, None if passed else chosen, occasion)


def begin_undated(session: Session, kept: Pairing, occasion: Occasion) -> Visit:
    """Return the visit of a pairing, begun without a date where it had not."""
    return _find_or_begin(session, kept, None, occasion)


def _find_or_begin(session: Session, kept: Pairing, on: date | None, occasion: Occasion) -> Visit:
    known = find_visit(session, kept.id)
    if known is not None:
        return known
    begun = Visit(
        pairing_id=kept.id,
        state=visit.State.DATES_OFFERED if on is None else visit.State.AGREED,
        on=on,
        calendar_uid=f"visit-{kept.id}@{occasion.mail_domain}",
        made_at=occasion.now,
    )
    session.add(begun)
    session.flush()
    start_timer(begun, occasion)
    return begun


def find_visit(session: Session, pairing_id: int) -> Visit | None:
    """Return the visit of a pairing, if one has begun."""
    return session.scalars(select(Visit).filter_by(pairing_id=pairing_id)).one_or_none()


def call_off_visit(session: Session, kept: Pairing, occasion: Occasion) -> None:
    """Call off the visit of a pairing that ends, where one was coming."""
    begun = find_visit(session, kept.id)
    if begun is not None and begun.state in visit.COMING:
        changes = {"sequence": begun.sequence + 1, "next_at": None}
        move(session, begun, visit.Event.CALL_OFF, occasion, changes=changes)
