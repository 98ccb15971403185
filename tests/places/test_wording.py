"""Journeys are said roughly."""

import pytest

from matcher.places.wording import rough_minutes


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, 15),
        (22, 15),
        (22.5, 30),
        (58, 60),
        (70, 75),
        (119, 120),
        (134, 120),
        (135, 150),
        (164, 150),
        (165, 180),
        (600, 600),
        (None, None),
    ],
)
def test_times_are_rounded_to_quarters_below_two_hours_and_halves_above(minutes, said):
    assert rough_minutes(minutes) == said
