import pytest

from matcher.actions.coordinator.reviewing import close_request, say_nobody
from matcher.lifecycle import help_request
from matcher.lifecycle.choices import CloseReason, TaskKind
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.reach import Reach, write_reach
from matcher.records.tasks import Task

DATES = {"when": "on_dates", "first-day": "3", "first-month": "2", "first-year": "2027"}


@pytest.fixture
def ruth(cast, address, monday):
    """A request, and the address of its page."""
    request_id = cast.request()
    return request_id, address(Purpose.STATUS, help_request_id=request_id)


@pytest.fixture
def nobody(cast, ruth):
    """Nobody is found, and it was counted what would help."""
    say_nobody(ruth[0], cast.acting(Actor.COORDINATOR, cast.coordinator()))
    with writing() as session:
        write_reach(session.get_one(HelpRequest, ruth[0]), Reach(14, 3, 0))
    return ruth


def test_dates_place_and_need_are_changed_on_pages_of_their_own(client, cast, ruth):
    client.post(f"{ruth[1]}/dates", data=DATES)
    client.post(f"{ruth[1]}/place", data={"place": "Walsall"})
    client.post(f"{ruth[1]}/need", data={"need": "Help us to plan a cycle lane."})
    page = client.get(ruth[1]).text
    for words in ("Wednesday 3 February 2027", "Walsall", "plan a cycle lane"):
        assert words in page


@pytest.mark.parametrize("name", ["dates", "place", "need"])
def test_what_cannot_be_taken_comes_back_with_its_problem(client, ruth, name):
    answer = client.post(f"{ruth[1]}/{name}", data={"need": "", "place": "", "when": ""})
    assert (answer.status_code, "There is a problem" in answer.text) == (422, True)


@pytest.mark.parametrize("name", ["dates", "place", "need", "fewer"])
def test_a_request_that_has_ended_is_not_changed_and_says_so(client, cast, ruth, name):
    cora = cast.acting(Actor.COORDINATOR, cast.coordinator())
    close_request(ruth[0], CloseReason.OTHER, "", cora)
    assert "This request has ended" in client.post(f"{ruth[1]}/{name}", data=DATES).text


def test_a_new_date_after_the_old_one_begins_again(client, cast, ruth):
    with writing() as session:
        session.get_one(HelpRequest, ruth[0]).state = help_request.State.EXPIRED
    assert "give us a new date" in client.get(ruth[1]).text
    client.post(f"{ruth[1]}/dates", data=DATES)
    assert cast.get(HelpRequest, ruth[0]).state == help_request.State.IN_REVIEW


def test_nobody_is_said_with_numbers_and_a_press_for_each_choice(client, nobody):
    page = client.get(nobody[1]).text
    assert "14 more volunteers could be asked" in page
    assert page.index("A video call would do") < page.index("Ask a little further away")


def test_pressing_for_a_video_call_looks_again(client, cast, nobody):
    client.post(f"{nobody[1]}/video")
    assert cast.get(HelpRequest, nobody[0]).remote_too


def test_pressing_for_people_further_away_is_a_task_once(client, cast, nobody):
    for _ in range(2):
        client.post(f"{nobody[1]}/wider")
    assert len(cast.rows(Task, kind=TaskKind.WIDER_RANGE)) == 1


def test_a_yes_in_advance_is_given_and_taken_back(client, cast, ruth):
    seen = []
    for _ in range(2):
        client.post(f"{ruth[1]}/first-found")
        seen.append(cast.get(HelpRequest, ruth[0]).first_found)
    assert seen == [True, False]


def test_a_yes_in_advance_is_not_given_for_what_has_ended(cast, client, ruth):
    client.post(f"{ruth[1]}/withdraw", data={"reason": "not_needed"})
    assert client.post(f"{ruth[1]}/first-found").status_code == 409


def test_it_may_go_ahead_with_fewer(client, cast, ruth):
    client.post(f"{ruth[1]}/details", data={"places": "2"})
    cast.confirmed(ruth[0], cast.volunteer())
    client.post(f"{ruth[1]}/fewer", data={"answer": "agreed"})
    request = cast.get(HelpRequest, ruth[0])
    assert (request.state, request.places) == (help_request.State.FILLED, 1)
