"""Questions about visits that more than one page or action asks."""

from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle import visit
from matcher.lifecycle.choices import Outcome
from matcher.lifecycle.tables import Actor
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing, Visit

YEAR = timedelta(days=365)


def count_missed(session: Session, begun: Visit, told_by: Actor, today: date) -> int:
    """Return how many visits within a year the side that did not tell has missed, this one too."""
    kept = begun.pairing
    if told_by == Actor.REQUESTER:
        theirs = Pairing.volunteer_id == kept.volunteer_id
        said = Visit.requester_said
    else:
        theirs = HelpRequest.requester_email == kept.help_request.requester_email
        said = Visit.volunteer_said
    missed = (
        select(func.count(Visit.id))
        .join(Pairing, Visit.pairing_id == Pairing.id)
        .join(HelpRequest, Pairing.help_request_id == HelpRequest.id)
        .where(theirs, Visit.state == visit.State.MISSED, said == Outcome.MISSED)
        .where(or_(Visit.on.is_(None), Visit.on >= today - YEAR))
    )
    return session.scalar(missed) or 0
