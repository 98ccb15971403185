"""Driving times come from the roads, and ferries add their own."""

import numpy as np
import pytest

from matcher.places.constants import Constants
from matcher.places.graph import edges_of
from matcher.places.road import RoadNetwork, RoadNodes

CONSTANTS = Constants.load().road
LATITUDE, LONGITUDE = np.array([52.0, 52.3, 52.3]), np.array([-1.0, -1.0, 0.0])


@pytest.fixture
def road() -> RoadNetwork:
    """Return two towns joined by a road, and an island a ferry away."""
    elsewhere = np.array([False, False, False])
    return RoadNetwork(
        RoadNodes(LATITUDE, LONGITUDE, northern_ireland=elsewhere, london=elsewhere),
        roads=edges_of([(0, 1, 30.0)]),
        ferries=edges_of([(1, 2, 100.0)]),
        constants=CONSTANTS,
    )


def drive(road: RoadNetwork, end: int) -> float:
    here = road.approach(LATITUDE[:1], LONGITUDE[:1])
    there = road.approach(LATITUDE[[end]], LONGITUDE[[end]])
    return float(road.minutes(here, there, np.array([33.0]))[0])


def test_a_drive_follows_the_fitted_curve(road):
    expected = CONSTANTS.start + CONSTANTS.factor * 30.0**CONSTANTS.power

    assert drive(road, 1) == pytest.approx(expected)


def test_a_ferry_adds_its_own_minutes(road):
    assert drive(road, 2) == pytest.approx(drive(road, 1) + 100)


def test_what_only_a_ferry_reaches_is_an_island(road):
    assert road.island[0] == road.island[1] != road.island[2]


def test_there_is_no_way_over_land_to_an_island(road):
    here, there = road.approach(LATITUDE[:1], LONGITUDE[:1]), road.approach(LATITUDE, LONGITUDE)

    assert np.isfinite(road.land_km(here, there)).tolist() == [True, True, False]
