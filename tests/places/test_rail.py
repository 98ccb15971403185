"""Trains: lines, changes, and published times between stations."""

import csv
from pathlib import Path

import numpy as np
import pytest

from matcher.places.constants import Constants
from matcher.places.rail import RailNetwork

JOURNEYS = Path(__file__).parents[2] / "benchmarks" / "data" / "journeys.csv"


@pytest.fixture(scope="module")
def rail() -> RailNetwork:
    return RailNetwork.load(Constants.load().rail)


@pytest.fixture(scope="module")
def between(rail):
    number = rail.stations.number()

    def minutes(start: str, end: str) -> float:
        return float(rail.minutes_between(np.array([number[start]]))[0, number[end]])

    return minutes


def test_trains_reach_every_station_of_the_mainland(rail):
    number = rail.stations.number()
    times = rail.minutes_between(np.array([number["BHM"]]))[0]

    cut_off = np.count_nonzero(~np.isfinite(times))

    assert cut_off <= 9  # the Island Line on the Isle of Wight


def test_changing_trains_costs_a_wait(between):
    one_train = between("WSL", "BHM") + between("BHM", "RDG")

    assert between("WSL", "RDG") > one_train + 5


def test_non_stop_trains_are_as_fast_as_they_are(between):
    assert between("KGX", "YRK") < 130
    assert between("EUS", "WBQ") < 125


def test_published_train_times_are_met_within_the_measured_error(rail):
    number = rail.stations.number()
    with JOURNEYS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["mode"] == "train"]
    found, real = [], np.array([float(row["minutes"]) for row in rows])
    for row in rows:
        starts, ends = (
            [number[code] for code in row[column].split()]
            for column in ("from_stations", "to_stations")
        )
        found.append(rail.minutes_between(np.array(starts))[:, ends].min())

    off = np.abs(np.array(found) - real)

    assert np.median(off / real) < 0.065
    assert np.quantile(off, 0.9) < 31


def test_two_hours_by_train_wrongly_drops_hardly_anybody(rail, between):
    with JOURNEYS.open(encoding="utf-8", newline="") as file:
        near = [
            (row["from_stations"].split()[0], row["to_stations"].split()[0])
            for row in csv.DictReader(file)
            if row["mode"] == "train" and float(row["minutes"]) <= 120
        ]

    dropped = [pair for pair in near if between(*pair) > 120 * 1.15]

    assert len(dropped) <= 0.06 * len(near)
