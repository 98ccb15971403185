"""The limit that the matcher keeps to."""

import pytest

from matcher.actions.proposals.offering import kept_limit
from matcher.matching.offers import TravelLimit
from matcher.records.travel import Travel


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ({}, {"train_minutes": 210, "car_minutes": 210}),
        ({"miles": 300}, {"miles": 300, "train_minutes": 210, "car_minutes": 210}),
        ({"train_minutes": 300}, {"train_minutes": 210}),
        ({"train_minutes": 90, "car_minutes": 240}, {"train_minutes": 90, "car_minutes": 210}),
    ],
)
def test_to_be_home_the_same_day_is_a_limit_of_its_own(stated, kept):
    travel = Travel(TravelLimit(**stated), same_day=True)
    assert kept_limit(travel) == TravelLimit(**kept)


def test_who_may_stay_away_keeps_to_what_they_stated():
    assert kept_limit(Travel(TravelLimit(train_minutes=300))) == TravelLimit(train_minutes=300)
