"""The pages of a question, from both sides."""

import pytest

from matcher.mail.links import Purpose
from matcher.records.advice import AdviceNote
from matcher.records.peer_questions import PeerAnswer

ASKED = "How long do <b>members</b> need to get used to social media?"


@pytest.fixture
def ruth(client, cast, address, monday):
    """Ruth has asked Vera a question; the addresses of both pages."""
    request_id, vera = cast.request(), cast.vera()
    status = address(Purpose.STATUS, help_request_id=request_id)
    assert "Ask a question first" in client.get(status).text
    client.post(f"{status}/question", data={"words": ASKED})
    return status, address(Purpose.PEER_QUESTION, volunteer_id=vera)


def test_a_question_is_answered_and_ends_the_request(client, cast, ruth):
    status, vera = ruth
    page = client.get(vera).text
    assert "&lt;b&gt;members" in page
    assert "Ruth" not in page
    client.post(vera, data={"words": "Half a year."})
    page = client.get(status).text
    assert "Half a year." in page
    assert "Vera" not in page
    client.post(f"{status}/question/1/solve")
    assert "An answer was all that was needed" in client.get(status).text
    assert cast.rows(PeerAnswer)[0].helped


def test_an_answer_is_made_advice_of_once_and_the_other_side_finds_it(client, cast, ruth, address):
    status, vera = ruth
    client.post(vera, data={"words": "Half a year."})
    for _ in range(2):
        client.post(f"{status}/question/1/note")
    assert len(cast.rows(AdviceNote)) == 1
    notes = address(Purpose.ADVICE, volunteer_id=cast.rows(PeerAnswer)[0].volunteer_id)
    assert "Half a year." in client.get(f"{notes}/1/agree").text
    client.post(f"{notes}/1/agree", data={"answer": "yes"})
    assert cast.rows(AdviceNote)[0].state == "with_coordinator"


def test_a_no_and_a_second_look_say_how_it_stands(client, ruth):
    status, vera = ruth
    for _ in range(2):
        client.post(f"{vera}/decline")
    assert "Nothing is needed any more" in client.get(vera).text
    assert "Nobody has answered." in client.get(status).text


def test_too_long_a_question_comes_back(client, cast, address, monday):
    status = address(Purpose.STATUS, help_request_id=cast.request())
    page = client.post(f"{status}/question", data={"words": "x" * 501})
    assert "Your question must be 500 characters or fewer" in page.text


def test_where_nobody_can_be_asked_the_page_says_so(client, cast, address, monday):
    status = address(Purpose.STATUS, help_request_id=cast.request())
    page = client.post(f"{status}/question", data={"words": ASKED})
    assert "Nobody who fits can be asked this now" in page.text


def test_coordinators_read_it_and_take_it_down(client, cast, ruth, cora):
    status, vera = ruth
    client.post(f"{vera}/report", data={"why": "It sells something."})
    assert "&lt;b&gt;members" in cora.get("/coordinator/requests/1").text
    cora.post("/coordinator/requests/1/question/remove")
    assert "A coordinator took it down" in client.get(status).text
    assert "members" not in client.get(vera).text
