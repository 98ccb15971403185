"""Replies by email to a question: ready for a coordinator, and only those of whoever was asked."""

import pytest

from matcher.actions.coordinator.taking_replies import take_reply
from matcher.actions.network.asking_peers import ask_first, decline_to_answer
from matcher.actions.post.receiving import receive
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.requester.questions import ask_question
from matcher.lifecycle import help_request
from matcher.lifecycle.peer_question import AskState, State
from matcher.lifecycle.refusals import IllegalMove, NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.mail.received import read_message
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.peer_questions import PeerAnswer, PeerQuestion
from matcher.records.tasks import Task, count_tasks, list_tasks
from tests.builders_received import reply

VICTOR = "victor.osei@walsall.example"
WORDS = """Half a year. Ask again in 2027.

Best wishes, Victor Osei
victor.osei@walsall.example, 01922 650 000, www.walsall.example/victor

> How long do members need?"""


@pytest.fixture
def asked(cast):
    """Victor was asked a question by Ruth; the email in which."""
    cast.volunteer(name="Victor Osei", email=VICTOR)
    ask_first(LiveIndex(), cast.request(), "How long?", cast.acting(Actor.REQUESTER))
    return cast.emails("peer_question")[0]


@pytest.fixture
def cora(cast):
    return cast.acting(Actor.COORDINATOR, cast.coordinator())


def came(cast, email, words=WORDS, **changes):
    sender = changes.pop("sender", email.to_address)
    raw = reply(words, message_id=email.message_id, sender=sender, **changes)
    receive(read_message(raw), cast.occasion)


def test_a_reply_to_a_question_is_ready_without_name_and_contact_details(cast, asked):
    came(cast, asked)
    (task,) = list_tasks(db.session())
    assert task.answer.startswith("Half a year. Ask again in 2027.")
    assert not any(each in task.answer for each in ("Victor", "Osei", "@", "650", "www", "How"))


def test_one_press_makes_it_the_answer_and_tells_the_requester(cast, asked, cora):
    came(cast, asked)
    for _ in range(2):
        take_reply(cast.rows(Task)[0].id, cora)
    assert cast.rows(PeerAnswer)[0].state == AskState.ANSWERED
    assert cast.rows(PeerQuestion)[0].state == State.ANSWERED
    (told,) = cast.emails("peer_answer")
    assert told.context["words"].startswith("Half a year.")
    assert count_tasks(db.session()) == 0


@pytest.mark.parametrize(
    "other",
    [
        {"sender": "somebody.else@walsall.example"},
        {"words": "> How long do members need?"},
    ],
    ids=["of somebody else", "of nothing but a quote"],
)
def test_a_reply_that_answers_nothing_is_no_answer(cast, asked, cora, other):
    came(cast, asked, **other)
    assert [task.answer for task in list_tasks(db.session())] == [""]
    with pytest.raises(NotAllowed):
        take_reply(cast.rows(Task)[0].id, cora)


def test_a_program_answers_nothing(cast, asked):
    came(cast, asked, headers="Auto-Submitted: auto-replied")
    assert list_tasks(db.session()) == []


def test_an_answer_to_what_is_settled_is_refused_and_the_task_stays(cast, asked, cora):
    came(cast, asked)
    decline_to_answer(1, cast.acting(Actor.VOLUNTEER, asked.volunteer_id))
    with pytest.raises(IllegalMove):
        take_reply(cast.rows(Task)[0].id, cora)
    assert count_tasks(db.session()) == 1


def test_a_requesters_reply_brings_the_request_back_into_review(cast, cora):
    request_id = cast.request()
    ask_question(request_id, "How many members?", cora)
    came(cast, cast.emails("question")[0], "Forty, and their officers. Ring 01635 123456.")
    take_reply(cast.rows(Task)[0].id, cora)
    assert cast.get(HelpRequest, request_id).state == help_request.State.IN_REVIEW
