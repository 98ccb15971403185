"""Signs of life of the worker processes, for /healthz and the dashboard."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from matcher.records.database import Base, UtcDateTime


class WorkerSign(Base):
    """When a worker was last seen; one row a process."""

    __tablename__ = "worker_sign"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
