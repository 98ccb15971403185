"""The story the service is for, under different words on both sides."""

import pytest

from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer, Point, TravelLimit

NEWBURY = Point(51.401, -1.323, "RG14")
WALSALL = Point(52.586, -1.982, "WS1")
NEEDS = [
    "We would like someone to come and brief our chief executive and council members on what "
    "another authority does with social media.",
    "Could somebody talk to our CEO and councillors about how your council uses Facebook, "
    "Instagram and other social media?",
    "Briefing for chief exec and elected members: social media at another local authority",
    "Our councilors and the chief executive want to hear how another council runs its socal media",
    "looking for a peer to present to SLT and members about social media in councils. not a "
    "marketing agency",
]
OFFERS = [
    "I run the council's social media channels and have briefed members about them.",
    "I manage social media for my authority. I have given briefings to councillors and our "
    "corporate management team.",
    "Social media lead: Facebook, X and Nextdoor. Presented our approach to elected members.",
    "Digital communications officer who looks after social media accounts; trained cllrs in it.",
    "For six years I have run social media at a council, and briefed the chief executive and "
    "members on what works.",
]
SUBJECTS = (
    "waste collection rounds",
    "council tax recovery",
    "housing allocations",
    "planning enforcement",
    "adult social care reviews",
    "foster carer recruitment",
    "highways drainage",
    "members' allowances and committee clerking",
    "media training for fire officers",
    "press office and media relations",
    "electoral registration",
    "chief executive recruitment",
    "benefits overpayments",
    "library events",
    "trading standards",
    "licensing of taxis",
    "GIS mapping",
    "payroll and HR",
    "procurement of agency staff",
    "flood defence",
    "social value in contracts",
    "web content and accessibility",
    "parking permits",
    "school admissions",
    "climate action plans",
    "cemeteries",
    "leisure centre contracts",
    "member induction",
    "audit and risk",
    "customer contact centres",
)


def others():
    return [
        Offer(
            f"other{number:02}",
            title=f"Manager, {subject}",
            experience=(f"I have worked on {subject} at a council for years.", "I brief managers."),
            place=Point(51.45, -0.97, "RG1"),
        )
        for number, subject in enumerate(SUBJECTS)
    ]


def rank(text, words, miles=120):
    walsall = Offer("walsall", experience=(words,), place=WALSALL, travel=TravelLimit(miles=miles))
    return OfferIndex([*others(), walsall]).rank(Need("newbury", text=text, place=NEWBURY))


@pytest.mark.parametrize("words", OFFERS)
@pytest.mark.parametrize("text", NEEDS)
def test_the_volunteer_from_walsall_is_first_for_newbury(text, words):
    assert rank(text, words)[0].offer_id == "walsall"


@pytest.mark.parametrize("words", OFFERS)
@pytest.mark.parametrize("text", NEEDS)
def test_the_words_that_matched_are_shown(text, words):
    shown = {reason.word.lower() for reason in rank(text, words)[0].reasons}
    assert {"social", "media"} <= shown or "social media" in shown


def test_who_travels_sixty_miles_is_not_asked_to_newbury():
    assert "walsall" not in {found.offer_id for found in rank(NEEDS[0], OFFERS[0], miles=60)}


def test_a_reason_shows_an_expansion_as_such():
    reasons = rank(NEEDS[1], OFFERS[0])[0].reasons
    assert ("briefed members", "councillors") in {(one.word, one.need_word) for one in reasons}
