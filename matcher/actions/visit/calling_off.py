"""Ending what was to be: a visit called off, or a yes given back because nobody answered it."""

from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_phone_task
from matcher.actions.filling import free_place, lock_pairing
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.visit.visiting import call_off_visit
from matcher.lifecycle import pairing
from matcher.lifecycle.choices import TaskKind
from matcher.records.database import writing
from matcher.records.pairings import Pairing


def call_off(pairing_id: int, reason: str, occasion: Occasion) -> None:
    """Call a visit off for the requester and look for somebody else; the volunteer hears at once.

    Raises IllegalMove where there is no visit to call off.
    """
    with writing() as session:
        kept = lock_pairing(session, pairing_id)
        pairing.TABLE.step(kept.state, pairing.Event.STAND_DOWN, occasion.actor)
        add_phone_task(session, kept, TaskKind.PHONE_VOLUNTEER, occasion)
        call_off_visit(session, kept, occasion)
        move(session, kept, pairing.Event.STAND_DOWN, occasion, reason=reason)
        free_place(session, kept.help_request, occasion)


def give_up_person(session: Session, kept: Pairing, occasion: Occasion) -> None:
    """Release a volunteer for the clock, with an apology, within the caller's transaction."""
    call_off_visit(session, kept, occasion)
    move(session, kept, pairing.Event.RELEASE, occasion)
    free_place(session, kept.help_request, occasion)
