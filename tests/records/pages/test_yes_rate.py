import pytest

from matcher.lifecycle.pairing import State
from matcher.records.database import db, writing
from matcher.records.pages import yes_rate
from matcher.records.pages.yes_rate import measure_yes_rate
from matcher.records.pairings import Pairing


@pytest.fixture
def ended(cast):
    """Asks that came to an end so: each its state, whether it was sent, whether answered."""
    request_id = cast.request()

    def make(*ends):
        for state, sent, answered in ends:
            pairing_id = cast.proposal(request_id, cast.volunteer())
            with writing() as session:
                kept = session.get_one(Pairing, pairing_id)
                kept.state = state
                kept.invited_at = cast.occasion.now if sent else None
                kept.answered_at = cast.occasion.now if answered else None
        return measure_yes_rate(db.session())

    return make


def test_without_asks_there_is_no_rate(ended):
    assert (ended().asks, ended().rate) == (0, 0.0)


def test_yeses_are_counted_among_the_asks_that_came_to_an_end(ended):
    measured = ended(
        (State.ACCEPTED, True, True),
        (State.RELEASED, True, True),
        (State.STOOD_DOWN, True, True),
        (State.DECLINED, True, True),
        (State.LAPSED, True, False),
        (State.PASSED_ON, True, True),
    )
    assert (measured.asks, measured.yeses, measured.rate) == (6, 3, 0.5)


def test_who_was_not_asked_or_not_heard_out_counts_on_neither_side(ended):
    measured = ended(
        (State.PROPOSED, False, False),
        (State.INVITED, True, False),
        (State.LAPSED, False, False),
        (State.STOOD_DOWN, True, False),
    )
    assert measured.asks == 0


def test_only_the_latest_asks_count(ended, monkeypatch):
    monkeypatch.setattr(yes_rate, "LATEST", 1)
    measured = ended((State.DECLINED, True, True), (State.ACCEPTED, True, True))
    assert (measured.asks, measured.rate) == (1, 1.0)
