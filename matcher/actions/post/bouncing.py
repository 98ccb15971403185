"""Addresses that do not work: asks sent there end, the next are asked, the address is proved again.

Whoever waits for an answer from there hears of it, but neither where nor why.

What a mail server says while an email is handed over, and what a report says later, come here.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_task
from matcher.actions.filling import invite_next, lock_pairing, lock_request
from matcher.actions.moving import may, move
from matcher.actions.network.asking_others import end_unreached
from matcher.actions.network.greeting import end_unpassed
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.volunteer.resting import lock_volunteer
from matcher.lifecycle import pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.peer_question import AskState
from matcher.mail.catalogue import CATALOGUE, IfBounced
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import PeerAnswer, find_question, list_answers
from matcher.records.volunteers import Volunteer


def end_ask(session: Session, email: OutgoingEmail, occasion: Occasion) -> None:
    """End what an email asked that did not arrive, so that nobody waits for the answer."""
    end = ENDS.get(email.name)
    if end is not None:
        end(session, email, occasion)


def _end_invitation(session: Session, email: OutgoingEmail, occasion: Occasion) -> None:
    if email.pairing_id is not None:
        _end(session, lock_pairing(session, email.pairing_id), occasion)


def _end_question(session: Session, email: OutgoingEmail, occasion: Occasion) -> None:
    request = lock_request(session, email.help_request_id)
    question = find_question(session, request.id)
    asked = [] if question is None else list_answers(session, question.id, AskState.ASKED)
    for each in asked:
        if each.volunteer_id == email.volunteer_id:
            end_unreached(session, each, occasion)


#: By the email's name; where it is another, a coordinator hears of it, and nothing ends.
ENDS: Mapping[str, Callable[[Session, OutgoingEmail, Occasion], None]] = {
    "invitation": _end_invitation,
    "peer_question": _end_question,
    "hello": end_unpassed,
    "hello_answer": end_unpassed,
}


def _end(session: Session, kept: Pairing, occasion: Occasion) -> None:
    if may(kept, pairing.Event.BOUNCE, occasion):
        changes = {"remind_at": None, "next_at": None}
        move(session, kept, pairing.Event.BOUNCE, occasion, changes=changes)
        invite_next(session, kept.help_request, occasion)


def tell_of_waiting(session: Session, email: OutgoingEmail, occasion: Occasion) -> None:
    """Have a coordinator find another way, where somebody counts on the email's being read."""
    if CATALOGUE[email.name].if_bounced == IfBounced.URGENT:
        add_task(
            session,
            TaskKind.BOUNCED,
            f"outgoing {email.id}",
            occasion,
            urgent=True,
            words=email.last_error,
            help_request_id=email.help_request_id,
            pairing_id=email.pairing_id,
            volunteer_id=email.volunteer_id,
        )


def address_is_bad(session: Session, email: OutgoingEmail, occasion: Occasion) -> bool:
    """Ask nothing more of the volunteer whose address does not work; return whether that is new.

    All their open asks end. An address that was changed since stays as good as it was.
    """
    volunteer = None if email.volunteer_id is None else session.get(Volunteer, email.volunteer_id)
    if volunteer is None or volunteer.email != email.to_address:
        return False
    clock = occasion.by_clock()
    invited, asked = _open_asks(session, volunteer)
    about = [each.help_request_id for each in invited]
    for request_id in sorted({*about, *(each.question.help_request_id for each in asked)}):
        lock_request(session, request_id)  # all requests first, in order: no deadlock
    lock_volunteer(session, volunteer)
    if not may(volunteer, standing.Event.BOUNCE, clock):
        return False
    move(session, volunteer, standing.Event.BOUNCE, clock)
    publish_offer(session, volunteer, clock)
    for kept in invited:
        _end(session, lock_pairing(session, kept.id), clock)
    for each in asked:
        session.refresh(each)
        end_unreached(session, each, clock)
    return True


def _open_asks(session: Session, volunteer: Volunteer) -> tuple[list[Pairing], list[PeerAnswer]]:
    """Return what a volunteer is asked just now: to come, and to answer a question."""
    invited = select(Pairing).filter_by(volunteer_id=volunteer.id, state=pairing.State.INVITED)
    asked = select(PeerAnswer).filter_by(volunteer_id=volunteer.id, state=AskState.ASKED)
    return list(session.scalars(invited)), list(session.scalars(asked))
