import pytest

from matcher.actions.linking import make_link
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.volunteers import Volunteer

pytestmark = pytest.mark.usefixtures("monday")

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def victor(cast):
    return cast.volunteer()


@pytest.fixture
def link(cast, address, victor):
    with writing() as session:
        occasion = cast.acting(Actor.CLOCK)
        make_link(session, Purpose.UNSUBSCRIBE, occasion, volunteer_id=victor)
    return address(Purpose.UNSUBSCRIBE, volunteer_id=victor)


def test_the_page_says_for_whom_and_what_the_choices_are(client, link):
    page = client.get(link).text
    assert "Victor Osei" in page
    assert "Pause them until I say I am back" in page
    assert "Stop them for good" in page


def test_looking_changes_nothing(client, cast, victor, link):
    client.get(link)
    assert cast.get(Volunteer, victor).state == State.ACTIVE


def test_one_click_pauses_without_a_token_and_may_be_repeated(client, app, cast, victor, link):
    app.config["WTF_CSRF_ENABLED"] = True
    answers = [client.post(link, data=ONE_CLICK).status_code for _ in range(2)]
    assert answers == [200, 200]
    kept = cast.get(Volunteer, victor)
    assert (kept.state, kept.paused_until) == (State.PAUSED, None)


def test_any_other_post_without_a_token_is_refused(client, app, cast, victor, link):
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(link, data={"how_long": "stop"}).status_code == 400
    assert cast.get(Volunteer, victor).state == State.ACTIVE


def test_pausing_until_a_date(client, cast, victor, link):
    typed = {"how_long": "until", "until-day": "1", "until-month": "2", "until-year": "2027"}
    page = client.post(link, data=typed, follow_redirects=True).text
    assert "We will not ask you before Monday 1 February 2027" in page
    assert cast.get(Volunteer, victor).state == State.PAUSED


def test_stopping_for_good_leaves_and_pressed_twice_is_no_fault(client, cast, victor, link):
    answers = [client.post(link, data={"how_long": "stop"}).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert cast.get(Volunteer, victor).state == State.LEFT


def test_nothing_chosen_is_said_at_the_field(client, cast, victor, link):
    answer = client.post(link, data={})
    assert answer.status_code == 422
    assert "Select what you would like" in answer.text
