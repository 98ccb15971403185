"""The service as a whole, at a small size; ``benchmarks/year_machine.py`` plays the full size."""

import pytest
from year_bugs import BUGS
from year_machine import find_bug, play, stage

RUNS, STEPS = 2, 15


@pytest.fixture(scope="module")
def on():
    with stage() as made:
        yield made


def test_whatever_people_do_in_whatever_order_nothing_is_broken(on):
    play(on, RUNS, STEPS, random=False)
    assert on.database.exists()


@pytest.mark.parametrize("name", ["accept without guard", "lapse counted from queueing"])
def test_a_planted_bug_is_found_by_the_invariant_meant_for_it(on, name):
    assert find_bug(on, name, runs=20, steps=STEPS).startswith(BUGS[name].invariant)
