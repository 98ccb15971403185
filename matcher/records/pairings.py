"""Pairings and visits: a candidate once kept, and the meeting that may come of it."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matcher.lifecycle import pairing, visit
from matcher.lifecycle.choices import MissedReason, Outcome
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.timers import Due
from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime, state_type
from matcher.records.help_requests import HelpRequest
from matcher.records.volunteers import Volunteer


class Pairing(Base):
    """One help request and one volunteer. ``snapshot`` is what the decision was made from:

    the candidate's parts, reasons and facts, and the versions of offers, idf, weights, thesaurus.
    ``invited_at`` is when the invitation was sent; the clock of the ask starts there.
    ``interest`` is a conflict of interest that the volunteer declared with a yes; ``extended_at``
    is when they were given more time to ask their manager. ``next_step`` is due at ``next_at``.
    """

    __tablename__ = "pairing"
    __table_args__ = (
        UniqueConstraint("help_request_id", "volunteer_id"),
        Index("ix_pairing_latest_asks", "invited_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    help_request_id: Mapped[int] = mapped_column(ForeignKey("help_request.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    state: Mapped[pairing.State] = mapped_column(
        state_type(pairing.State), default=pairing.State.PROPOSED, index=True
    )
    rank: Mapped[int]
    score: Mapped[float]
    snapshot: Mapped[JsonObject] = mapped_column(JsonColumn)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wave: Mapped[int] = mapped_column(default=0)
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_step: Mapped[Due | None] = mapped_column(state_type(Due))
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    chosen_on: Mapped[date | None]
    accepted_as: Mapped[str] = mapped_column(String(100), default="")
    answer_reason: Mapped[str] = mapped_column(String(40), default="")
    answer_note: Mapped[str] = mapped_column(Text, default="")
    interest: Mapped[str] = mapped_column(Text, default="")
    extended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    help_request: Mapped[HelpRequest] = relationship(lazy="joined", innerjoin=True)
    volunteer: Mapped[Volunteer] = relationship(lazy="joined", innerjoin=True)


class Visit(Base):
    """The meeting of one pairing. ``calendar_uid`` is stable, ``sequence`` rises.

    ``begins`` and ``ends`` are times of the day ``on``, in London. While a date is sought,
    ``offered`` are the ISO dates that ``offered_by`` can do, and ``was_on`` is the day given up;
    ``place_moved`` where the place is another one, too.
    ``*_said`` is what each side told afterwards, ``*_helped`` whether it was worth it.
    """

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), unique=True)
    state: Mapped[visit.State] = mapped_column(
        state_type(visit.State), default=visit.State.DATES_OFFERED, index=True
    )
    on: Mapped[date | None] = mapped_column("visit_on")
    begins: Mapped[time | None]
    ends: Mapped[time | None]
    was_on: Mapped[date | None]
    offered: Mapped[list[str]] = mapped_column(JsonColumn, default=list)
    offered_by: Mapped[Actor | None] = mapped_column(state_type(Actor))
    place_moved: Mapped[bool] = mapped_column(default=False)
    requester_said: Mapped[Outcome | None] = mapped_column(state_type(Outcome))
    volunteer_said: Mapped[Outcome | None] = mapped_column(state_type(Outcome))
    requester_helped: Mapped[bool | None]
    volunteer_helped: Mapped[bool | None]
    missed_because: Mapped[MissedReason | None] = mapped_column(state_type(MissedReason))
    words: Mapped[str] = mapped_column(Text, default="")
    manager_thanked: Mapped[bool] = mapped_column(default=False)
    calendar_uid: Mapped[str] = mapped_column(String(100), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_step: Mapped[Due | None] = mapped_column(state_type(Due))
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    pairing: Mapped[Pairing] = relationship(lazy="joined", innerjoin=True)

    @property
    def dates_offered(self) -> tuple[date, ...]:
        """The dates to choose from while one is sought, in order."""
        return tuple(date.fromisoformat(day) for day in self.offered)
