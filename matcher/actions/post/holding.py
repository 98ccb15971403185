"""Holding back what a restored outbox would send: some of it may have gone already."""

from sqlalchemy import CursorResult, update

from matcher.actions.occasion import Occasion
from matcher.records.database import writing
from matcher.records.outbox import OutgoingEmail, still_waiting

HELD = "held after a restore"


def hold_waiting(occasion: Occasion) -> int:
    """Hold every email that waits and return how many there are."""
    with writing() as session:
        values = {"skipped_at": occasion.now, "skipped_because": HELD, "leased_until": None}
        held = session.execute(update(OutgoingEmail).where(still_waiting()).values(values))
        return held.rowcount if isinstance(held, CursorResult) else 0


def release_held() -> int:
    """Let what was held go; what is no longer true still does not. Return how many there were."""
    with writing() as session:
        mine = OutgoingEmail.skipped_because == HELD
        values = {"skipped_at": None, "skipped_because": ""}
        released = session.execute(update(OutgoingEmail).where(mine).values(values))
        return released.rowcount if isinstance(released, CursorResult) else 0
