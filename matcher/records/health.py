"""How the service is: what /healthz and the dashboard say."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.workers import WorkerSign

WORKER_SILENT = timedelta(minutes=1)
EMAIL_OVERDUE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Health:
    """True where a part is well."""

    database: bool
    worker: bool
    outbox: bool

    @property
    def well(self) -> bool:
        """Whether all parts are."""
        return self.database and self.worker and self.outbox


def read_health(session: Session, now: datetime) -> Health:
    """Return whether a worker was seen lately and no email is long overdue."""
    seen_at = session.scalar(select(func.max(WorkerSign.seen_at)))
    oldest = session.scalar(select(func.min(OutgoingEmail.not_before)).where(still_waiting()))
    return Health(
        database=True,
        worker=seen_at is not None and seen_at > now - WORKER_SILENT,
        outbox=oldest is None or oldest > now - EMAIL_OVERDUE,
    )
