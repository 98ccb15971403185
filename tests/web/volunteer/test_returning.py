import pytest

from matcher.actions.post.enclosed import Desk
from matcher.actions.volunteer.volunteering import leave, pause
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.volunteers import Volunteer

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def resting(cast, address):
    """Victor rests; his id, and the link that asks whether he is still up for it."""
    volunteer_id = cast.volunteer()
    with writing() as session:
        victor = session.get_one(Volunteer, volunteer_id)
        victor.state, victor.lapses_in_a_row = State.RESTING, 2
        Desk(session, cast.occasion).back(victor)
    return volunteer_id, address(Purpose.BACK, volunteer_id=volunteer_id)


def test_looking_does_not_end_the_rest(client, cast, resting):
    assert "I am still up for it" in client.get(resting[1]).text
    assert cast.get(Volunteer, resting[0]).state == State.RESTING


def test_one_press_ends_the_rest_and_a_second_changes_nothing(client, cast, resting):
    for _ in range(2):
        page = client.post(resting[1], follow_redirects=True).text
        assert "We may ask you again" in page
    back = cast.get(Volunteer, resting[0])
    assert (back.state, back.lapses_in_a_row) == (State.ACTIVE, 0)


def test_a_press_ends_a_pause_too(client, cast, resting):
    pause(resting[0], None, cast.acting(Actor.VOLUNTEER, resting[0]))
    client.post(resting[1])
    assert cast.get(Volunteer, resting[0]).state == State.ACTIVE


def test_whoever_has_left_reads_how_to_join_again(client, cast, resting):
    leave(resting[0], cast.acting(Actor.VOLUNTEER, resting[0]))
    assert "Join again" in client.post(resting[1], follow_redirects=True).text
