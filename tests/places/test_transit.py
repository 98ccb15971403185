"""Buses, walks and Northern Ireland mend what the trains say."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.places.constants import Constants
from matcher.places.transit import Surroundings, TrainJourneys, door_to_door

ACCESS = Constants.load().access
NEAR_BY_LAND = Surroundings(
    straight_km=np.array([40.0]),
    land_km=np.array([45.0]),
    from_northern_ireland=False,
    to_northern_ireland=np.array([False]),
    within_london=np.array([False]),
)
SLOW_TRAIN = TrainJourneys(np.array([250.0]), np.array([330.0]))
NO_TRAIN = TrainJourneys(np.array([np.nan]), np.array([np.nan]))


def minutes(trains: TrainJourneys, **changed: object) -> float:
    journeys = door_to_door(trains, replace(NEAR_BY_LAND, **changed), ACCESS)
    return float(journeys.door_to_door[0])


def test_a_bus_over_land_may_be_quicker_than_the_train():
    assert minutes(SLOW_TRAIN) == pytest.approx(ACCESS.bus_start + 40 * ACCESS.bus_per_km)


def test_no_bus_crosses_an_estuary():
    assert minutes(SLOW_TRAIN, land_km=np.array([220.0])) == 330


def test_no_bus_crosses_the_sea():
    assert minutes(SLOW_TRAIN, land_km=np.array([np.inf])) == 330


def test_the_underground_is_quicker_within_london():
    to_croydon = {"straight_km": np.array([15.0]), "land_km": np.array([16.0])}

    assert minutes(SLOW_TRAIN, **to_croydon, within_london=np.array([True])) < 70


def test_a_short_way_is_walked():
    assert minutes(SLOW_TRAIN, straight_km=np.array([1.0])) == pytest.approx(16.25)


def test_a_short_way_is_walked_where_there_is_no_train():
    assert minutes(NO_TRAIN, straight_km=np.array([2.0])) == pytest.approx(32.5)


def test_far_away_without_a_train_there_is_no_answer():
    assert np.isnan(minutes(NO_TRAIN, straight_km=np.array([50.0])))


def test_nobody_takes_a_train_to_northern_ireland():
    assert np.isnan(minutes(SLOW_TRAIN, to_northern_ireland=np.array([True])))


def test_northern_ireland_has_its_formula():
    both = {"from_northern_ireland": True, "to_northern_ireland": np.array([True])}

    assert minutes(NO_TRAIN, **both) == pytest.approx(33.3 * 40**0.38)
