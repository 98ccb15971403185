from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest

from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.proposing import propose
from matcher.lifecycle.tables import Actor
from matcher.records.pages.whereabouts import Spot
from matcher.web.coordinator.map_drawing import Mark, draw_map

NEWBURY, WALSALL = Spot(51.4, -1.32, "Newbury"), Spot(52.58, -1.98, "Walsall")


@pytest.fixture
def proposed(cast):
    """A request with Victor and another proposed, and Vera for whom it is too far."""
    request_id = cast.request()
    cast.volunteer()
    cast.volunteer(name="Una Reyes", email="una@walsall.example")
    cast.vera()
    propose(LiveIndex(), request_id, cast.acting(Actor.CLOCK))
    return request_id


def pairing_ids(cora, request_id) -> list[str]:
    page = cora.get(f"/coordinator/requests/{request_id}").text
    return [part.split('"')[0] for part in page.split('name="pairing" value="')[1:]]


def test_the_map_names_in_tables_whom_it_shows(cora, proposed):
    page = cora.get(f"/coordinator/requests/{proposed}/map").text
    within, beyond = page.split("In squares")
    assert "Una Reyes" in within
    assert "Vera" in beyond


def test_two_candidates_stand_side_by_side(cora, proposed):
    asked = "&".join(f"pairing={each}" for each in pairing_ids(cora, proposed))
    page = cora.get(f"/coordinator/requests/{proposed}/compare?{asked}").text
    assert page.count("Words that matched") == 1
    assert "Victor" in page
    assert "Una Reyes" in page


def test_one_candidate_is_not_compared(cora, proposed):
    answer = cora.get(f"/coordinator/requests/{proposed}/compare?pairing=x", follow_redirects=True)
    assert "Tick two or three candidates to compare them." in answer.text


def test_the_image_shows_every_mark_by_its_sign():
    drawn = draw_map(NEWBURY, [Mark("1", WALSALL, within=True), Mark("A", NEWBURY, within=False)])
    image = ET.fromstring(b64decode(drawn.partition(",")[2]))  # noqa: S314  our own
    assert {"1", "A"} <= {each.text for each in image.iter() if each.text}
