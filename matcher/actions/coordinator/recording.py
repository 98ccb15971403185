"""Recording what somebody did at the desk that moves nothing from one state to another."""

from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.records.database import JsonObject
from matcher.records.history import Happening


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
