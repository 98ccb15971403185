"""What an email that came to the service sets off: a bounce of one of ours ends asks; what a person
wrote waits for a coordinator; nothing is ever done because somebody wrote it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_task
from matcher.actions.occasion import Occasion
from matcher.actions.post.bouncing import address_is_bad, end_ask
from matcher.lifecycle.choices import TaskKind
from matcher.mail.catalogue import CATALOGUE, IfBounced
from matcher.mail.received import Failure, Received, ReceivedKind
from matcher.records.database import again_if_beaten, writing
from matcher.records.outbox import OutgoingEmail
from matcher.records.programmes import get_programme
from matcher.records.received import ReceivedEmail, was_read
from matcher.records.volunteers import find_member

#: What a person has to look at; programs' notes are only counted.
FOR_COORDINATORS = frozenset({ReceivedKind.REPLY, ReceivedKind.UNREADABLE})


@again_if_beaten
def receive(received: Received, occasion: Occasion, named: int | None = None) -> bool:
    """Take in one email; return whether it is new. Read twice, it counts once.

    ``named`` is the id of the email of ours whose own return path it came to.
    """
    with writing() as session:
        if was_read(session, received.digest):
            return False
        ours = _find_ours(session, received, named)
        row = _add_row(session, received, ours, occasion)
        if received.kind in FOR_COORDINATORS:
            _queue_for_coordinator(session, row, occasion)
        for failure in received.failures:
            _came_back(session, failure, ours, row, occasion)
        return True


def _find_ours(session: Session, received: Received, named_id: int | None) -> OutgoingEmail | None:
    """Return the email of ours that it came back to, or names; the latest of several."""
    if named_id is not None:
        returned = session.get(OutgoingEmail, named_id)
        if returned is not None:
            return returned
    named = select(OutgoingEmail).where(OutgoingEmail.message_id.in_(received.answers))
    return session.scalars(named.order_by(OutgoingEmail.id.desc()).limit(1)).first()


def _add_row(
    session: Session, received: Received, ours: OutgoingEmail | None, occasion: Occasion
) -> ReceivedEmail:
    volunteer_id = ours.volunteer_id if ours else None
    if volunteer_id is None and received.kind == ReceivedKind.REPLY:
        known = find_member(session, received.from_address)
        volunteer_id = known.id if known else None
    row = ReceivedEmail(
        programme_id=get_programme(session).id,
        digest=received.digest,
        kind=received.kind,
        received_at=occasion.now,
        from_address=received.from_address,
        subject=received.subject,
        text=received.text,
        outgoing_email_id=ours.id if ours else None,
        help_request_id=ours.help_request_id if ours else None,
        volunteer_id=volunteer_id,
    )
    session.add(row)
    session.flush()
    return row


def _queue_for_coordinator(session: Session, row: ReceivedEmail, occasion: Occasion) -> None:
    add_task(
        session,
        TaskKind.REPLY,
        f"email {row.id}",
        occasion,
        help_request_id=row.help_request_id,
        volunteer_id=row.volunteer_id,
        received_email_id=row.id,
    )


def _came_back(
    session: Session,
    failure: Failure,
    ours: OutgoingEmail | None,
    row: ReceivedEmail,
    occasion: Occasion,
) -> None:
    """End what an email that came back was for.

    A report counts only where it came to the return path of ours or names its Message-ID, neither
    of which anybody can guess, and names the address it went to.
    """
    if ours is None or failure.address != ours.to_address.lower():
        _doubtful(session, failure, row, occasion)
        return
    ours.last_error = failure.why
    if failure.for_good:
        address_is_bad(session, ours, occasion)
    end_ask(session, ours, occasion)
    then = CATALOGUE[ours.name].if_bounced
    if then != IfBounced.NOBODY:
        urgent = then == IfBounced.URGENT
        _tell(session, ours.volunteer_id, failure, row, occasion, urgent=urgent)


def _doubtful(session: Session, failure: Failure, row: ReceivedEmail, occasion: Occasion) -> None:
    """Show it to a coordinator, where it names an email of ours or a member's address."""
    known = find_member(session, failure.address)
    if known is not None or row.outgoing_email_id is not None:
        _tell(session, known.id if known else row.volunteer_id, failure, row, occasion)


def _tell(
    session: Session,
    volunteer_id: int | None,
    failure: Failure,
    row: ReceivedEmail,
    occasion: Occasion,
    *,
    urgent: bool = False,
) -> None:
    add_task(
        session,
        TaskKind.BOUNCED,
        f"email {row.id} {failure.address}"[:100],
        occasion,
        urgent=urgent,
        words=failure.why,
        help_request_id=row.help_request_id,
        volunteer_id=volunteer_id,
        received_email_id=row.id,
    )
