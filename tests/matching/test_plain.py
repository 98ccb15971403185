import json
from datetime import date

from matcher.matching.offers import (
    Candidate,
    Explanation,
    Journey,
    Mode,
    Need,
    Offer,
    Parts,
    Point,
    Reason,
    ReasonKind,
    TravelLimit,
    TravelMinutes,
    WhyThin,
)
from matcher.matching.plain import as_dict, candidate_from_dict, need_from_dict, offer_from_dict


def through_json(value):
    return json.loads(json.dumps(as_dict(value)))


def test_an_offer_made_of_words_alone_survives_json():
    offer = Offer("o1", title="Planner", skills=("GIS",), experience=("I map.", "I plan."))
    assert offer_from_dict(through_json(offer)) == offer


def test_an_offer_with_every_fact_survives_json():
    offer = Offer(
        "o1",
        place=Point(52.58, -1.98, "WS1"),
        travel=TravelLimit(120.5, 150, 90, ("E08000030",), remote=True),
        away=((date(2027, 1, 4), date(2027, 1, 8)),),
        organisation_id="walsall",
        related_organisations=frozenset({"a", "b"}),
        kinds=frozenset({"visit", "talk"}),
        asks_left=2,
        resting_until=date(2027, 2, 1),
        recent_asks=3,
    )
    assert offer_from_dict(through_json(offer)) == offer


def test_a_need_with_every_fact_survives_json():
    need = Need(
        "n1",
        title="Briefing",
        text="Brief members",
        place=Point(51.4, -1.32, "RG14"),
        area="E06000037",
        dates=(date(2027, 1, 4),),
        organisation_id="west-berkshire",
        unwanted_organisations=frozenset({"x"}),
        kind="visit",
        remote_too=True,
        refused=frozenset({"o9"}),
        minutes=TravelMinutes(train={"WS1": 151.0}, car={"WS1": 120}),
        as_of=date(2026, 11, 23),
    )
    assert need_from_dict(through_json(need)) == need


def test_a_candidate_keeps_its_parts_and_reasons_in_json():
    reasons = (Reason(ReasonKind.THESAURUS, 0.2, "members", "councillors"),)
    told = Explanation(Journey(160.0, over=Mode.TRAIN), reasons, WhyThin.ONE_WORD)
    candidate = Candidate("o1", 0.5, Parts(0.6, travel=-0.1), lambda: told)
    again = candidate_from_dict(through_json(candidate))
    assert (again, again.explanation) == (candidate, candidate.explanation)
