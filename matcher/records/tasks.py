"""Tasks: what a coordinator has to do by hand and no state of a row says, such as a phone call.

A task is made by what happened, once (its ``key`` is unique), and ended by a coordinator.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column

from matcher.lifecycle.choices import TaskKind
from matcher.records.database import Base, UtcDateTime, state_type
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail
from matcher.records.ready_answers import ready_answer
from matcher.records.received import ReceivedEmail
from matcher.records.volunteers import Volunteer


class Task(Base):
    """One thing to do by hand. ``urgent`` ones stand at the top of every list.

    ``words`` hold what the coordinator has to know besides the kind, such as why an email failed.
    """

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[TaskKind] = mapped_column(state_type(TaskKind))
    urgent: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(Text, default="")
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    received_email_id: Mapped[int | None] = mapped_column(ForeignKey("received_email.id"))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("coordinator.id"))


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task in a coordinator's list. ``answer`` is what a reply would say as an answer."""

    task_id: int
    kind: TaskKind
    urgent: bool
    made_at: datetime
    words: str
    request_id: int | None
    reference: str
    volunteer_id: int | None
    volunteer: str
    reply: "ReplyView | None"
    answer: str


@dataclass(frozen=True, slots=True)
class ReplyView:
    """What somebody wrote to the service."""

    from_address: str
    subject: str
    text: str


def list_tasks(session: Session, limit: int = 100, offset: int = 0) -> list[TaskView]:
    """Return the tasks that are not done, the urgent ones first, then the oldest."""
    waiting = (
        select(Task, HelpRequest, Volunteer, ReceivedEmail, OutgoingEmail)
        .outerjoin(HelpRequest, Task.help_request_id == HelpRequest.id)
        .outerjoin(Volunteer, Task.volunteer_id == Volunteer.id)
        .outerjoin(ReceivedEmail, Task.received_email_id == ReceivedEmail.id)
        .outerjoin(OutgoingEmail, ReceivedEmail.outgoing_email_id == OutgoingEmail.id)
        # Their organisations would be joined so that a task without one of them were left out.
        .options(lazyload(HelpRequest.organisation), lazyload(Volunteer.organisation))
        .where(Task.done_at.is_(None))
        .order_by(Task.urgent.desc(), Task.made_at, Task.id)
        .limit(limit)
        .offset(offset)
    )
    return [_view(*row) for row in session.execute(waiting)]


def count_tasks(session: Session) -> int:
    """Return how many tasks are not done."""
    return session.scalar(select(func.count(Task.id)).where(Task.done_at.is_(None))) or 0


def oldest_task(session: Session) -> datetime | None:
    """Return since when the oldest task that is not done waits."""
    return session.scalar(select(func.min(Task.made_at)).where(Task.done_at.is_(None)))


def _view(
    task: Task,
    request: HelpRequest | None,
    volunteer: Volunteer | None,
    came: ReceivedEmail | None,
    answered: OutgoingEmail | None,
) -> TaskView:
    return TaskView(
        task_id=task.id,
        kind=task.kind,
        urgent=task.urgent,
        made_at=task.made_at,
        words=task.words,
        request_id=task.help_request_id,
        reference=request.reference if request else "",
        volunteer_id=task.volunteer_id,
        volunteer=volunteer.shown_as if volunteer else "",
        reply=ReplyView(came.from_address, came.subject, came.text) if came else None,
        answer=ready_answer(came, answered, volunteer) if task.kind == TaskKind.REPLY else "",
    )
