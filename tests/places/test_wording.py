"""Journeys are said roughly, in plain words."""

import numpy as np
import pytest

from matcher.places.reach import Reach
from matcher.places.wording import describe, is_a_little_over, rough_miles, rough_time


def reach(train=np.nan, transit=np.nan, car=np.nan, kilometres=100.0, over_sea=False) -> Reach:
    values = (np.array([value]) for value in (train, transit, car, kilometres))
    return Reach(*values, over_sea=np.array([over_sea]))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "15 minutes"),
        (4, "15 minutes"),
        (22, "15 minutes"),
        (22.5, "30 minutes"),
        (58, "1 hour"),
        (70, "1 hour 15 minutes"),
        (119, "2 hours"),
        (120, "2 hours"),
        (134, "2 hours"),
        (135, "2 and a half hours"),
        (164, "2 and a half hours"),
        (165, "3 hours"),
        (600, "10 hours"),
    ],
)
def test_times_are_rounded_to_quarters_below_two_hours_and_halves_above(minutes, words):
    assert rough_time(minutes).in_words() == words


def test_a_train_journey_says_door_to_door_too():
    wording = describe("train", reach(train=118, transit=185), 0)

    assert wording.in_words() == "about 2 hours by train (about 3 door to door)"


def test_a_short_train_journey_names_the_unit_of_both_times():
    wording = describe("train", reach(train=40, transit=80), 0)

    assert wording.in_words() == "about 45 minutes by train (about 1 hour 15 minutes door to door)"


def test_a_drive_says_only_its_time():
    assert describe("car", reach(car=95, transit=200), 0).in_words() == (
        "about 1 hour 30 minutes by car"
    )


def test_a_little_over_the_limit_is_said():
    wording = describe("train", reach(train=162, transit=201), 0, limit_minutes=150)

    assert wording.in_words().endswith("by train (about 3 and a half door to door), a little over")


@pytest.mark.parametrize(
    ("minutes", "over"), [(120, False), (121, True), (138, True), (139, False)]
)
def test_a_little_over_is_up_to_fifteen_per_cent(minutes, over):
    assert is_a_little_over(minutes, 120) is over


def test_the_sea_is_said_instead_of_a_time():
    wording = describe("car", reach(car=260, over_sea=True), 0)

    assert (wording.in_words(), wording.time) == ("needs a ferry or a flight", None)


def test_no_estimate_is_said_too():
    assert describe("train", reach(transit=120), 0).in_words() == "no estimate of the journey"


@pytest.mark.parametrize(
    ("kilometres", "miles"), [(0.3, 0), (10, 6), (30, 19), (139, 85), (400, 250)]
)
def test_miles_are_rounded(kilometres, miles):
    assert rough_miles(kilometres) == miles


def test_the_story_of_the_walsall_volunteer(gazetteer, estimator):
    newbury = estimator.reach(gazetteer.find("Newbury")[0].point)
    (walsall,) = estimator.positions([gazetteer.find("Walsall")[0].outcode])

    wording = describe("train", newbury, walsall, limit_minutes=150)

    assert wording.in_words().startswith("about 2 and a half hours by train")
    assert wording.a_little_over
