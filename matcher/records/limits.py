"""Limits that must be exact across processes: one row a key and period, one atomic upsert."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.records.database import Base, UtcDateTime


class Tally(Base):
    """How often something happened under one key in the period that ends at ``ends_at``."""

    __tablename__ = "tally"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def count_one(session: Session, key: str, ends_at: datetime) -> int:
    """Count one more under ``key`` and return the new count, exact under any concurrency."""
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    row = insert(Tally).values(key=key, count=1, ends_at=ends_at)
    counted = row.on_conflict_do_update(
        index_elements=[Tally.key], set_={"count": Tally.count + 1}
    ).returning(Tally.count)
    return int(session.execute(counted).scalar_one())
