"""Rest: who leaves two asks in a row unanswered is asked no more, until they are heard from."""

from sqlalchemy.orm import Session

from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_offer
from matcher.lifecycle import volunteer as standing
from matcher.records.volunteers import Volunteer

LAPSES_BEFORE_REST = 2


def lock_volunteer(session: Session, volunteer: Volunteer) -> None:
    """Hold the volunteer's row, so that what is written of them is decided on how they stand."""
    lock = {"of": Volunteer, "key_share": True}
    session.refresh(volunteer, with_for_update=lock)


def count_lapse(session: Session, volunteer: Volunteer, occasion: Occasion) -> None:
    """Count an ask without an answer; after two in a row the volunteer rests, and is asked once."""
    lock_volunteer(session, volunteer)
    volunteer.lapses_in_a_row += 1
    enough = volunteer.lapses_in_a_row >= LAPSES_BEFORE_REST
    if enough and may(volunteer, standing.Event.REST, occasion):
        move(session, volunteer, standing.Event.REST, occasion)
        publish_offer(session, volunteer, occasion)


def hear_from(session: Session, volunteer: Volunteer, occasion: Occasion) -> None:
    """Note that the volunteer answered, in time or late: a rest is over."""
    lock_volunteer(session, volunteer)
    volunteer.lapses_in_a_row = 0
    if volunteer.state == standing.State.RESTING:
        move(session, volunteer, standing.Event.RESUME, occasion)
        publish_offer(session, volunteer, occasion)
