"""Recording what somebody did at the desk that moves nothing from one state to another."""

from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.records.database import JsonObject
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.volunteers import Volunteer


def record(
    session: Session,
    event: str,
    subject: str,
    subject_id: int,
    occasion: Occasion,
    *,
    help_request_id: int | None = None,
    volunteer_id: int | None = None,
    reason: str = "",
    facts: JsonObject | None = None,
) -> None:
    """Add a row to the history; ``facts`` hold no contact details."""
    happening = Happening(
        at=occasion.now,
        subject=subject,
        subject_id=subject_id,
        help_request_id=help_request_id,
        volunteer_id=volunteer_id,
        event=event,
        from_state="",
        to_state="",
        actor=occasion.actor,
        actor_id=occasion.actor_id,
        reason=reason,
        facts=facts or {},
    )
    session.add(happening)


def record_of_request(
    session: Session, event: str, request_id: int, occasion: Occasion, *, reason: str = ""
) -> None:
    """Add a row to the history of a help request."""
    table = HelpRequest.__tablename__
    record(session, event, table, request_id, occasion, help_request_id=request_id, reason=reason)


def record_of_volunteer(
    session: Session, event: str, volunteer_id: int, occasion: Occasion
) -> None:
    """Add a row to the history of a volunteer."""
    table = Volunteer.__tablename__
    record(session, event, table, volunteer_id, occasion, volunteer_id=volunteer_id)
