"""What happened, who did it, when and why: one row beside every change of state."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime

#: Invitations to come, and questions: both count.
ASKS = ("pairing", "peer_answer")
#: A volunteer's cap is on the asks of so long: a quarter of a year.
ASKS_COUNT_FOR = timedelta(days=91)


class Happening(Base):
    """One event. ``subject`` is the table of what moved, with the row's id.

    ``facts`` are those it was decided on, as plain values; no contact details stand in them.
    """

    __tablename__ = "happening"
    __table_args__ = (Index("ix_happening_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    subject: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    event: Mapped[str] = mapped_column(String(32))
    from_state: Mapped[str] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[JsonObject] = mapped_column(JsonColumn, default=dict)
