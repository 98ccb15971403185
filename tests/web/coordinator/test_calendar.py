"""Coming visits in a coordinator's own calendar."""

import re
from urllib.parse import urlsplit

import pytest

from matcher.actions.coordinator.access import end_coordinator
from matcher.lifecycle.tables import Actor

PAGE = "/coordinator/calendar"


@pytest.fixture
def feed(cora, cast) -> str:
    """The way to Cora's calendar, in which there is one visit."""
    cast.confirmed(cast.request(), cast.volunteer(name="Victor Osei"))
    cora.post(PAGE)
    return urlsplit(re.search(r"http\S+/t/desk_calendar/[0-9a-f.]+", cora.get(PAGE).text)[0]).path


def test_programs_fetch_who_visits_whom_and_when(cora, feed):
    calendar = cora.get(feed).text.replace("\r\n ", "")
    assert "visits West Berkshire Council (H-1001)" in calendar
    assert "DTSTART;VALUE=DATE:20270120" in calendar


def test_the_calendar_names_no_person(cora, feed):
    assert not re.search("Victor|Ruth|victor|ruth", cora.get(feed).text)


def test_a_new_address_ends_the_one_before_and_it_can_be_ended(cora, feed):
    cora.post(PAGE)
    assert cora.get(feed).status_code == 410
    cora.post(f"{PAGE}/end")
    assert "/t/desk_calendar/" not in cora.get(PAGE).text


def test_the_calendar_ends_with_the_coordinators_access(cora, cast, feed):
    end_coordinator("cora@programme.example", cast.acting(Actor.COORDINATOR))
    assert cora.get(feed).status_code == 410
