"""Contact details come up only where that is logged: no page shows them to whoever only looks."""

import pytest

from matcher.lifecycle.tables import Actor
from matcher.records.history import Happening

pytestmark = pytest.mark.usefixtures("monday")

DETAILS = ("ruth@westberks.example", "victor.osei@walsall.example", "07700 900123", "Ruth Adeyemi")
RUTH, PHONE = DETAILS[0], DETAILS[2]
PRESSES = {
    "/coordinator/requests/1/details": ("details_shown", RUTH),
    "/coordinator/volunteers/1/details": ("details_shown", DETAILS[1]),
    "/coordinator/data/requester/1": ("data_shown", RUTH),
    "/coordinator/data/volunteer/1": ("data_shown", DETAILS[1]),
    "/coordinator/data/requester/1/copy.json": ("data_shown", RUTH),
}


@pytest.fixture
def met(cast):
    """Ruth and Victor are introduced, and each gave a telephone number."""
    volunteer_id = cast.volunteer(email=DETAILS[1])
    pairing_id = cast.confirmed(cast.request(), volunteer_id)
    cast.proposal(cast.request(need="Help us to plan a cycle lane."), cast.volunteer())
    return pairing_id


def test_no_page_of_the_desk_shows_details_to_whoever_looks(cora, paths, met):
    desk = [path for path in paths("GET") if path.startswith("/coordinator")]
    shown = {path: cora.get(path).text for path in desk}
    named = {path: [each for each in DETAILS if each in text] for path, text in shown.items()}
    assert {path: details for path, details in named.items() if details} == {}


@pytest.mark.parametrize("path", PRESSES)
def test_each_press_that_shows_details_is_logged_with_who_pressed(cora, cast, met, path):
    event, details = PRESSES[path]
    assert details in cora.post(path).text
    (looked,) = cast.rows(Happening, event=event)
    assert (looked.actor, looked.actor_id) == (Actor.COORDINATOR, 1)


def test_no_page_for_anybody_shows_details(client, paths, met):
    public = [path for path in paths("GET") if not path.startswith("/t/")]
    assert [path for path in public for each in DETAILS if each in client.get(path).text] == []
