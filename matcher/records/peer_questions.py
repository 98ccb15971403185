"""Short questions to volunteers before a visit is asked for, and what was answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from matcher.lifecycle.peer_question import AskState, State
from matcher.records.database import Base, UtcDateTime, state_type
from matcher.records.help_requests import HelpRequest
from matcher.records.volunteers import Volunteer


class PeerQuestion(Base):
    """One question; a help request has one at most. ``next_at`` is when no answer is awaited.

    ``unreached_at`` is when an email about it came back, until others were looked for.
    """

    __tablename__ = "peer_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    help_request_id: Mapped[int] = mapped_column(ForeignKey("help_request.id"), unique=True)
    state: Mapped[State] = mapped_column(state_type(State), default=State.OPEN, index=True)
    words: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    unreached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    help_request: Mapped[HelpRequest] = relationship(lazy="joined", innerjoin=True)


class PeerAnswer(Base):
    """One volunteer who was asked, and their answer. ``helped``: it closed the request."""

    __tablename__ = "peer_answer"
    __table_args__ = (UniqueConstraint("peer_question_id", "volunteer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    peer_question_id: Mapped[int] = mapped_column(ForeignKey("peer_question.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    state: Mapped[AskState] = mapped_column(
        state_type(AskState), default=AskState.CHOSEN, index=True
    )
    words: Mapped[str] = mapped_column(Text, default="")
    answer_by: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    helped: Mapped[bool] = mapped_column(default=False)
    question: Mapped[PeerQuestion] = relationship(lazy="joined", innerjoin=True)
    volunteer: Mapped[Volunteer] = relationship(lazy="joined", innerjoin=True)


def find_question(session: Session, request_id: int) -> PeerQuestion | None:
    """Return the question of a help request, if it has one."""
    return session.scalars(select(PeerQuestion).filter_by(help_request_id=request_id)).first()


def list_answers(session: Session, question_id: int, *states: AskState) -> list[PeerAnswer]:
    """Return those who were asked and stand in one of these states; the answered in order."""
    asked = select(PeerAnswer).filter_by(peer_question_id=question_id)
    wanted = asked.where(PeerAnswer.state.in_(states))
    return list(session.scalars(wanted.order_by(PeerAnswer.answered_at, PeerAnswer.id)))


def is_waiting(session: Session, request_id: int) -> bool:
    """Return whether a question of the request is still to be answered."""
    question = find_question(session, request_id)
    return question is not None and question.state == State.OPEN


def answerers(session: Session, request_id: int) -> frozenset[int]:
    """Return the volunteers who answered the question that became a visit."""
    question = find_question(session, request_id)
    if question is None or question.state != State.BECAME_VISIT:
        return frozenset()
    answered = list_answers(session, question.id, AskState.ANSWERED)
    return frozenset(each.volunteer_id for each in answered)


def count_helped(session: Session, volunteer_id: int) -> int:
    """Return how many requests a volunteer's answers have closed."""
    helped = select(func.count(PeerAnswer.id)).filter_by(volunteer_id=volunteer_id, helped=True)
    return session.scalar(helped) or 0
