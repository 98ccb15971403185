"""Stations are reached on foot when near and by bus or taxi when far, on the same land."""

import numpy as np
import pytest

from matcher.places.constants import Constants
from matcher.places.stops import NO_WAY, StationFinder

ACCESS = Constants.load().access
STATIONS = np.array([52.00, 52.01, 52.02, 52.03, 51.53]), np.array([-1.0, -1.0, -1.0, -1.0, -0.12])


@pytest.fixture
def finder() -> StationFinder:
    """Return four stations in a row and one terminal, all on one land."""
    terminals = np.array([4])
    island = np.zeros(5, dtype=np.int64)
    return StationFinder(STATIONS, island, terminals=terminals, constants=ACCESS)


def test_the_nearest_four_stations_are_offered_the_nearest_first(finder):
    access = finder.nearest((np.array([52.0]), np.array([-1.0])), np.array([0]))

    assert access.station.tolist() == [[0, 1, 2, 3]]
    assert access.minutes[0, 0] == pytest.approx(0)


def test_a_station_a_kilometre_away_is_walked_to(finder):
    access = finder.nearest((np.array([51.99]), np.array([-1.0])), np.array([0]))

    assert access.minutes[0, 0] == pytest.approx(1.112 * 1.3 / 4.8 * 60, abs=0.1)


def test_there_is_no_way_to_stations_on_other_land(finder):
    access = finder.nearest((np.array([52.0]), np.array([-1.0])), np.array([7]))

    assert (access.minutes == NO_WAY).all()


def test_only_inner_london_goes_to_the_terminals_by_underground(finder):
    points = np.array([51.51, 51.35, 53.00]), np.array([-0.12, -0.12, -1.0])

    access = finder.terminals(points, np.array([True, True, False]))

    assert access.points.tolist() == [0, 1]
    assert access.minutes[0, 0] < 30
    assert access.minutes[1, 0] == NO_WAY
