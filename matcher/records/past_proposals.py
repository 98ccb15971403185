"""Proposals that were made and then made anew: what was proposed on a day, and from what."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime
from matcher.records.pairings import Pairing


class PastProposal(Base):
    """A proposal that nobody had looked at when the matcher looked again.

    The values are those of the pairing as it was; it stood until ``ended_at``.
    """

    __tablename__ = "past_proposal"
    __table_args__ = (Index("ix_past_proposal_pair", "help_request_id", "volunteer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    help_request_id: Mapped[int] = mapped_column(ForeignKey("help_request.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    rank: Mapped[int]
    score: Mapped[float]
    snapshot: Mapped[JsonObject] = mapped_column(JsonColumn)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @classmethod
    def of(cls, kept: Pairing, ended_at: datetime) -> "PastProposal":
        """Return what is to be remembered of a proposal."""
        return cls(
            help_request_id=kept.help_request_id,
            volunteer_id=kept.volunteer_id,
            rank=kept.rank,
            score=kept.score,
            snapshot=kept.snapshot,
            proposed_at=kept.proposed_at,
            ended_at=ended_at,
        )


def list_past_proposals(
    session: Session, request_id: int, volunteer_id: int
) -> Sequence[PastProposal]:
    """Return the earlier proposals of one volunteer for one request, oldest first."""
    same_pair = select(PastProposal).filter_by(
        help_request_id=request_id, volunteer_id=volunteer_id
    )
    return session.scalars(same_pair.order_by(PastProposal.proposed_at, PastProposal.id)).all()
