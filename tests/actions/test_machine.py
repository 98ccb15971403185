"""The service as a whole, at a small size; ``benchmarks/year_machine.py`` plays the full size."""

from contextlib import ExitStack

import pytest
from year_bugs import BUGS
from year_machine import play, stage

RUNS, STEPS = 2, 15


@pytest.fixture(scope="module")
def on():
    with stage() as made:
        yield made


def test_whatever_people_do_in_whatever_order_nothing_is_broken(on):
    play(on, RUNS, STEPS, random=False)
    assert on.database.exists()


def test_a_planted_bug_is_found(on):
    with ExitStack() as planted:
        BUGS["accept without guard"](planted)
        with pytest.raises(AssertionError, match="place_double_booked"):
            play(on, 10, STEPS, random=False)
