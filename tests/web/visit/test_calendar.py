import re

import pytest

from matcher.actions.volunteer.answering import decline
from matcher.actions.volunteer.volunteering import leave
from matcher.lifecycle.choices import DeclineReason
from matcher.lifecycle.tables import Actor

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def visit(cast, client, sign_in):
    """A visit of Victor's, who is signed in: the pairing's and his id."""
    volunteer_id = cast.volunteer()
    pairing_id = cast.confirmed(cast.request(), volunteer_id)
    sign_in(volunteer_id)
    return pairing_id, volunteer_id


def made(client):
    """Press the button; the path of the calendar's new address."""
    page = client.post("/volunteer/calendar", follow_redirects=True).text
    return re.search(r"/t/calendar/[0-9a-f.]+", page)[0]


def lines(answer):
    return answer.text.replace("\r\n ", "").split("\r\n")


def test_the_calendar_holds_the_visits_under_the_uid_of_their_invitations(client, visit):
    answer = client.get(made(client))
    assert answer.mimetype == "text/calendar"
    for line in (
        "METHOD:PUBLISH",
        f"UID:visit-{visit[0]}@help.test",
        "DTSTART;VALUE=DATE:20270120",
        "DTEND;VALUE=DATE:20270121",
        "SUMMARY:Visit to West Berkshire Council",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ):
        assert line in lines(answer)


def test_the_calendar_names_nobody(client, visit):
    text = client.get(made(client)).text
    assert "Ruth" not in text
    assert "ruth@" not in text


def test_a_visit_that_was_called_off_is_no_longer_in_it(client, cast, visit):
    path = made(client)
    decline(visit[0], DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER, visit[1]))
    assert "BEGIN:VEVENT" not in client.get(path).text


def test_a_new_address_ends_the_one_before(client, visit):
    first, second = made(client), made(client)
    assert client.get(first).status_code != 200
    assert client.get(second).status_code == 200


def test_whoever_leaves_closes_their_calendar(client, cast, visit):
    path = made(client)
    leave(visit[1], cast.acting(Actor.VOLUNTEER, visit[1]))
    assert client.get(path).status_code != 200
