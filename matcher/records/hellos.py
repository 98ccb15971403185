"""Hellos from one volunteer to another, and the words that went between them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.lifecycle.hello import State
from matcher.records.database import Base, UtcDateTime, state_type


class Hello(Base):
    """One volunteer's hello to another, once for each pair of them; ``next_at`` is its last day."""

    __tablename__ = "hello"
    __table_args__ = (UniqueConstraint("from_id", "to_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    state: Mapped[State] = mapped_column(state_type(State), default=State.SENT, index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    def other_than(self, volunteer_id: int) -> int:
        """Return the other of the two."""
        return self.to_id if volunteer_id == self.from_id else self.from_id


class HelloWords(Base):
    """What one of the two wrote. They go to the other by email, without an address."""

    __tablename__ = "hello_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    hello_id: Mapped[int] = mapped_column(ForeignKey("hello.id", ondelete="CASCADE"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def known_to(session: Session, volunteer_id: int) -> frozenset[int]:
    """Return the volunteers with whom somebody has a hello already, whatever became of it."""
    mine = or_(Hello.from_id == volunteer_id, Hello.to_id == volunteer_id)
    pairs = session.execute(select(Hello.from_id, Hello.to_id).where(mine))
    return frozenset(each for pair in pairs for each in pair) - {volunteer_id}


def latest_words(session: Session, hello_id: int) -> HelloWords:
    """Return what was written last. Raises NoResultFound."""
    written = select(HelloWords).filter_by(hello_id=hello_id)
    return session.scalars(written.order_by(HelloWords.id.desc()).limit(1)).one()


def find_relayed(session: Session, reader_id: int, written_at: datetime) -> HelloWords | None:
    """Return the words of that moment that were to be passed on to a volunteer, if there are."""
    others = HelloWords.volunteer_id != reader_id
    to_them = or_(Hello.from_id == reader_id, Hello.to_id == reader_id)
    written = select(HelloWords).join(Hello, Hello.id == HelloWords.hello_id)
    return session.scalars(
        written.where(others, to_them, HelloWords.written_at == written_at)
    ).first()


def count_sent(session: Session, since: datetime, *, by: int = 0, to: int = 0) -> int:
    """Return how many hellos somebody has sent, or was sent, since a moment."""
    person = Hello.from_id == by if by else Hello.to_id == to
    counted = select(func.count(Hello.id)).where(person, Hello.sent_at > since)
    return session.scalar(counted) or 0


def count_written(session: Session, by: int, since: datetime) -> int:
    """Return how many times somebody wrote to others since a moment."""
    written = select(func.count(HelloWords.id)).filter_by(volunteer_id=by)
    return session.scalar(written.where(HelloWords.written_at > since)) or 0
