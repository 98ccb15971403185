"""Distances are those of the globe."""

import pytest

from matcher.places.place import distance_km, distance_miles

LAND_S_END, JOHN_O_GROATS = (50.066, -5.715), (58.644, -3.070)


def test_the_length_of_the_island_is_known():
    assert distance_km(LAND_S_END, JOHN_O_GROATS) == pytest.approx(968, abs=5)
    assert distance_miles(LAND_S_END, JOHN_O_GROATS) == pytest.approx(602, abs=3)


def test_there_is_no_distance_to_oneself():
    assert distance_km(LAND_S_END, LAND_S_END) == 0
