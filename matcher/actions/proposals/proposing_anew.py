"""Having the matcher look again after a change of what it goes by."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request
from matcher.records.help_requests import HelpRequest


def propose_anew(session: Session) -> None:
    """Have the matcher look again at every request whose proposals nobody has acted on yet."""
    waiting = HelpRequest.state == help_request.State.IN_REVIEW
    session.execute(update(HelpRequest).where(waiting).values(proposed_at=None))
