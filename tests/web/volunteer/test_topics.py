import pytest

from matcher.actions.proposals.proposing import LiveIndex, explain_barred, propose
from matcher.matching.offers import Bar
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def victor(cast, client, sign_in):
    volunteer_id = cast.volunteer()
    sign_in(volunteer_id)
    return volunteer_id


def test_a_topic_can_be_added_and_taken_out(client, cast, victor):
    client.post("/volunteer/topics", data={"topic": "Parking"})
    client.post("/volunteer/topics", data={"topic": "parking"})
    assert cast.get(Volunteer, victor).not_for_me == ["Parking"]
    client.post("/volunteer/topics/remove", data={"topic": "Parking"})
    assert cast.get(Volunteer, victor).not_for_me == []


def test_nobody_is_proposed_for_a_topic_that_is_not_for_them(client, cast, victor):
    client.post("/volunteer/topics", data={"topic": "social media"})
    request_id = cast.request()
    live = LiveIndex()
    propose(live, request_id, cast.occasion)
    assert cast.rows(Pairing, help_request_id=request_id) == []
    counts = explain_barred(live, request_id, cast.occasion).counts
    assert [(each.bar, each.how_many) for each in counts] == [(Bar.NOT_FOR_ME, 1)]
