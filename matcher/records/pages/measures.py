"""What the database says of how the service is doing, for monitors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail, given_up, still_waiting
from matcher.records.workers import WorkerSign


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts, and ages in seconds. ``tick_seconds`` is None where no worker was ever seen."""

    emails_waiting: int
    emails_failed: int
    oldest_seconds: float
    tick_seconds: float | None
    open_requests: Mapping[str, int]


def read_measures(session: Session, now: datetime) -> Measures:
    """Return the outbox's and the requests' counts, how overdue the oldest email is, and when
    a worker was last at work."""
    oldest = session.scalar(select(func.min(OutgoingEmail.not_before)).where(still_waiting()))
    seen_at = session.scalar(select(func.max(WorkerSign.seen_at)))
    states = select(HelpRequest.state, func.count(HelpRequest.id)).group_by(HelpRequest.state)
    counted = {each[0]: each[1] for each in session.execute(states)}
    return Measures(
        emails_waiting=_count(session, still_waiting()),
        emails_failed=_count(session, given_up()),
        oldest_seconds=0.0 if oldest is None else max(0.0, (now - oldest).total_seconds()),
        tick_seconds=None if seen_at is None else (now - seen_at).total_seconds(),
        open_requests={
            state.value: counted.get(state, 0)
            for state in help_request.State
            if state not in help_request.ENDED
        },
    )


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(OutgoingEmail.id)).where(condition)) or 0
