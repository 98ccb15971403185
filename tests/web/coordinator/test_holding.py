"""Holding a request at the desk, and what its requester reads meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.requester.questions import answer_question, ask_question
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest

BECAUSE = "They have an <election> until the summer."
UNTIL = {"until-day": "14", "until-month": "12", "until-year": "2026"}


@pytest.fixture
def page(cast):
    return f"/coordinator/requests/{cast.request()}"


def hold(cora, page, **changes):
    return cora.post(f"{page}/hold", data=UNTIL | {"because": BECAUSE} | changes)


def test_a_request_on_hold_says_so_and_goes_on_at_a_press(cora, cast, page):
    assert hold(cora, page).status_code == 303
    text = cora.get(page).text
    assert "On hold until Monday 14 December 2026" in text
    assert "&lt;election&gt;" in text
    assert "The request was put on hold (Cora Bell)" in text
    cora.post(f"{page}/release")
    assert cast.rows(HelpRequest)[0].hold is None
    assert "The request goes on (Cora Bell)" in cora.get(page).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"because": " "},
        {"because": "x" * 100_000},
        {"until-day": "23", "until-month": "11"},
        {"until-day": "31", "until-month": "2"},
        {"until-year": "2030"},
        {"until-day": ""},
        dict.fromkeys(UNTIL, ""),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_lost(cora, cast, page, wrong):
    answer = hold(cora, page, **wrong)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert cast.rows(HelpRequest)[0].hold is None


def test_the_desk_lists_what_is_on_hold_and_asks_nothing_today(cora, page):
    assert "To review" in cora.get("/coordinator").text
    hold(cora, page)
    assert "Nothing needs you today" in cora.get("/coordinator").text
    assert "1 request<" in cora.get("/coordinator/requests?queue=on_hold").text
    assert "0 requests" in cora.get("/coordinator/requests?queue=to_review").text


def test_on_its_day_it_is_under_what_needs_you(cora, cast, page):
    hold(cora, page)
    with writing() as session:
        session.get_one(HelpRequest, 1).held_until = cast.occasion.today
    assert "On hold: look again now, since today" in cora.get("/coordinator").text


def test_an_answer_before_its_day_needs_a_look(cora, cast, page):
    ask_question(1, "For all members?", cast.acting(Actor.COORDINATOR))
    hold(cora, page)
    assert "Nothing needs you today" in cora.get("/coordinator").text
    later = replace(cast.occasion, now=cast.occasion.now + timedelta(minutes=1))
    answer_question(1, "Yes.", replace(later, actor=Actor.REQUESTER))
    assert "On hold: look again now" in cora.get("/coordinator").text


@pytest.mark.parametrize(("ticked", "read"), [({}, False), ({"is_told": "yes"}, True)])
def test_the_requester_reads_that_it_waits_and_why_if_the_coordinator_chooses(
    cora, address, page, ticked, read
):
    hold(cora, page, **ticked)
    text = cora.get(address(Purpose.STATUS)).text
    assert "looks at it again on Monday 14 December 2026" in text
    assert ("&lt;election&gt;" in text) == read


def test_changing_a_hold_begins_with_what_was_said(cora, page):
    hold(cora, page)
    text = cora.get(f"{page}/hold").text
    assert 'value="14"' in text
    assert "&lt;election&gt;" in text
