from datetime import date

import pytest

from matcher.actions.volunteer.adjusting import MOST_TOPICS
from matcher.actions.volunteer.answering import decline
from matcher.lifecycle.choices import DeclineReason
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.volunteers import Volunteer
from tests.web.wicked import WICKED

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def declined(cast, address):
    """Victor says no for a reason; his id, and the page on which the fitting limit is changed."""

    def say_no(reason):
        volunteer_id = cast.volunteer()
        pairing_id = cast.invited(cast.request(), volunteer_id)
        decline(pairing_id, reason, "", cast.acting(Actor.VOLUNTEER, volunteer_id))
        return volunteer_id, address(Purpose.ANSWER, pairing_id=pairing_id) + "/settings"

    return say_no


DAYS = {
    "first-day": "1",
    "first-month": "2",
    "first-year": "2027",
    "last-day": "5",
    "last-month": "2",
    "last-year": "2027",
}
CHANGES = [
    (DeclineReason.TOO_FAR, {"miles": "40 miles"}, lambda who: who.travel_limit["miles"] == 40),
    (
        DeclineReason.TOO_BUSY,
        {"how_long": "seldomer", "asks": "1"},
        lambda who: who.asks_per_quarter == 1,
    ),
    (DeclineReason.TOO_BUSY, {"how_long": "back"}, lambda who: who.state == State.PAUSED),
    (DeclineReason.MANAGER, {"how_long": "back"}, lambda who: who.state == State.PAUSED),
    (
        DeclineReason.NOT_MY_SUBJECT,
        {"topic": "parking permits"},
        lambda who: who.not_for_me == ["parking permits"],
    ),
    (
        DeclineReason.DATES,
        DAYS,
        lambda who: [span.last_on for span in who.away] == [date(2027, 2, 5)],
    ),
]


@pytest.mark.parametrize(("reason", "sent", "changed"), CHANGES)
def test_the_change_that_fits_a_no_is_made_by_the_same_link(
    client, cast, declined, reason, sent, changed
):
    volunteer_id, page = declined(reason)
    answer = client.post(page, data=sent, follow_redirects=True)
    assert "Your change is saved" in answer.text
    assert changed(cast.get(Volunteer, volunteer_id))


def test_too_far_suggests_a_little_less_than_this_was(client, declined):
    page = client.get(declined(DeclineReason.TOO_FAR)[1]).text
    assert 'value="85"' in page
    assert "About 85 miles" in page or "about 85 miles" in page


@pytest.mark.parametrize("reason", [DeclineReason.CONFLICT, DeclineReason.OTHER])
def test_where_no_limit_fits_the_reason_nothing_is_offered(client, declined, reason):
    assert client.get(declined(reason)[1]).status_code == 303


@pytest.mark.parametrize("words", [*WICKED, "", "of the", "x" * 100_000])
def test_a_topic_that_nobody_can_keep_is_refused_at_the_field_or_kept_as_words(
    client, cast, declined, words
):
    volunteer_id, page = declined(DeclineReason.NOT_MY_SUBJECT)
    answer = client.post(page, data={"topic": words})
    assert answer.status_code in {303, 422}
    assert len(cast.get(Volunteer, volunteer_id).not_for_me) == (answer.status_code == 303)


def test_a_full_list_of_topics_says_so(client, cast, declined):
    volunteer_id, page = declined(DeclineReason.NOT_MY_SUBJECT)
    with writing() as session:
        full = [f"topic {number}" for number in range(MOST_TOPICS)]
        session.get_one(Volunteer, volunteer_id).not_for_me = full
    answer = client.post(page, data={"topic": "parking"})
    assert (answer.status_code, "Your list of topics is full" in answer.text) == (422, True)
