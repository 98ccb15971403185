from datetime import UTC, date, datetime

import pytest
import time_machine

from matcher.lifecycle import pairing, visit
from matcher.lifecycle.choices import Outcome
from matcher.mail.links import Purpose
from matcher.records.pairings import Pairing, Visit

AFTER = datetime(2027, 1, 21, 10, tzinfo=UTC)
NEW_DATE = {"first-day": "3", "first-month": "2", "first-year": "2027"}


@pytest.fixture
def met(cast, address, monday):
    """A visit agreed for 20 January: its pairing's id, Ruth's page and Victor's."""
    volunteer_id = cast.volunteer()
    pairing_id = cast.confirmed(cast.request(), volunteer_id)
    ruth = address(Purpose.VISIT, pairing_id=pairing_id, volunteer_id=None)
    victor = address(Purpose.VISIT, pairing_id=pairing_id, volunteer_id=volunteer_id)
    return pairing_id, ruth, victor


@pytest.fixture
def later(met):
    with time_machine.travel(AFTER, tick=False):
        yield met


def the_visit(cast, pairing_id):
    return cast.rows(Visit, pairing_id=pairing_id)[0]


def test_each_side_sees_whom_they_meet(client, met):
    assert "Victor Osei" in client.get(met[1]).text
    assert "ruth@westberks.example" in client.get(met[2]).text


def test_nothing_can_be_told_before_the_day(client, cast, met):
    assert "Did it take place" not in client.get(met[1]).text
    client.post(f"{met[1]}/outcome", data={"press": "helped"})
    assert the_visit(cast, met[0]).requester_said is None


def test_one_side_offers_a_date_and_the_other_chooses_it(client, cast, met):
    client.post(f"{met[1]}/dates", data=NEW_DATE)
    assert "No date is agreed now" in client.get(met[2]).text
    client.post(met[2], data={"day": "2027-02-03"})
    assert the_visit(cast, met[0]).on == date(2027, 2, 3)


def test_a_date_that_was_not_offered_is_asked_about_again(client, met):
    client.post(f"{met[1]}/dates", data=NEW_DATE)
    answer = client.post(met[2], data={"day": "2027-02-04"})
    assert (answer.status_code, "Select a date" in answer.text) == (422, True)


def test_who_can_do_none_of_the_dates_offers_others(client, met):
    client.post(f"{met[1]}/dates", data=NEW_DATE)
    assert client.post(met[2], data={"day": "none"}).location == f"{met[2]}/dates"


def test_no_date_is_asked_for_again(client, met):
    answer = client.post(f"{met[1]}/dates", data={})
    assert (answer.status_code, "Enter a date" in answer.text) == (422, True)


def test_the_requester_says_where_and_when(client, cast, met):
    given = {"begins": "2pm", "ends": "16.30", "venue": "Room 7", "who_pays": "requester_pays"}
    client.post(f"{met[1]}/details", data=given)
    page = client.get(met[2]).text
    assert "2pm to 4:30pm" in page
    assert "Room 7" in page


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({"begins": "25:00"}, "Enter a time like 2pm or 14:00"),
        ({"ends": "14:00"}, "Enter when it begins, too"),
        ({"begins": "3pm", "ends": "2pm"}, "The end must be after the beginning"),
    ],
)
def test_a_time_that_cannot_be_is_said_to_be_wrong(client, met, times, words):
    answer = client.post(f"{met[1]}/details", data={"who_pays": "requester_pays", **times})
    assert (answer.status_code, words in answer.text) == (422, True)


def test_the_details_are_not_the_volunteers_to_change(client, met):
    assert client.get(f"{met[2]}/details").status_code == 303


def test_the_requester_calls_the_visit_off(client, cast, met):
    page = client.post(f"{met[1]}/call-off", data={"reason": ""}, follow_redirects=True)
    assert "This visit will not take place" in page.text
    assert cast.get(Pairing, met[0]).state == pairing.State.STOOD_DOWN


def test_the_volunteer_can_no_longer_come(client, cast, met):
    client.post(f"{met[2]}/call-off", data={"reason": "too_busy"})
    assert cast.get(Pairing, met[0]).state == pairing.State.RELEASED
    assert the_visit(cast, met[0]).state == visit.State.CALLED_OFF


def test_a_second_press_shows_how_it_stands(client, met):
    client.post(f"{met[1]}/call-off", data={"reason": ""})
    assert client.post(f"{met[1]}/call-off", data={"reason": ""}).location == met[1]


def test_one_press_tells_that_it_helped_and_asks_for_words(client, cast, later):
    answer = client.post(f"{later[1]}/outcome", data={"press": "helped"})
    assert answer.location == f"{later[1]}/words"
    assert the_visit(cast, later[0]).requester_said == Outcome.HELD


def test_words_of_thanks_reach_the_volunteer(client, cast, later):
    client.post(f"{later[1]}/outcome", data={"press": "helped"})
    client.post(f"{later[1]}/words", data={"words": "We changed how we post."})
    assert "We changed how we post." in client.get(later[2]).text


def test_that_it_did_not_take_place_is_told_with_a_neutral_reason(client, cast, later):
    answer = client.post(f"{later[2]}/outcome", data={"press": "missed"})
    client.post(answer.location, data={"because": "travel"})
    assert the_visit(cast, later[0]).state == visit.State.MISSED


def test_a_side_changes_what_it_told_by_mistake(client, cast, later):
    client.post(f"{later[2]}/outcome", data={"press": "held"})
    assert "Change what you told us" in client.get(later[2]).text
    answer = client.post(f"{later[2]}/outcome/change", data={"press": "missed"})
    client.post(answer.location, data={"because": "travel"})
    assert the_visit(cast, later[0]).state == visit.State.MISSED


def test_there_is_nothing_to_change_before_anything_is_told(client, later):
    assert client.get(f"{later[2]}/outcome/change").location == later[2]


def test_nobody_is_asked_what_came_of_a_visit_that_seeks_its_date(client, met):
    client.post(f"{met[1]}/dates", data=NEW_DATE)
    with time_machine.travel(AFTER, tick=False):
        assert "Did it take place" not in client.get(met[1]).text


def test_the_volunteer_prints_a_certificate_and_has_their_manager_thanked(client, cast, later):
    client.post(f"{later[2]}/outcome", data={"press": "helped"})
    assert "Victor Osei" in client.get(f"{later[2]}/certificate").text
    client.post(f"{later[2]}/manager", data={"email": "boss@walsall.example"})
    assert len(cast.emails("thanks_manager")) == 1


def test_there_is_no_certificate_before_the_visit(client, met):
    answer = client.get(f"{met[2]}/certificate")
    assert (answer.status_code, "as soon as the visit has taken place" in answer.text) == (
        409,
        True,
    )


def test_the_host_pack_is_the_requesters(client, met):
    assert "Briefing for the chief executive" in client.get(f"{met[1]}/host-pack").text
    assert client.get(f"{met[2]}/host-pack").status_code == 404


def test_before_the_introduction_no_name_is_shown(client, cast, address, monday):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    cast.accepted(request_id, volunteer_id)
    status = address(Purpose.STATUS, help_request_id=request_id)
    dates = {"when": "on_dates", **NEW_DATE}
    client.post(f"{status}/dates", data=dates)
    page = client.get(address(Purpose.VISIT, volunteer_id=volunteer_id)).text
    assert "You are not introduced yet" in page
    assert "ruth@" not in page
