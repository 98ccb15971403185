"""Notes of advice: what was needed, what helped, and what the author would do again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.lifecycle.advice import State
from matcher.lifecycle.tables import Actor
from matcher.records.database import Base, JsonColumn, UtcDateTime, state_type
from matcher.records.peer_questions import PeerAnswer


class AdviceNote(Base):
    """One note. ``shown_as`` is the only name of its author that others ever see.

    The author is the volunteer, or the requester of the help request. ``pairing_id`` names the
    visit it came from, ``peer_answer_id`` the answer: then the other side agrees first.
    ``slug`` ends its public address for ever. ``answered`` counts the requests that ended there.
    """

    __tablename__ = "advice_note"
    __table_args__ = (Index("ix_advice_note_pairing", "pairing_id", "written_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    form_key: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[State] = mapped_column(state_type(State), index=True)
    written_by: Mapped[Actor] = mapped_column(state_type(Actor))
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"))
    peer_answer_id: Mapped[int | None] = mapped_column(ForeignKey("peer_answer.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    needed: Mapped[str] = mapped_column(Text)
    helped: Mapped[str] = mapped_column(Text)
    again: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[list[str]] = mapped_column(JsonColumn, default=list)
    shown_as: Mapped[str] = mapped_column(String(100), default="")
    answered: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class AdviceReport(Base):
    """Somebody says that a note should not stand as it does; a coordinator looks at it."""

    __tablename__ = "advice_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    advice_note_id: Mapped[int] = mapped_column(
        ForeignKey("advice_note.id", ondelete="CASCADE"), index=True
    )
    why: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def find_note(session: Session, slug: str) -> AdviceNote | None:
    """Return the note at a public address, whatever its state."""
    return session.scalars(select(AdviceNote).filter_by(slug=slug)).one_or_none()


def answered_by(session: Session, note: AdviceNote) -> int | None:
    """Return the volunteer whose answer a note was made of, or None."""
    if note.peer_answer_id is None:
        return None
    return session.get_one(PeerAnswer, note.peer_answer_id).volunteer_id
