"""Emails that were refused or given up, and what a coordinator does about them."""

from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.records.database import writing
from matcher.records.history import Happening
from matcher.records.outbox import OutgoingEmail

SET_ASIDE = "set_aside"
TRY_AGAIN = "try_again"


def try_again(email_id: int, occasion: Occasion) -> None:
    """Let an email that was given up go again, now. What is no longer true still does not go.

    Raises NotFound, or NotAllowed where it was not given up.
    """
    with writing() as session:
        email = _get_given_up(session, email_id)
        email.failed_at, email.leased_until, email.attempts = None, None, 0
        email.queued_at = email.not_before = occasion.now
        session.add(_happening(email, TRY_AGAIN, "waiting", occasion))


def set_aside(email_id: int, occasion: Occasion) -> None:
    """Let an email that was given up rest: somebody has looked into it.

    Raises NotFound, or NotAllowed where it was not given up.
    """
    with writing() as session:
        email = _get_given_up(session, email_id)
        email.skipped_at, email.skipped_because = occasion.now, SET_ASIDE
        session.add(_happening(email, SET_ASIDE, "skipped", occasion))


def _get_given_up(session: Session, email_id: int) -> OutgoingEmail:
    email = session.get(OutgoingEmail, email_id, with_for_update=True)
    if email is None:
        raise NotFound("no such email")
    if email.failed_at is None or email.skipped_at is not None:
        raise NotAllowed("the email was not given up")
    return email


def _happening(email: OutgoingEmail, event: str, to_state: str, occasion: Occasion) -> Happening:
    return Happening(
        at=occasion.now,
        subject=email.__tablename__,
        subject_id=email.id,
        help_request_id=email.help_request_id,
        volunteer_id=email.volunteer_id,
        event=event,
        from_state="refused",
        to_state=to_state,
        actor=occasion.actor,
        actor_id=occasion.actor_id,
        facts={"email": email.name},
    )
