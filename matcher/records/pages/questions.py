"""What coordinators asked a requester, and what was answered, read from the history."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle.help_request import Event
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``answer`` is empty until there is one."""

    question: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


def list_questions(session: Session, request_id: int) -> tuple[Question, ...]:
    """Return the questions about a request, oldest first, each with its answer."""
    told = select(Happening).filter_by(subject=HelpRequest.__tablename__, subject_id=request_id)
    both = told.where(Happening.event.in_((Event.ASK_QUESTION, Event.ANSWER_QUESTION)))
    questions: list[Question] = []
    for row in session.scalars(both.order_by(Happening.id)):
        if row.event == Event.ASK_QUESTION:
            questions.append(Question(row.reason, row.at))
        elif questions:
            questions[-1] = replace(questions[-1], answer=row.reason, answered_at=row.at)
    return tuple(questions)
