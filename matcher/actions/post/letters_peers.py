"""What the emails about questions tell, and whom."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.letters import Letter
from matcher.lifecycle.peer_question import AskState
from matcher.mail import emails_peers
from matcher.mail.facts import Peer
from matcher.records.pages.hiding import before_introduction, without_names
from matcher.records.peer_questions import PeerAnswer, PeerQuestion, list_answers


def _question(desk: Desk, asked: PeerAnswer) -> Iterator[Letter]:
    request, volunteer = asked.question.help_request, asked.volunteer
    email = emails_peers.peer_question(
        telling.about(request),
        asked.question.words,
        answer_by=asked.answer_by,
        question=desk.peer_question(asked),
        unsubscribe=desk.unsubscribe(volunteer),
    )
    yield email, replace(telling.to_volunteer(volunteer), help_request_id=request.id)


def _answer(desk: Desk, question: PeerQuestion) -> Iterator[Letter]:
    """Tell the requester of the latest answer."""
    latest = list_answers(desk.session, question.id, AskState.ANSWERED)[-1]
    shown = before_introduction(latest.volunteer)
    email = emails_peers.peer_answer(
        telling.about(question.help_request),
        Peer(shown.known_as, shown.organisation, shown.job_title),
        without_names(latest.volunteer, latest.words),
        status=desk.status(question.help_request),
    )
    yield email, telling.to_requester(question.help_request)


def _unanswered(desk: Desk, question: PeerQuestion) -> Iterator[Letter]:
    request = question.help_request
    email = emails_peers.peer_unanswered(telling.about(request), status=desk.status(request))
    yield email, telling.to_requester(request)


def _unreached(desk: Desk, question: PeerQuestion) -> Iterator[Letter]:
    """Tell the requester how it stands; not who was not reached, nor why."""
    request = question.help_request
    awaited = len(list_answers(desk.session, question.id, AskState.ASKED))
    email = emails_peers.peer_unreached(
        telling.about(request),
        awaited=awaited,
        answer_by=question.next_at if awaited else None,
        status=desk.status(request),
    )
    yield email, telling.to_requester(request)


ABOUT_ANSWERS: Mapping[str, Callable[[Desk, PeerAnswer], Iterator[Letter]]] = {
    "peer_question": _question
}
ABOUT_QUESTIONS: Mapping[str, Callable[[Desk, PeerQuestion], Iterator[Letter]]] = {
    "peer_answer": _answer,
    "peer_unanswered": _unanswered,
    "peer_unreached": _unreached,
}
