from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.matching.index import OfferIndex
from matcher.matching.offers import (
    Bar,
    Fix,
    FixKind,
    Mode,
    Need,
    Offer,
    Point,
    TravelLimit,
    TravelMinutes,
)

NEWBURY = Point(51.401, -1.323, "RG14")
WALSALL = Point(52.586, -1.982, "WS1")
READING = Point(51.454, -0.973, "RG1")
DAY = date(2027, 1, 6)
LATER = date(2027, 1, 13)
WORDS = ("social media for councillors",)


def need(**facts):
    return Need("n", text="social media", place=NEWBURY, **facts)


def offer(**facts):
    return Offer(facts.pop("id", "o"), experience=WORDS, **facts)


def bars(an_offer, a_need):
    return [barred.bar for barred in OfferIndex([an_offer]).barred(a_need)]


def candidate(an_offer, a_need):
    return OfferIndex([an_offer]).rank(a_need)[0]


BARRED = [
    (Bar.REFUSED, offer(), need(refused=frozenset({"o"}))),
    (Bar.SAME_ORGANISATION, offer(organisation_id="a"), need(organisation_id="a")),
    (
        Bar.RELATED_ORGANISATION,
        offer(related_organisations=frozenset({"a"})),
        need(organisation_id="a"),
    ),
    (Bar.CONFLICT, offer(organisation_id="b"), need(unwanted_organisations=frozenset({"b"}))),
    (Bar.NOT_FOR_ME, offer(not_for_me=("parking", "The Social Medias")), need()),
    (Bar.KIND_NOT_OFFERED, offer(kinds=frozenset({"talk"})), need(kind="workshop")),
    (Bar.NOT_REMOTE, offer(), need(remote_only=True)),
    (Bar.REMOTE_ONLY, offer(travel=TravelLimit(miles=0, remote=True)), need()),
    (Bar.OUTSIDE_AREAS, offer(travel=TravelLimit(areas=("E1",))), need(area="E2")),
    (Bar.TOO_FAR, offer(place=WALSALL, travel=TravelLimit(miles=60)), need()),
    (
        Bar.TOO_LONG,
        offer(place=WALSALL, travel=TravelLimit(train_minutes=90)),
        need(minutes=TravelMinutes(train={"WS1": 150.0})),
    ),
    (Bar.AWAY, offer(away=((DAY, DAY),)), need(dates=(DAY,))),
    (Bar.CAPACITY, offer(asks_left=0), need()),
    (Bar.RESTING, offer(resting_until=LATER), need(as_of=DAY)),
]


@pytest.mark.parametrize(("bar", "an_offer", "a_need"), BARRED, ids=[row[0] for row in BARRED])
def test_a_barred_offer_is_named_with_its_bar(bar, an_offer, a_need):
    assert bars(an_offer, a_need) == [bar]


@pytest.mark.parametrize(("bar", "an_offer", "a_need"), BARRED, ids=[row[0] for row in BARRED])
def test_a_barred_offer_is_no_candidate(bar, an_offer, a_need):
    assert OfferIndex([an_offer]).rank(a_need) == []


FREE = [
    (offer(organisation_id="a"), need(organisation_id="b")),
    (offer(), need(organisation_id=None)),
    (offer(kinds=frozenset({"talk"})), need()),
    (offer(not_for_me=("media social", "of the", "", "social work")), need()),
    (offer(), need(kind="workshop")),
    (offer(travel=TravelLimit(areas=("E1", "E2"))), need(area="E2")),
    (offer(travel=TravelLimit(areas=("E1",))), need(area="")),
    (offer(place=READING, travel=TravelLimit(miles=20)), need()),
    (offer(place=None, travel=TravelLimit(miles=20)), need()),
    (offer(place=WALSALL, travel=TravelLimit(train_minutes=90)), need()),
    (offer(away=((DAY, DAY),)), need(dates=(DAY, LATER))),
    (offer(resting_until=DAY), need(as_of=DAY)),
    (offer(travel=TravelLimit(miles=0, remote=True)), need(remote_too=True)),
    (offer(travel=TravelLimit(miles=0, remote=True)), need(remote_only=True)),
    (offer(asks_left=1), need()),
]


@pytest.mark.parametrize(("an_offer", "a_need"), FREE)
def test_what_is_not_known_or_not_stated_bars_nobody(an_offer, a_need):
    assert (bars(an_offer, a_need), len(OfferIndex([an_offer]).rank(a_need))) == ([], 1)


BY_TRAIN = offer(place=WALSALL, travel=TravelLimit(train_minutes=100))


@pytest.mark.parametrize(("minutes", "over"), [(100, None), (115, Mode.TRAIN)])
def test_a_little_over_a_time_limit_is_kept_and_marked(minutes, over):
    found = candidate(BY_TRAIN, need(minutes=TravelMinutes(train={"WS1": minutes})))
    assert found.journey.over == over


def test_more_than_a_little_over_is_barred_with_what_it_would_take():
    barred = OfferIndex([BY_TRAIN]).barred(need(minutes=TravelMinutes(train={"WS1": 116})))
    assert barred[0].fix == Fix(FixKind.TRAVEL_FURTHER, 1, 16, "train_minutes")


def test_one_of_two_time_limits_suffices():
    either = offer(place=WALSALL, travel=TravelLimit(train_minutes=60, car_minutes=120))
    minutes = TravelMinutes(train={"WS1": 150}, car={"WS1": 110})
    assert bars(either, need(minutes=minutes)) == []


def test_who_also_helps_by_video_is_kept_where_the_requester_takes_that():
    far = offer(place=WALSALL, travel=TravelLimit(miles=10, remote=True))
    assert candidate(far, need(remote_too=True)).journey.remote


def test_a_stretch_of_the_limit_says_how_many_it_would_add():
    far = [
        offer(id=f"o{miles}", place=WALSALL, travel=TravelLimit(miles=miles)) for miles in (20, 75)
    ]
    fixes = OfferIndex(far).count_barred(need())[0].fixes
    assert Fix(FixKind.TRAVEL_FURTHER, 1, 25, "percent") in fixes


def test_accepting_video_says_how_many_it_would_add():
    far = [
        offer(id=f"o{number}", place=WALSALL, travel=TravelLimit(miles=20, remote=True))
        for number in range(3)
    ]
    assert Fix(FixKind.ACCEPT_REMOTE, 3) in OfferIndex(far).count_barred(need())[0].fixes


def test_a_fix_adds_nobody_where_another_bar_stands_too():
    twice = offer(place=WALSALL, travel=TravelLimit(miles=20), asks_left=0)
    count = OfferIndex([twice]).count_barred(need())
    assert [(row.bar, row.how_many, row.fixes) for row in count] == [(Bar.TOO_FAR, 1, ())]


def test_a_removed_offer_is_neither_candidate_nor_barred():
    index = OfferIndex([offer(asks_left=0)])
    index.remove("o")
    assert (index.barred(need()), index.rank(need())) == ([], [])


def test_the_nearest_to_being_let_in_come_first_and_by_pages():
    far = [offer(id=f"o{m}", place=WALSALL, travel=TravelLimit(miles=m)) for m in (20, 75, 50)]
    index = OfferIndex(far)
    page = index.barred(need(), Bar.TOO_FAR, offset=1, limit=1)
    assert [barred.offer_id for barred in page] == ["o50"]


def test_who_is_away_today_can_be_asked_from_the_day_after():
    absent = offer(away=((DAY, DAY),))
    barred = OfferIndex([absent]).barred(need(as_of=DAY))
    assert barred[0].fix == Fix(FixKind.WAIT_UNTIL, until=date(2027, 1, 7))


facts = st.fixed_dictionaries(
    {},
    optional={
        "place": st.sampled_from([None, NEWBURY, WALSALL, READING]),
        "travel": st.builds(
            TravelLimit,
            miles=st.sampled_from([None, 0, 20, 60]),
            train_minutes=st.sampled_from([None, 60, 90]),
            car_minutes=st.sampled_from([None, 60]),
            areas=st.sampled_from([(), ("E1",), ("E2",)]),
            remote=st.booleans(),
        ),
        "away": st.sampled_from([(), ((DAY, LATER),), ((DAY, DAY), (DAY, DAY))]),
        "organisation_id": st.sampled_from([None, "a", "b"]),
        "related_organisations": st.sampled_from([frozenset(), frozenset({"a"})]),
        "kinds": st.sampled_from([frozenset(), frozenset({"talk"})]),
        "asks_left": st.sampled_from([None, 0, 2]),
        "resting_until": st.sampled_from([None, DAY, LATER]),
    },
)
need_facts = st.fixed_dictionaries(
    {},
    optional={
        "area": st.sampled_from(["", "E1"]),
        "dates": st.sampled_from([(), (DAY,), (DAY, LATER)]),
        "organisation_id": st.sampled_from([None, "a"]),
        "unwanted_organisations": st.sampled_from([frozenset(), frozenset({"b"})]),
        "kind": st.sampled_from(["", "talk", "workshop"]),
        "remote_too": st.booleans(),
        "remote_only": st.booleans(),
        "refused": st.sampled_from([frozenset(), frozenset({"o0", "o3"})]),
        "minutes": st.sampled_from(
            [None, TravelMinutes({"WS1": 150, "RG1": 100}, car={"RG1": 65})]
        ),
        "as_of": st.sampled_from([None, DAY]),
    },
)


@given(st.lists(facts, max_size=8), need_facts)
def test_every_offer_is_either_a_candidate_or_barred(many, asked):
    offers = [offer(id=f"o{number}", **row) for number, row in enumerate(many)]
    index = OfferIndex(offers)
    candidates = {found.offer_id for found in index.rank(need(**asked), limit=None)}
    barred = {found.offer_id for found in index.barred(need(**asked), limit=None)}
    assert (candidates | barred, candidates & barred) == ({row.id for row in offers}, set())


@given(st.lists(facts, max_size=8), need_facts)
def test_the_counts_are_those_of_the_barred(many, asked):
    offers = [offer(id=f"o{number}", **row) for number, row in enumerate(many)]
    index = OfferIndex(offers)
    counted = sum(count.how_many for count in index.count_barred(need(**asked)))
    assert counted == len(index.barred(need(**asked), limit=None))


@given(facts, need_facts)
def test_the_compiled_bars_are_those_of_the_plain_rules(row, asked):
    an_offer, a_need = offer(**row), need(**asked)
    assert bool(bars(an_offer, a_need)) == plainly_barred(an_offer, a_need)


def plainly_barred(an_offer, a_need):
    travel = an_offer.travel
    days = set(a_need.dates or ([a_need.as_of] if a_need.as_of else []))
    absent = {day for day in days for first, last in an_offer.away if first <= day <= last}
    return any(
        [
            an_offer.id in a_need.refused,
            a_need.organisation_id and an_offer.organisation_id == a_need.organisation_id,
            a_need.organisation_id in an_offer.related_organisations,
            an_offer.organisation_id in a_need.unwanted_organisations,
            a_need.kind and an_offer.kinds and a_need.kind not in an_offer.kinds,
            days and absent == days,
            an_offer.asks_left == 0,
            an_offer.resting_until and a_need.as_of and an_offer.resting_until > a_need.as_of,
            not reachable(travel, an_offer.place, a_need),
        ]
    )


def reachable(travel, place, a_need):
    if a_need.remote_only:
        return travel.remote
    if a_need.remote_too and travel.remote:
        return True
    straight = {None: 0, NEWBURY: 0, READING: 15.5, WALSALL: 87}[place]
    if a_need.area and travel.areas and a_need.area not in travel.areas:
        return False
    if travel.remote_only or (travel.miles is not None and straight > travel.miles):
        return False
    limits = [(Mode.TRAIN, travel.train_minutes), (Mode.CAR, travel.car_minutes)]
    stated = [(mode, limit) for mode, limit in limits if limit is not None]
    return not stated or any(quick(mode, limit, place, a_need) for mode, limit in stated)


def quick(mode, limit, place, a_need):
    minutes = a_need.minutes.of(mode, place.outcode) if a_need.minutes and place else None
    return minutes is None or minutes <= 1.15 * limit
