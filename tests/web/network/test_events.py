"""The pages of events: what is public, what only those who go see, what Cora decides."""

from uuid import uuid4

import pytest
import vobject
from icalendar import Calendar

from matcher.actions.network.attending import SentEvent, add_event, say_going
from matcher.lifecycle.event import State
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.events import Going, MeetingEvent
from tests.cast import STORY_NEED, WALSALL, WANTED

CAMP = SentEvent(
    "Unconference <b>North</b>",
    WANTED[0],
    WANTED[1],
    WALSALL,
    "Bring questions.",
    "https://x.example",
)
SLUG = "/events/unconference-b-north-b-2027"
TYPED = {
    "name": "Camp",
    "first_on-day": "20",
    "first_on-month": "1",
    "first_on-year": "2027",
    "place": "Walsall",
}


@pytest.fixture
def camp(cast, monday):
    return add_event(CAMP, uuid4().hex, cast.acting(Actor.COORDINATOR))


@pytest.fixture
def vera(client, cast, sign_in, camp):
    volunteer_id = cast.vera()
    sign_in(volunteer_id)
    return volunteer_id


def test_an_event_is_listed_and_its_name_is_only_words(client, camp):
    page = client.get("/events").text
    assert "Unconference &lt;b&gt;North&lt;/b&gt;" in page
    assert "20 January 2027" in client.get(SLUG).text


def test_a_volunteer_says_by_one_press_that_they_will_be_there(client, cast, vera):
    client.post(f"{SLUG}/going", data={"going": "yes"})
    assert [row.volunteer_id for row in cast.rows(Going)] == [vera]
    assert "1 person known here will be there" in client.get(SLUG).text


def test_nobody_says_so_without_signing_in(client, cast, camp):
    assert "/volunteer/sign-in" in client.post(f"{SLUG}/going", data={"going": "yes"}).location
    assert cast.rows(Going) == []


def test_only_those_who_go_see_what_the_others_need_and_offer(client, cast, vera, camp):
    say_going(camp, cast.acting(Actor.REQUESTER), help_request_id=cast.request())
    assert STORY_NEED not in client.get(SLUG).text
    client.post(f"{SLUG}/going", data={"going": "yes"})
    page = client.get(SLUG).text
    assert STORY_NEED in page
    assert "media and have briefed members" in page
    assert "Ruth" not in page


def test_a_requester_says_so_on_the_page_of_the_request(client, cast, camp, address):
    request_id = cast.request()
    page = address(Purpose.STATUS, help_request_id=request_id) + "/events"
    client.post(page, data={"event": SLUG.rpartition("/")[2], "going": "yes"})
    assert [row.help_request_id for row in cast.rows(Going)] == [request_id]
    assert "You will be there." in client.get(page).text


def test_a_volunteer_proposes_an_event(client, cast, vera):
    client.post("/volunteer/events/propose", data=TYPED)
    event = cast.rows(MeetingEvent)[-1]
    assert (event.name, event.state, event.proposed_by) == ("Camp", State.PROPOSED, vera)


def test_a_proposed_event_is_public_when_a_coordinator_publishes_it(client, cast, cora):
    proposer = cast.acting(Actor.VOLUNTEER, cast.volunteer())
    event = cast.get(MeetingEvent, add_event(CAMP, uuid4().hex, proposer))
    assert client.get(f"/events/{event.slug}").status_code == 404
    cora.post(f"/coordinator/events/{event.id}/publish")
    assert client.get(f"/events/{event.slug}").status_code == 200


@pytest.mark.parametrize(
    ("website", "kept"),
    [
        ("javascript:alert(1)", False),
        ("https://user:secret@x.example", False),
        ("ftp://x.example", False),
        ("https://x.example/a b", False),
        ("https://x.example/camp", True),
    ],
)
def test_a_web_address_is_checked_for_its_form(client, vera, website, kept):
    page = client.post("/volunteer/events/propose", data=TYPED | {"website": website})
    assert ("Enter a web address" in page.text) is not kept


def test_an_event_that_ends_before_it_begins_comes_back_with_what_was_typed(client, vera):
    ends = {"last_on-day": "19", "last_on-month": "1", "last_on-year": "2027"}
    page = client.post("/volunteer/events/propose", data=TYPED | ends)
    assert "The last day must be the first day or later" in page.text
    assert 'value="Camp"' in page.text


@pytest.mark.parametrize("path", ["/events.ics", f"{SLUG}.ics"])
def test_the_calendar_is_read_by_another_program(client, camp, path):
    (event,) = Calendar.from_ical(client.get(path).data).walk("VEVENT")
    assert str(event["SUMMARY"]) == CAMP.name
    assert (event.decoded("DTEND") - event.decoded("DTSTART")).days == 8


def test_the_calendar_is_read_by_a_program_of_others(client, camp):
    entry = vobject.readOne(client.get("/events.ics").text).vevent
    assert (entry.summary.value, entry.dtstart.value) == (CAMP.name, CAMP.first_on)


def test_news_of_events_is_off_until_asked_for(client, vera):
    assert "We do not write to you about events." in client.get("/volunteer/events").text
    client.post("/volunteer/events", data={"news": "yes"})
    assert "We write to you when there is a new event." in client.get("/volunteer/events").text
