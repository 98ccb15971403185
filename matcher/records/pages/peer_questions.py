"""What the two sides of a question see of it, and of each other."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle.peer_question import TAKES_ANSWERS, AskState, State
from matcher.lifecycle.refusals import NotFound
from matcher.records.advice import AdviceNote
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.hiding import Shown, before_introduction, without_names
from matcher.records.peer_questions import PeerAnswer, find_question, list_answers


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer, and who gave it as the requester may see them."""

    answer_id: int
    by: Shown
    words: str
    at: datetime
    helped: bool
    noted: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A requester's question; ``awaited`` counts those who may still answer."""

    question_id: int
    state: State
    words: str
    asked: int
    awaited: int
    answer_by: datetime | None
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class AskedView:
    """A question as one of those who were asked sees it."""

    answer_id: int
    volunteer_id: int
    addressee: str
    organisation: str
    state: AskState
    words: str
    need: str
    from_organisation: str
    asked_by: str
    handles: tuple[str, ...]
    answer: str
    answer_by: datetime
    takes_answers: bool


def read_question(session: Session, request_id: int) -> QuestionView | None:
    """Return the question of a request, or None. One that was removed shows nothing more."""
    question = find_question(session, request_id)
    if question is None:
        return None
    asked = list_answers(session, question.id, *AskState)
    removed = question.state == State.REMOVED
    return QuestionView(
        question_id=question.id,
        state=question.state,
        words=question.words,
        asked=len(asked),
        awaited=sum(1 for each in asked if each.state == AskState.ASKED),
        answer_by=question.next_at,
        answers=() if removed else tuple(_answer(session, each) for each in asked if each.words),
    )


def _answer(session: Session, given: PeerAnswer) -> AnswerView:
    noted = select(AdviceNote.id).filter_by(peer_answer_id=given.id).limit(1)
    return AnswerView(
        answer_id=given.id,
        by=before_introduction(given.volunteer),
        words=without_names(given.volunteer, given.words),
        at=given.answered_at or given.answer_by,
        helped=given.helped,
        noted=session.scalars(noted).first() is not None,
    )


def read_asked(session: Session, request_id: int, volunteer_id: int) -> AskedView:
    """Return a question as a volunteer who was asked sees it. Raises NotFound."""
    question = find_question(session, request_id)
    asked = select(PeerAnswer).filter_by(volunteer_id=volunteer_id)
    mine = None
    if question is not None:
        mine = session.scalars(asked.filter_by(peer_question_id=question.id)).first()
    if question is None or mine is None:
        raise NotFound("no such question")
    request: HelpRequest = question.help_request
    return AskedView(
        answer_id=mine.id,
        volunteer_id=volunteer_id,
        addressee=mine.volunteer.name,
        organisation=mine.volunteer.organisation.name,
        state=mine.state,
        words="" if question.state == State.REMOVED else question.words,
        need="" if question.state == State.REMOVED else request.need,
        from_organisation=request.organisation.name,
        asked_by=request.display_name,
        handles=tuple(request.handles),
        answer=mine.words,
        answer_by=mine.answer_by,
        takes_answers=question.state in TAKES_ANSWERS
        and mine.state in {AskState.ASKED, AskState.LAPSED},
    )
