import pytest

from matcher.actions.requester.questions import ask_question
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.questions import list_questions


@pytest.fixture
def asked(cast, address, monday):
    request_id = cast.request()
    ask_question(request_id, "Is it for <b>all</b> members?", cast.acting(Actor.COORDINATOR, 1))
    return request_id, address(Purpose.STATUS, help_request_id=request_id)


def test_the_question_stands_on_the_requests_page_and_on_its_own(client, asked):
    for page in (asked[1], f"{asked[1]}/answer"):
        assert "Is it for &lt;b&gt;all&lt;/b&gt; members?" in client.get(page).text


def test_the_answer_is_kept_and_said_to_be(client, asked):
    answer = client.post(
        f"{asked[1]}/answer", data={"answer": "The cabinet."}, follow_redirects=True
    )
    assert "A coordinator has your answer" in answer.text
    db.session.rollback()
    assert list_questions(db.session(), asked[0])[0].answer == "The cabinet."


def test_an_empty_answer_is_asked_for_again(client, asked):
    answer = client.post(f"{asked[1]}/answer", data={"answer": " "})
    assert (answer.status_code, "Enter your answer" in answer.text) == (422, True)


def test_a_second_answer_is_told_kindly(client, asked):
    client.post(f"{asked[1]}/answer", data={"answer": "The cabinet."})
    again = client.post(f"{asked[1]}/answer", data={"answer": "All."})
    assert "There is no open question" in again.text
    assert "The cabinet." in again.text
