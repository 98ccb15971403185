"""Who goes to the same event is met there without travel; every other bar stands."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.matching.gatherings import Gathering, event_days, rank_with_gatherings
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer, Point, TravelLimit

NEWBURY, LEEDS = Point(51.40, -1.32, "RG14"), Point(53.80, -1.55, "LS1")
DAY = date(2026, 12, 5)
CAMP = Gathering("7", "Camp", "Leeds", LEEDS, (DAY,), frozenset({"far"}))
NEED = Need("n", text="A briefing on social media", place=NEWBURY, organisation_id="berks")
FAR = Offer(
    "far",
    title="Social media briefings",
    place=Point(55.95, -3.19, "EH1"),
    travel=TravelLimit(miles=5),
    organisation_id="edinburgh",
)
NEAR = Offer("near", title="Social media", place=NEWBURY, organisation_id="reading")


def index(*offers: Offer) -> OfferIndex:
    others = (Offer(f"o{number}", title=f"Highways drainage {number}") for number in range(20))
    return OfferIndex((*offers, *others))


def ids(found):
    return [each.candidate.offer_id for each in found]


def test_who_goes_there_too_is_proposed_from_beyond_their_limit():
    found = rank_with_gatherings(index(FAR, NEAR), NEED, [CAMP], 20)
    assert set(ids(found)) == {"far", "near"}
    assert next(each for each in found if each.candidate.offer_id == "far").gathering == CAMP


def test_who_no_longer_goes_is_barred_again():
    nobody = replace(CAMP, offer_ids=frozenset())
    assert ids(rank_with_gatherings(index(FAR, NEAR), NEED, [nobody], 20)) == ["near"]


def test_nobody_loses_points_for_travel_to_where_they_are_anyway():
    (met,) = rank_with_gatherings(index(FAR), NEED, [CAMP], 20)
    assert met.candidate.parts.travel == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(("wanted", "found"), [((DAY,), 1), ((date(2026, 12, 9),), 0), ((), 1)])
def test_an_event_counts_only_on_a_wanted_day(wanted, found):
    need = replace(NEED, dates=wanted)
    assert len(rank_with_gatherings(index(FAR), need, [CAMP], 20)) == found


def test_other_bars_stand_at_an_event():
    same = replace(FAR, organisation_id="berks")
    assert rank_with_gatherings(index(same), NEED, [CAMP], 20) == []


def test_the_words_count_as_they_do_without_an_event():
    alone = index(replace(FAR, travel=TravelLimit())).rank(replace(NEED, place=None))[0]
    (met,) = rank_with_gatherings(index(FAR), NEED, [CAMP], 20)
    assert met.candidate.parts.words == pytest.approx(alone.parts.words, abs=1e-9)


def test_the_days_of_an_event_include_both_ends():
    assert event_days(DAY, date(2026, 12, 7))[1:] == (date(2026, 12, 6), date(2026, 12, 7))
