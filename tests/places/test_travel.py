"""Estimates are about right, symmetrical, quick, and silent about nobody."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from matcher.places.travel import minutes

JOURNEYS = Path(__file__).parents[2] / "benchmarks" / "data" / "journeys.csv"


@pytest.fixture
def journey(gazetteer, estimator):
    """Return the way between two named places, each array as a number."""

    def between(start: str, end: str) -> dict[str, float]:
        points = [gazetteer.find(name)[0].point for name in (start, end)]
        reach = estimator.reach_points(points[0], [points[1]])
        names = ("train", "transit", "car", "over_sea")
        return {name: float(getattr(reach, name)[0]) for name in names}

    return between


def test_walsall_to_newbury_is_about_two_and_a_half_hours_by_train(journey):
    assert 135 <= journey("Walsall", "Newbury")["train"] < 165


def test_swansea_is_far_from_ilfracombe_however_you_go(journey):
    across_the_channel = journey("Swansea", "Ilfracombe")

    assert across_the_channel["train"] > 200
    assert across_the_channel["transit"] > across_the_channel["train"]
    assert across_the_channel["car"] > 150


@pytest.mark.parametrize(
    ("start", "end", "mode", "about"),
    [
        ("London", "York", "train", range(100, 140)),
        ("Leeds", "York", "train", range(20, 40)),
        ("Edinburgh", "Glasgow", "train", range(40, 65)),
        ("Cardiff", "Swansea", "train", range(40, 65)),
        ("Aberystwyth", "Barnstaple", "car", range(220, 280)),
        ("Manchester", "Leeds", "car", range(50, 75)),
        ("Truro", "Penzance", "car", range(35, 50)),
        ("Walsall", "Birmingham", "transit", range(40, 90)),
        ("Camden", "Croydon", "transit", range(40, 90)),
    ],
)
def test_well_known_journeys_take_as_long_as_they_do(journey, start, end, mode, about):
    assert int(journey(start, end)[mode]) in about


@pytest.mark.parametrize("mode", ["train", "transit", "car"])
def test_there_is_as_long_as_back(journey, mode):
    there, back = journey("Newbury", "Hereford")[mode], journey("Hereford", "Newbury")[mode]

    assert there == pytest.approx(back)


@pytest.mark.parametrize("start", ["Lerwick", "Kirkwall", "Stornoway", "Ryde", "Belfast"])
def test_the_sea_is_said_and_not_guessed(journey, start):
    to_the_mainland = journey(start, "Manchester")

    assert to_the_mainland["over_sea"]
    assert math.isnan(to_the_mainland["train"])
    assert math.isnan(to_the_mainland["transit"])


@pytest.mark.parametrize("start", ["Holyhead", "Kyle of Lochalsh", "Portree"])
def test_a_bridge_is_no_sea(journey, start):
    assert not journey(start, "Manchester")["over_sea"]


def test_a_ferry_takes_its_own_time(journey):
    assert 780 < journey("Lerwick", "Aberdeen")["car"] < 900


def test_northern_ireland_has_door_to_door_times_within_it_only(journey):
    within, across = journey("Belfast", "Omagh"), journey("Belfast", "Stranraer")

    assert math.isnan(within["train"])
    assert 120 < within["transit"] < 240
    assert math.isnan(across["transit"])


def test_the_same_place_is_a_walk_away(journey):
    assert journey("Walsall", "Walsall") == {
        "train": 0,
        "transit": pytest.approx(0, abs=1),
        "car": pytest.approx(4, abs=1),
        "over_sea": 0,
    }


def test_the_interface_gives_none_where_there_is_no_answer(gazetteer):
    walsall, newbury, lerwick = (
        gazetteer.find(name)[0].point for name in ("Walsall", "Newbury", "Lerwick")
    )

    by_train = minutes("train", walsall, [newbury, lerwick])

    assert by_train == [pytest.approx(160, abs=10), None]


def test_no_destinations_give_no_minutes():
    assert minutes("car", (52.0, -1.0), []) == []


def test_every_outward_code_is_reached_from_newbury_by_road_or_ferry(estimator, gazetteer):
    reach = estimator.reach(gazetteer.find("Newbury")[0].point)

    assert np.isfinite(reach.car).all()
    assert (np.isfinite(reach.train) | reach.over_sea).all()


def test_outward_codes_and_points_give_the_same(estimator, gazetteer):
    newbury, walsall = (gazetteer.get(f"outcode:{code}") for code in ("RG14", "WS1"))

    everywhere = estimator.reach(newbury.point)
    one = estimator.reach_points(newbury.point, [walsall.point])

    (position,) = estimator.positions(["WS1"])
    for mode in ("train", "transit", "car"):
        assert everywhere.minutes(mode)[position] == pytest.approx(one.minutes(mode)[0])


def test_what_was_asked_before_is_remembered(estimator):
    assert estimator.reach((51.4, -1.3)) is estimator.reach((51.4, -1.3))


def test_an_unknown_outward_code_is_an_error(estimator):
    with pytest.raises(KeyError):
        estimator.positions(["ZZ99"])


def errors(mode: str, estimate) -> np.ndarray:
    with JOURNEYS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["mode"] == mode]
    found = [
        estimate(
            (float(row["from_latitude"]), float(row["from_longitude"])),
            (float(row["to_latitude"]), float(row["to_longitude"])),
        )
        for row in rows
    ]
    return np.array(found) - np.array([float(row["minutes"]) for row in rows])


def test_published_drives_are_met_within_the_measured_error(estimator):
    off = np.abs(errors("car", lambda a, b: float(estimator.reach_points(a, [b]).car[0])))

    assert np.median(off) < 10.5
    assert np.quantile(off, 0.9) < 31
