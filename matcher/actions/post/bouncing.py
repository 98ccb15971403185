"""Addresses that do not work: asks sent there end, the next are asked, the address is proved again.

What a mail server says while an email is handed over, and what a report says later, come here.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.filling import invite_next, lock_pairing
from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.volunteer.resting import lock_volunteer
from matcher.lifecycle import pairing
from matcher.lifecycle import volunteer as standing
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer


def end_ask(session: Session, email: OutgoingEmail, occasion: Occasion) -> None:
    """End the ask of an invitation that did not arrive, and ask the next."""
    if email.name == "invitation" and email.pairing_id is not None:
        _end(session, lock_pairing(session, email.pairing_id), occasion)


def _end(session: Session, kept: Pairing, occasion: Occasion) -> None:
    if may(kept, pairing.Event.BOUNCE, occasion):
        changes = {"remind_at": None, "next_at": None}
        move(session, kept, pairing.Event.BOUNCE, occasion, changes=changes)
        invite_next(session, kept.help_request, occasion)


def address_is_bad(session: Session, email: OutgoingEmail, occasion: Occasion) -> bool:
    """Ask nothing more of the volunteer whose address does not work; return whether that is new.

    All their open asks end. An address that was changed since stays as good as it was.
    """
    volunteer = None if email.volunteer_id is None else session.get(Volunteer, email.volunteer_id)
    if volunteer is None or volunteer.email != email.to_address:
        return False
    clock = occasion.by_clock()
    asked = select(Pairing.id).filter_by(volunteer_id=volunteer.id, state=pairing.State.INVITED)
    open_asks = session.scalars(asked.order_by(Pairing.help_request_id)).all()
    for pairing_id in open_asks:
        lock_pairing(session, pairing_id)  # all requests first, in order: no deadlock
    lock_volunteer(session, volunteer)
    if not may(volunteer, standing.Event.BOUNCE, clock):
        return False
    move(session, volunteer, standing.Event.BOUNCE, clock)
    publish_offer(session, volunteer, clock)
    for pairing_id in open_asks:
        _end(session, lock_pairing(session, pairing_id), clock)
    return True
