"""Who offers much the same as somebody, on that person's page at the desk."""

import pytest

from matcher.actions.volunteer.volunteering import leave, pause
from matcher.lifecycle.tables import Actor
from tests.cast import NEWBURY

OTHER_OFFER = "I repair bridges and inspect tunnels."


def page_of(cora, volunteer_id):
    return cora.get(f"/coordinator/volunteers/{volunteer_id}").text


@pytest.fixture
def both(cast):
    """Victor, and Bert in another place who offers the same."""
    return cast.volunteer(), cast.volunteer(name="Bert Hill", where=NEWBURY)


def test_who_offers_the_same_is_named_with_distance_and_load(cora, cast, both):
    cast.invited(cast.request(), both[1])
    page = page_of(cora, both[0])
    assert "Bert Hill" in page
    assert "85 miles away" in page
    assert "Asked once this quarter, of at most 3" in page


def test_nobody_is_like_themselves_or_like_who_offers_something_else(cora, cast):
    volunteer_id = cast.volunteer()
    cast.volunteer(name="Bert Hill", offer=OTHER_OFFER)
    assert "Nobody who can be asked offers anything like it" in page_of(cora, volunteer_id)


def test_who_is_paused_is_left_out(cora, cast, both):
    pause(both[1], None, cast.acting(Actor.COORDINATOR))
    assert "Bert Hill" not in page_of(cora, both[0])


def test_others_are_named_for_who_has_left(cora, cast, both):
    leave(both[0], cast.acting(Actor.VOLUNTEER, both[0]))
    assert "Bert Hill" in page_of(cora, both[0])


def test_nobody_is_named_for_an_offer_that_was_not_confirmed(cora, cast, both):
    unproved = cast.volunteer(confirmed=False)
    assert "Bert Hill" not in page_of(cora, unproved)


def test_at_most_five_are_named(cora, cast, both):
    for number in range(5):
        cast.volunteer(name=f"Person {number}")
    assert page_of(cora, both[0]).count(" away</span>") == 5
