from sqlalchemy import select

from matcher.actions.live_index import LiveIndex
from matcher.actions.proposing import propose
from matcher.actions.travelling import minutes_to
from matcher.actions.upkeep import refit
from matcher.lifecycle.tables import Actor
from matcher.records.database import db, writing
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer
from tests.cast import NEWBURY


def propose_with_limit(cast, minutes):
    request_id, volunteer_id = cast.request(), cast.volunteer(miles=None)
    with writing() as session:
        session.get_one(Volunteer, volunteer_id).travel_limit = {"train_minutes": minutes}
    refit(cast.acting(Actor.CLOCK))
    propose(LiveIndex(), request_id, cast.acting(Actor.CLOCK))
    return list(db.session.scalars(select(Pairing)))


def test_walsall_to_newbury_is_about_two_and_a_half_hours_by_train():
    minutes = minutes_to(NEWBURY.latitude, NEWBURY.longitude)
    assert 135 <= minutes.train["WS1"] <= 165


def test_a_volunteer_is_proposed_a_little_over_their_limit_and_it_is_kept(app, cast):
    [kept] = propose_with_limit(cast, 150)
    assert kept.snapshot["candidate"]["journey"]["over"] == "train"


def test_a_volunteer_whose_limit_in_minutes_is_too_short_is_not_proposed(app, cast):
    assert propose_with_limit(cast, 90) == []


def test_the_snapshot_holds_no_table_of_minutes(app, cast):
    [kept] = propose_with_limit(cast, 150)
    assert kept.snapshot["need"]["minutes"] is None
