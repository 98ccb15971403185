"""Queueing emails: those that a step of a state table causes, and those that people ask for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from matcher.actions.handed_in import Colleague
from matcher.actions.linking import make_fresh_link, make_link
from matcher.actions.occasion import Occasion
from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.letters import (
    ABOUT_PAIRINGS,
    ABOUT_REQUESTS,
    ABOUT_VOLUNTEERS,
    Letter,
    reminder,
)
from matcher.actions.post.letters_advice import ABOUT_ADVICE
from matcher.actions.post.letters_events import ABOUT_EVENTS
from matcher.actions.post.letters_hello import ABOUT_HELLOS
from matcher.actions.post.letters_peers import ABOUT_ANSWERS, ABOUT_QUESTIONS
from matcher.actions.post.letters_visit import ABOUT_VISITS
from matcher.actions.post.outgoing import Addressee, queue, queue_alike, queue_limited
from matcher.lifecycle.working_days import LONDON, still_reminds
from matcher.mail import emails_coordinator, emails_requester, emails_volunteer
from matcher.mail.emails import Email
from matcher.mail.links import Purpose
from matcher.records.advice import AdviceNote
from matcher.records.coordinators import Coordinator
from matcher.records.events import MeetingEvent
from matcher.records.hellos import Hello
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing, Visit
from matcher.records.peer_questions import PeerAnswer, PeerQuestion
from matcher.records.volunteers import Volunteer

#: Why a reminder is not sent: there is hardly time left to answer.
TOO_LATE = "too_late"
#: Until an address is proved, a name may be what a stranger typed.
NO_NAME = ""
RowT = TypeVar("RowT")
Row = (
    HelpRequest
    | Pairing
    | Visit
    | Volunteer
    | AdviceNote
    | MeetingEvent
    | Hello
    | PeerQuestion
    | PeerAnswer
)

# Each kind of row has letters of its own kind, which the key says.
ABOUT: Mapping[type[Row], Mapping[str, Callable[[Desk, Any], Iterator[Letter]]]] = {
    Pairing: ABOUT_PAIRINGS,
    Visit: ABOUT_VISITS,
    HelpRequest: ABOUT_REQUESTS,
    Volunteer: ABOUT_VOLUNTEERS,
    AdviceNote: ABOUT_ADVICE,
    MeetingEvent: ABOUT_EVENTS,
    Hello: ABOUT_HELLOS,
    PeerQuestion: ABOUT_QUESTIONS,
    PeerAnswer: ABOUT_ANSWERS,
}


def queue_caused(session: Session, row: Row, names: Iterable[str], occasion: Occasion) -> None:
    """Queue the emails that a step causes, by the names in its table. Raises KeyError."""
    desk = Desk(session, occasion)
    for name in names:
        for email, to in _letters(desk, row, name):
            queue(session, email, to, occasion)


def _letters(desk: Desk, row: Row, name: str) -> Iterator[Letter]:
    return ABOUT[type(row)][name](desk, row)


def queue_letters(
    session: Session,
    write: Callable[[Desk, RowT], Iterator[Letter]],
    row: RowT,
    occasion: Occasion,
) -> None:
    """Queue what ``write`` has to say about a row: emails that no change of a state causes."""
    for email, to in write(Desk(session, occasion), row):
        queue(session, email, to, occasion)


def queue_reminder(session: Session, kept: Pairing, occasion: Occasion) -> None:
    """Queue the one reminder of an ask; one that would come on its last day is not sent."""
    for email, to in reminder(Desk(session, occasion), kept):
        row = queue(session, email, to, occasion)
        if kept.answer_by is not None and not still_reminds(row.not_before, kept.answer_by):
            row.skipped_at, row.skipped_because = occasion.now, TOO_LATE


def queue_confirm_request(
    session: Session, request: HelpRequest, network: str, occasion: Occasion
) -> None:
    """Queue the email that proves a requester's address."""
    purpose = Purpose.CONFIRM_REQUEST
    confirm = make_link(session, purpose, occasion, help_request_id=request.id)
    email = emails_requester.confirm_request(confirm=confirm)
    to = Addressee(NO_NAME, request.requester_email, help_request_id=request.id)
    queue_limited(session, email, to, network, occasion)


def queue_confirm_offer(
    session: Session, volunteer_id: int, address: str, network: str, occasion: Occasion
) -> None:
    """Queue the email that proves a volunteer's address."""
    confirm = make_fresh_link(session, Purpose.CONFIRM_OFFER, occasion, volunteer_id=volunteer_id)
    email = emails_volunteer.confirm_offer(confirm=confirm)
    to = Addressee(NO_NAME, address, volunteer_id=volunteer_id)
    queue_limited(session, email, to, network, occasion)


def queue_supplied(session: Session, row: HelpRequest | Volunteer, occasion: Occasion) -> None:
    """Queue the one email to somebody whose details a coordinator supplied: by whom, and confirm.

    The name stands in it: a coordinator typed it, and no stranger.
    """
    by, until = row.supplied_by or "", row.next_at
    if isinstance(row, HelpRequest):
        purpose, about = Purpose.CONFIRM_REQUEST, {"help_request_id": row.id}
        write, to = emails_requester.supplied_request, telling.to_requester(row)
    else:
        purpose, about = Purpose.CONFIRM_OFFER, {"volunteer_id": row.id}
        write, to = emails_volunteer.supplied_offer, telling.to_volunteer(row)
    confirm = make_link(session, purpose, occasion, expires_at=until, **about)
    last_on = (until or occasion.now).astimezone(LONDON).date()
    queue(session, write(supplied_by=by, last_on=last_on, confirm=confirm), to, occasion)


def queue_already_joined(
    session: Session, volunteer_id: int, address: str, network: str, occasion: Occasion
) -> None:
    """Queue the email to somebody who joins again: a link to the page they have."""
    email = emails_volunteer.already_joined(page=_sign_in(session, volunteer_id, occasion))
    to = Addressee(NO_NAME, address, volunteer_id=volunteer_id)
    queue_limited(session, email, to, network, occasion)


def _sign_in(session: Session, volunteer_id: int | None, occasion: Occasion) -> str:
    return make_fresh_link(session, Purpose.SIGN_IN_VOLUNTEER, occasion, volunteer_id=volunteer_id)


def queue_page_link(
    session: Session, volunteer_id: int | None, address: str, network: str, occasion: Occasion
) -> None:
    """Queue a volunteer's sign-in link; nobody's where ``volunteer_id`` is None."""

    def write() -> tuple[Email, Addressee]:
        email = emails_volunteer.your_page(page=_sign_in(session, volunteer_id, occasion))
        return email, Addressee(NO_NAME, address, volunteer_id=volunteer_id)

    known = volunteer_id is not None
    queue_alike(session, "your_page", address, network, occasion, known=known, write=write)


def queue_colleague_proof(
    session: Session, named_id: int, passed: Pairing, given: Colleague, occasion: Occasion
) -> None:
    """Queue the proof to a colleague who was named."""
    request, passer = passed.help_request, passed.volunteer
    to = Addressee(
        NO_NAME,
        given.email.lower(),
        passer.nation,
        passer.organisation.closed_days,
        help_request_id=request.id,
        pairing_id=passed.id,
        volunteer_id=named_id,
    )
    proof = make_link(
        session,
        Purpose.COLLEAGUE_PROOF,
        occasion,
        help_request_id=request.id,
        pairing_id=passed.id,
        volunteer_id=named_id,
    )
    email = emails_volunteer.colleague_proof(
        telling.about(request),
        telling.asked(request),
        passed_on_by=passer.shown_as,
        their_organisation="" if passer.hides_organisation else passer.organisation.name,
        proof=proof,
    )
    queue_limited(session, email, to, given.network, occasion)


def queue_passed_on(
    session: Session, passed: Pairing, given: Colleague, occasion: Occasion
) -> None:
    """Queue the receipt to whoever named a colleague.

    It says the name that was given, so that it looks the same for every address.
    """
    receipt = emails_volunteer.passed_on(
        telling.about(passed.help_request), colleague_name=given.name
    )
    queue(session, receipt, telling.to_volunteer(passed.volunteer, passed), occasion)


def queue_coordinator_invited(
    session: Session, coordinator: Coordinator, occasion: Occasion
) -> None:
    """Queue the invitation of somebody to the desk, with a link that signs them in once."""
    to = Addressee(coordinator.name, coordinator.email, coordinator_id=coordinator.id)
    purpose = Purpose.COORDINATOR_INVITED
    join = make_link(session, purpose, occasion, coordinator_id=coordinator.id)
    by = "" if occasion.actor_id is None else session.get_one(Coordinator, occasion.actor_id).name
    email = emails_coordinator.coordinator_invited(join=join, role=coordinator.role, by=by)
    queue(session, email, to, occasion)


def queue_coordinator_sign_in(
    session: Session, coordinator_id: int | None, address: str, network: str, occasion: Occasion
) -> None:
    """Queue a coordinator's sign-in link; nobody's where ``coordinator_id`` is None."""

    def write() -> tuple[Email, Addressee]:
        purpose = Purpose.SIGN_IN_COORDINATOR
        link = make_fresh_link(session, purpose, occasion, coordinator_id=coordinator_id)
        to = Addressee(NO_NAME, address, coordinator_id=coordinator_id)
        return emails_coordinator.coordinator_sign_in(sign_in=link), to

    name, known = "coordinator_sign_in", coordinator_id is not None
    queue_alike(session, name, address, network, occasion, known=known, write=write)
