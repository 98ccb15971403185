"""A coordinator's question to the requester, and the answer; both stand in the history."""

from sqlalchemy.orm import Session

from matcher.actions.filling import lock_request
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.lifecycle.help_request import Event
from matcher.records.database import writing


def ask_question(request_id: int, question: str, occasion: Occasion) -> None:
    """Ask the requester something before anybody is asked. Raises IllegalMove, NotFound."""
    with writing() as session:
        request = lock_request(session, request_id)
        move(session, request, Event.ASK_QUESTION, occasion, reason=question)


def answer_question(request_id: int, answer: str, occasion: Occasion) -> None:
    """Answer it: the request is looked at again, and first.

    Raises IllegalMove where no question is open.
    """
    with writing() as session:
        keep_requesters_answer(session, request_id, answer, occasion)


def keep_requesters_answer(
    session: Session, request_id: int, answer: str, occasion: Occasion
) -> None:
    """Do the same within the caller's transaction."""
    request = lock_request(session, request_id)
    changes = {"next_at": occasion.now}
    move(session, request, Event.ANSWER_QUESTION, occasion, reason=answer, changes=changes)
