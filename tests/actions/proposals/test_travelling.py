from sqlalchemy import select

from matcher.actions.clock.upkeep import refit
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.proposing import explain_barred, propose
from matcher.actions.proposals.travelling import minutes_to
from matcher.lifecycle.tables import Actor
from matcher.matching.offers import Bar, FixKind
from matcher.places.areas import Areas
from matcher.records.database import db
from matcher.records.pairings import Pairing
from tests.cast import NEWBURY


def propose_with_limit(cast, minutes):
    request_id = cast.request()
    cast.volunteer(train_minutes=minutes)
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


def barred_for_newbury(cast, **limit):
    """The one volunteer, from Walsall, who may not be proposed, and the words for why."""
    request_id = cast.request()
    cast.volunteer(**limit)
    refit(cast.acting(Actor.CLOCK))
    found = explain_barred(LiveIndex(), request_id, cast.acting(Actor.COORDINATOR))
    [count] = found.counts
    people = explain_barred(LiveIndex(), request_id, cast.acting(Actor.COORDINATOR), count.bar)
    return people.people[0]


def test_who_says_ninety_minutes_by_train_is_barred_and_what_it_would_take_is_known(app, cast):
    barred = barred_for_newbury(cast, train_minutes=90)
    assert (barred.bar, barred.fix.unit) == (Bar.TOO_LONG, "train_minutes")
    assert 45 <= barred.fix.amount <= 75


def test_who_drives_an_hour_is_barred_by_the_drive(app, cast):
    barred = barred_for_newbury(cast, car_minutes=60)
    assert (barred.bar, barred.fix.unit) == (Bar.TOO_LONG, "car_minutes")


def test_who_goes_to_london_only_is_barred_and_could_be_asked_to_add_the_area(app, cast):
    london = tuple(Areas.load().get("region:London").councils)
    barred = barred_for_newbury(cast, areas=london)
    assert (barred.bar, barred.fix.kind) == (Bar.OUTSIDE_AREAS, FixKind.ADD_AREA)


def test_either_the_train_or_the_car_is_enough(app, cast):
    request_id = cast.request()
    cast.volunteer(train_minutes=60, car_minutes=150)
    refit(cast.acting(Actor.CLOCK))
    found = explain_barred(LiveIndex(), request_id, cast.acting(Actor.COORDINATOR))
    assert found.counts == ()


def test_who_crosses_the_sea_is_kept_and_it_is_said():
    minutes = minutes_to(60.155, -1.145)
    assert {"RG14", "KA27"} <= minutes.over_sea
    assert "ZE2" not in minutes.over_sea


def test_the_snapshot_holds_no_table_of_minutes(app, cast):
    [kept] = propose_with_limit(cast, 150)
    assert kept.snapshot["need"]["minutes"] is None
