"""The offers in the log, and the limit that the matcher keeps to."""

import pytest

from matcher.actions.proposals import offering
from matcher.actions.proposals.offering import kept_limit, publish_all
from matcher.matching.offers import TravelLimit
from matcher.records.database import db, writing
from matcher.records.offers import changes_after
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer


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


def changes():
    """The log of offers, in order."""
    db.session.rollback()
    return changes_after(db.session(), 0)


@pytest.fixture
def retitled(cast, monkeypatch):
    """Three volunteers whose job titles changed behind the log, brought up to date one by one."""
    monkeypatch.setattr(offering, "AT_ONCE", 1)
    ids = [cast.volunteer() for _ in range(3)]
    with writing() as session:
        for each in ids:
            session.get_one(Volunteer, each).job_title = "Archivist"
    return ids


def test_every_offer_is_brought_up_to_date_and_then_left_alone(cast, retitled):
    before = len(changes())
    publish_all(cast.occasion)
    publish_all(cast.occasion)
    new = changes()[before:]
    assert [row.volunteer_id for row in new] == retitled
    assert {row.payload["title"] for row in new} == {"Archivist"}


def test_what_was_brought_up_to_date_before_a_fault_stays(cast, retitled, monkeypatch):
    before, make_offer = len(changes()), offering.make_offer

    def fail_at_the_last(volunteer, asks):
        if volunteer.id == retitled[-1]:
            raise ZeroDivisionError
        return make_offer(volunteer, asks)

    monkeypatch.setattr(offering, "make_offer", fail_at_the_last)
    with pytest.raises(ZeroDivisionError):
        publish_all(cast.occasion)
    assert len(changes()) == before + 2
