"""Emails waiting to go. Written in the transaction that causes them; any worker may take them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    TextClause,
    and_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime

#: Asks and reminders: while their request is held, they stay in the outbox.
WAIT_WITH_THE_REQUEST = frozenset(
    {
        "invitation",
        "reminder",
        "question_reminder",
        "review_late",
        "confirm_reminder",
        "one_alone",
    }
)
#: The few of many: only these are ever looked for.
WAITING = text("sent_at IS NULL AND failed_at IS NULL AND skipped_at IS NULL")
GIVEN_UP = text("failed_at IS NOT NULL AND sent_at IS NULL AND skipped_at IS NULL")


def _partial(name: str, column: str, where: TextClause) -> Index:
    return Index(name, column, sqlite_where=where, postgresql_where=where)


class OutgoingEmail(Base):
    """One email. ``context`` holds the values its templates need, ``links`` ids of link rows:

    an address that works is made only while sending. ``message_id`` is the same on every try.
    """

    __tablename__ = "outgoing_email"
    __table_args__ = (
        _partial("ix_outgoing_email_to_send", "not_before", WAITING),
        _partial("ix_outgoing_email_given_up", "failed_at", GIVEN_UP),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    thread: Mapped[str] = mapped_column(String(200), default="")
    name: Mapped[str] = mapped_column(String(40))
    to_name: Mapped[str] = mapped_column(String(100))
    to_address: Mapped[str] = mapped_column(String(254), index=True)
    context: Mapped[JsonObject] = mapped_column(JsonColumn)
    links: Mapped[JsonObject] = mapped_column(JsonColumn)
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinator.id"))
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    skipped_because: Mapped[str] = mapped_column(String(200), default="")


def still_waiting() -> ColumnElement[bool]:
    """Return the condition for emails that are neither sent, failed nor skipped."""
    return and_(
        OutgoingEmail.sent_at.is_(None),
        OutgoingEmail.failed_at.is_(None),
        OutgoingEmail.skipped_at.is_(None),
    )


def given_up() -> ColumnElement[bool]:
    """Return the condition for emails that failed for good and that nobody has looked into."""
    return and_(
        OutgoingEmail.failed_at.is_not(None),
        OutgoingEmail.sent_at.is_(None),
        OutgoingEmail.skipped_at.is_(None),
    )


def claim_emails(session: Session, now: datetime, limit: int, lease: timedelta) -> Sequence[int]:
    """Lease up to ``limit`` emails that are due and return their ids, oldest first.

    A lease further ahead than ``lease`` was made by a clock that ran fast: it counts as over. So
    does the waiting of an email that such a clock wrote to go at once.
    """
    free = or_(
        OutgoingEmail.leased_until.is_(None),
        OutgoingEmail.leased_until <= now,
        OutgoingEmail.leased_until > now + lease,
    )
    written_ahead = and_(
        OutgoingEmail.queued_at > now, OutgoingEmail.not_before == OutgoingEmail.queued_at
    )
    due = (
        select(OutgoingEmail.id)
        .where(still_waiting(), or_(OutgoingEmail.not_before <= now, written_ahead), free)
        .order_by(OutgoingEmail.not_before, OutgoingEmail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(session.scalars(due))
    session.execute(
        update(OutgoingEmail).where(OutgoingEmail.id.in_(ids)).values(leased_until=now + lease)
    )
    return ids
