"""After a good visit: advice from either side, and one box with which who was helped joins."""

from datetime import UTC, datetime

import pytest
import time_machine

from matcher.mail.links import Purpose
from matcher.records.advice import AdviceNote
from matcher.records.pairings import Visit
from matcher.records.volunteers import Volunteer
from tests.cast import WANTED

NOTE = {"title": "A rota for evenings", "needed": "Evenings were lost.", "helped": "A rota."}
DAY_AFTER = datetime(2027, 1, 21, 10, tzinfo=UTC)


@pytest.fixture
def sides(client, cast, address):
    """Ruth says that the visit helped; the addresses of its page for her and for Victor."""
    request_id, volunteer_id = cast.request(), cast.volunteer()
    pairing_id = cast.confirmed(request_id, volunteer_id)
    assert cast.rows(Visit)[0].on == WANTED[0]
    ids = {"pairing_id": pairing_id, "help_request_id": request_id}
    ruth = address(Purpose.VISIT, **ids, volunteer_id=None)
    victor = address(Purpose.VISIT, **ids, volunteer_id=volunteer_id)
    with time_machine.travel(DAY_AFTER, tick=False):
        client.post(f"{ruth}/outcome", data={"press": "helped"})
        yield ruth, victor


def test_both_sides_are_offered_to_write_advice_which_the_other_agrees_to(client, cast, sides):
    for side in sides:
        assert "Write advice about this visit" in client.get(side).text
        form = client.get(client.post(f"{side}/advice").location).location
        client.post(form, data=NOTE | {"title": side[-5:]})
    assert [note.state for note in cast.rows(AdviceNote)] == ["with_other_side"] * 2
    assert len(cast.emails("advice_agree")) == 2


def test_who_was_helped_joins_with_one_box(client, cast, sides):
    ruth, _victor = sides
    assert "Who could learn from you?" in client.get(ruth).text
    for _ in range(2):
        client.post(f"{ruth}/join", data={"offer": "I moved our library to a school."})
    joined = cast.rows(Volunteer)[-1]
    assert (joined.name, joined.organisation.name) == ("Ruth Adeyemi", "West Berkshire Council")
    assert (joined.offer, joined.travel.limit.miles) == ("I moved our library to a school.", 50)
    assert len(cast.rows(Volunteer)) == 2
    assert "Who could learn from you?" not in client.get(ruth).text


def test_nothing_typed_comes_back_and_the_volunteer_is_not_asked(client, cast, sides):
    ruth, victor = sides
    assert client.post(f"{ruth}/join", data={}).status_code == 422
    assert client.get(f"{victor}/join").status_code == 303
    assert "Who could learn from you?" not in client.get(victor).text
