"""What requesters really do, each with the rule it meets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.questions import answer_question, ask_question
from matcher.actions.upkeep import run_upkeep
from matcher.lifecycle import help_request
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.refusals import IllegalMove
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.questions import list_questions
from matcher.records.tasks import Task


@pytest.fixture
def cora(cast):
    return cast.acting(Actor.COORDINATOR, cast.coordinator())


@pytest.fixture
def ruth(cast):
    return cast.acting(Actor.REQUESTER)


def later(cast, **span):
    return replace(cast.occasion, now=cast.occasion.now + timedelta(**span))


def test_a_question_and_its_answer_are_kept_and_the_request_is_looked_at_again(cast, cora, ruth):
    request_id = cast.request()
    ask_question(request_id, "For all members?", cora)
    answer_question(request_id, "For the cabinet.", ruth)
    asked = list_questions(db.session(), request_id)[0]
    assert (asked.question, asked.answer) == ("For all members?", "For the cabinet.")
    assert cast.get(HelpRequest, request_id).state == help_request.State.IN_REVIEW


def test_a_question_goes_to_the_requester_and_is_reminded_of_once(cast, cora):
    ask_question(cast.request(), "For all members?", cora)
    for days in (8, 9):
        run_upkeep(later(cast, days=days))
    names = ("question", "question_reminder")
    assert [len(cast.emails(name)) for name in names] == [1, 1]


def test_a_question_without_an_answer_closes_the_request_after_two_weeks(cast, cora):
    request_id = cast.request()
    ask_question(request_id, "For all members?", cora)
    run_upkeep(later(cast, days=8))
    run_upkeep(later(cast, days=16))
    request = cast.get(HelpRequest, request_id)
    assert (request.state, request.end_reason) == (help_request.State.CLOSED, "no_answer")
    assert cast.emails("closed")[0].context["reason"] == "no_answer"


def test_an_answer_stops_the_reminder(cast, cora, ruth):
    request_id = cast.request()
    ask_question(request_id, "For all members?", cora)
    answer_question(request_id, "For the cabinet.", ruth)
    run_upkeep(later(cast, days=8))
    assert cast.emails("question_reminder") == []


def test_a_second_answer_is_refused(cast, cora, ruth):
    request_id = cast.request()
    ask_question(request_id, "For all members?", cora)
    answer_question(request_id, "For the cabinet.", ruth)
    with pytest.raises(IllegalMove):
        answer_question(request_id, "For the cabinet.", ruth)


def test_a_request_that_nobody_looked_at_goes_to_the_others_and_its_requester_is_told(cast):
    request_id = cast.request()
    for days in (2, 3):
        run_upkeep(later(cast, days=days, minutes=1))
    late = cast.rows(Task, kind=TaskKind.REVIEW_LATE, help_request_id=request_id)
    assert (len(late), len(cast.emails("review_late"))) == (1, 1)
