"""A reply by email to a question becomes the answer, by one press of a coordinator who read it."""

from sqlalchemy.orm import Session

from matcher.actions.filling import lock_request
from matcher.actions.network.asking_peers import keep_answer
from matcher.actions.occasion import Occasion
from matcher.actions.requester.questions import keep_requesters_answer
from matcher.lifecycle.peer_question import AskState
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.records.database import writing
from matcher.records.outbox import OutgoingEmail
from matcher.records.peer_questions import PeerAnswer, find_question, list_answers
from matcher.records.ready_answers import TO_VOLUNTEER, ready_answer
from matcher.records.received import ReceivedEmail
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer


def take_reply(task_id: int, occasion: Occasion) -> None:
    """Take what somebody replied as their answer, and end the task; pressed twice, nothing more.

    Raises NotFound, NotAllowed where it answers nothing, IllegalMove where nothing is asked by now.
    """
    with writing() as session:
        task = session.get(Task, task_id)
        if task is None:
            raise NotFound("no such task")
        lock_request(session, task.help_request_id)
        session.refresh(task, with_for_update=True)
        if task.done_at is None:
            _take(session, task, occasion)
            task.done_at, task.done_by = occasion.now, occasion.actor_id


def _take(session: Session, task: Task, occasion: Occasion) -> None:
    came = session.get(ReceivedEmail, task.received_email_id or 0)
    email = session.get(OutgoingEmail, (came and came.outgoing_email_id) or 0)
    words = ready_answer(came, email, session.get(Volunteer, task.volunteer_id or 0))
    if email is None or not words:
        raise NotAllowed("the reply answers no question")
    request_id = email.help_request_id or 0
    if email.name == TO_VOLUNTEER:
        keep_answer(session, _asked(session, request_id, email.volunteer_id), words, occasion)
    else:
        keep_requesters_answer(session, request_id, words, occasion)


def _asked(session: Session, request_id: int, volunteer_id: int | None) -> PeerAnswer:
    question = find_question(session, request_id)
    rows = [] if question is None else list_answers(session, question.id, *AskState)
    asked = next((each for each in rows if each.volunteer_id == volunteer_id), None)
    if asked is None:
        raise NotFound("no such question")
    return asked
