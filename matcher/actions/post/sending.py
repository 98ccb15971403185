"""The outbox from the worker's side: take, look again whether it may still go, mark one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.orm import Session

from matcher.actions.filling import lock_pairing
from matcher.actions.occasion import Occasion
from matcher.actions.post.bouncing import address_is_bad, end_ask, tell_of_waiting
from matcher.actions.post.enclosed import answer_by, remind_at
from matcher.actions.post.posting import TOO_LATE
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.peer_question import AskState
from matcher.lifecycle.working_days import next_asking_time, still_reminds
from matcher.mail.catalogue import CATALOGUE
from matcher.records.database import JsonObject, db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.outbox import (
    WAIT_WITH_THE_REQUEST,
    OutgoingEmail,
    claim_emails,
    still_waiting,
)
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import find_question, list_answers
from matcher.records.volunteers import Volunteer

BACK_OFF_MINUTES = (1, 5, 15, 30, 60)
GIVE_UP_AFTER = timedelta(days=4)
#: So often an email is looked at whose request is held.
LOOK_AGAIN = timedelta(hours=1)

#: The states in which an email is still true. One not named here is true for ever.
TRUE_FOR_REQUEST: Mapping[str, frozenset[help_request.State]] = {
    "confirm_request": frozenset({help_request.State.UNCONFIRMED}),
    "supplied_request": frozenset({help_request.State.UNCONFIRMED}),
    "question": frozenset({help_request.State.NEEDS_INFO}),
    "question_reminder": frozenset({help_request.State.NEEDS_INFO}),
    "review_late": frozenset({help_request.State.IN_REVIEW}),
    "one_alone": frozenset({help_request.State.PART_FILLED}),
    "nobody": frozenset({help_request.State.NOBODY}),
    "new_date": frozenset({help_request.State.EXPIRED}),
}
TRUE_FOR_PAIRING: Mapping[str, frozenset[pairing.State]] = {
    "invitation": frozenset({pairing.State.INVITED}),
    "reminder": frozenset({pairing.State.INVITED}),
    "ask_manager": frozenset({pairing.State.INVITED}),
    "accepted": frozenset({pairing.State.ACCEPTED}),
    "confirm_reminder": frozenset({pairing.State.ACCEPTED}),
    "request_changed": frozenset({pairing.State.INVITED, pairing.State.RESERVE}),
    "reconfirm": frozenset({pairing.State.CONFIRMED}),
    "accepted_volunteer": frozenset({pairing.State.ACCEPTED}),
    "reserve": frozenset({pairing.State.RESERVE}),
    "introduction_requester": pairing.DETAILS_SHOWN,
    "introduction_volunteer": pairing.DETAILS_SHOWN,
}
TRUE_FOR_VOLUNTEER: Mapping[str, frozenset[standing.State]] = {
    "confirm_offer": frozenset({standing.State.UNCONFIRMED}),
    "supplied_offer": frozenset({standing.State.UNCONFIRMED}),
    "still_up_for_it": frozenset({standing.State.RESTING}),
    "hello": frozenset({standing.State.ACTIVE}),
    "peer_question": frozenset({standing.State.ACTIVE}),
    "hello_answer": standing.MEMBERS,
    "your_page": standing.MEMBERS,
    "already_joined": standing.MEMBERS,
}


@dataclass(frozen=True, slots=True)
class LinkRef:
    """What an address is made of at the moment of sending."""

    id: str
    key_id: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Letter:
    """An email as it lies in the outbox, ready to be rendered."""

    id: int
    name: str
    message_id: str
    thread: str
    queued_at: datetime
    to_name: str
    to_address: str
    context: JsonObject
    links: Mapping[str, LinkRef]


def take(occasion: Occasion, limit: int, lease: timedelta) -> list[int]:
    """Lease up to ``limit`` emails that are due and return their ids."""
    with writing() as session:
        return list(claim_emails(session, occasion.now, limit, lease))


def look(email_id: int, occasion: Occasion) -> Letter | None:
    """Return the email if it may still go; else mark it skipped, with the reason."""
    letter = _read_letter(email_id, occasion)
    if letter is None:
        _set_aside(email_id, occasion)
    return letter


def _read_letter(email_id: int, occasion: Occasion) -> Letter | None:
    """Read alone: most emails may go, and a transaction that writes has to wait for the disk."""
    session = db.session()
    session.rollback()
    try:
        email = session.get(OutgoingEmail, email_id)
        if email is None or not _is_waiting(email):
            return None
        if _why_not(session, email, occasion) or _may_go(session, email, occasion) > occasion.now:
            return None
        return _letter(session, email, occasion)
    finally:
        session.rollback()


def _set_aside(email_id: int, occasion: Occasion) -> None:
    with writing() as session:
        email = session.get(OutgoingEmail, email_id)
        if email is None or not _is_waiting(email):
            return
        why_not = _why_not(session, email, occasion)
        if why_not:
            email.skipped_at, email.skipped_because = occasion.now, why_not
        else:
            email.not_before = _may_go(session, email, occasion)
            email.leased_until = None


def _is_waiting(email: OutgoingEmail) -> bool:
    return email.sent_at is None and email.failed_at is None and email.skipped_at is None


def _why_not(session: Session, email: OutgoingEmail, occasion: Occasion) -> str:
    return _why_untrue(session, email) or _why_late(session, email, occasion)


def _why_untrue(session: Session, email: OutgoingEmail) -> str:
    checks = (
        (TRUE_FOR_REQUEST, HelpRequest, email.help_request_id),
        (TRUE_FOR_PAIRING, Pairing, email.pairing_id),
        (TRUE_FOR_VOLUNTEER, Volunteer, email.volunteer_id),
    )
    for table, model, row_id in checks:
        states: frozenset[StrEnum] | None = table.get(email.name)
        if states is None:
            continue
        row = session.get(model, row_id)
        if row is None or row.state not in states:  # type: ignore[attr-defined]
            return "overtaken"
    return _why_unasked(session, email)


def _why_unasked(session: Session, email: OutgoingEmail) -> str:
    """Return why a question is not put to a volunteer any more, or nothing."""
    if email.name != "peer_question":
        return ""
    question = find_question(session, email.help_request_id or 0)
    asked = [] if question is None else list_answers(session, question.id, AskState.ASKED)
    waits = any(each.volunteer_id == email.volunteer_id for each in asked)
    return "" if waits else "overtaken"


def _why_late(session: Session, email: OutgoingEmail, occasion: Occasion) -> str:
    """Return why a reminder is no longer worth sending, or nothing."""
    kept = None if email.name != "reminder" else session.get(Pairing, email.pairing_id)
    if kept is None or kept.answer_by is None or still_reminds(occasion.now, kept.answer_by):
        return ""
    return TOO_LATE


def _may_go(session: Session, email: OutgoingEmail, occasion: Occasion) -> datetime:
    """Return when the email may go: one that asks something, and was held up, waits once more."""
    if email.name in WAIT_WITH_THE_REQUEST and _is_held(session, email):
        return occasion.now + LOOK_AGAIN
    if CATALOGUE[email.name].sent_at_once:
        return occasion.now
    to = None if email.volunteer_id is None else session.get(Volunteer, email.volunteer_id)
    hours = occasion.settings.asking_hours
    if to is None:
        return next_asking_time(occasion.now, hours, "England")
    return next_asking_time(occasion.now, hours, to.nation, to.organisation.closed_days)


def _is_held(session: Session, email: OutgoingEmail) -> bool:
    request = session.get(HelpRequest, email.help_request_id)
    return request is not None and request.hold is not None


def _letter(session: Session, email: OutgoingEmail, occasion: Occasion) -> Letter:
    links = {role: session.get_one(Link, link_id) for role, link_id in email.links.items()}
    return Letter(
        id=email.id,
        name=email.name,
        message_id=email.message_id,
        thread=email.thread,
        queued_at=email.queued_at,
        to_name=email.to_name,
        to_address=email.to_address,
        context=_as_of_now(session, email, occasion),
        links={role: LinkRef(each.id, each.key_id, each.purpose) for role, each in links.items()},
    )


def _as_of_now(session: Session, email: OutgoingEmail, occasion: Occasion) -> JsonObject:
    """Return the email's values; the deadline of an ask counts from now, when it is sent."""
    kept = None if email.pairing_id is None else session.get(Pairing, email.pairing_id)
    if email.name != "invitation" or kept is None:
        return email.context
    return {**email.context, "answer_by": answer_by(kept, occasion).isoformat()}


def mark_sent(email_id: int, occasion: Occasion) -> None:
    """Mark one email as handed over; the clock of an ask starts here."""
    with writing() as session:
        email = session.get_one(OutgoingEmail, email_id)
        email.sent_at, email.leased_until, email.last_error = occasion.now, None, ""
        email.attempts += 1
        if email.name == "invitation" and email.pairing_id is not None:
            _start_clock(session, email.pairing_id, occasion)


def _start_clock(session: Session, pairing_id: int, occasion: Occasion) -> None:
    kept = lock_pairing(session, pairing_id)
    kept.invited_at = occasion.now
    kept.answer_by = answer_by(kept, occasion)
    kept.remind_at = remind_at(kept, occasion)


def mark_put_off(email_id: int, error: str, occasion: Occasion) -> None:
    """Put one email off after a passing fault; after four days of faults it has failed.

    Then an invitation brings the next volunteer. The address may be good for all that.
    """
    with writing() as session:
        email = session.get_one(OutgoingEmail, email_id)
        step = min(email.attempts, len(BACK_OFF_MINUTES) - 1)
        email.attempts += 1
        email.last_error, email.leased_until = error, None
        email.not_before = occasion.now + timedelta(minutes=BACK_OFF_MINUTES[step])
        if occasion.now - email.queued_at > GIVE_UP_AFTER:
            email.failed_at = occasion.now
            end_ask(session, email, occasion)
            tell_of_waiting(session, email, occasion)


def mark_refused(email_id: int, error: str, occasion: Occasion) -> None:
    """Mark one email as refused for good: asks end, the next are asked, the address is bad."""
    with writing() as session:
        email = session.get_one(OutgoingEmail, email_id)
        email.attempts += 1
        email.failed_at, email.last_error, email.leased_until = occasion.now, error, None
        address_is_bad(session, email, occasion)
        end_ask(session, email, occasion)
        tell_of_waiting(session, email, occasion)


def give_back(email_ids: list[int]) -> None:
    """End the leases of emails that this worker will not get to."""
    with writing() as session:
        mine = OutgoingEmail.id.in_(email_ids)
        session.execute(
            update(OutgoingEmail).where(mine, still_waiting()).values(leased_until=None)
        )
