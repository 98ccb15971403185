from dataclasses import replace
from pathlib import Path

import pytest

from matcher.matching.analyzer import Analyzer
from matcher.matching.csv_files import read_needs, read_offers
from matcher.matching.index import OfferIndex
from matcher.matching.items import LIST_WORDS, item_terms, item_texts
from matcher.matching.offers import Offer

PUBLIC_SECTOR = Path(__file__).parent / "publicsector"
PILED_UP = {
    "skills thirty times": lambda offer: replace(offer, skills=offer.skills * 30),
    "paragraphs ten times": lambda offer: replace(offer, experience=offer.experience * 10),
    "skills as one-word paragraphs": lambda offer: replace(
        offer, experience=(*offer.experience, *" ".join(offer.skills).split() * 5)
    ),
}


@pytest.fixture(scope="module")
def index():
    return OfferIndex(read_offers(PUBLIC_SECTOR / "volunteers.csv"))


@pytest.fixture(scope="module")
def needs():
    return read_needs(PUBLIC_SECTOR / "requests.csv")


def top_three(index, needs):
    return {need.id: {found.offer_id for found in index.rank(need, 3)} for need in needs}


@pytest.mark.parametrize("pile_up", PILED_UP.values(), ids=PILED_UP)
def test_piling_up_words_gains_no_place_in_the_top_three(index, needs, pile_up):
    before = top_three(index, needs)
    for offer in read_offers(PUBLIC_SECTOR / "volunteers.csv")[::16]:
        index.add(pile_up(offer))
        gained = [need for need, top in top_three(index, needs).items() if offer.id in top]
        index.add(offer)
        assert all(offer.id in before[need] for need in gained)


def test_a_word_counts_up_to_three_times_in_an_item(no_thesaurus):
    offer = Offer("o", experience=("housing " * 30,))
    assert item_terms(offer, Analyzer(no_thesaurus)) == [["hous"] * 3]


def test_of_a_bare_list_the_first_words_count(no_thesaurus):
    offer = Offer("o", experience=(" ".join(f"word{number}" for number in range(90)),))
    assert len(item_terms(offer, Analyzer(no_thesaurus))[0]) == LIST_WORDS


def test_all_of_a_long_paragraph_of_prose_counts(no_thesaurus):
    prose = " ".join(f"I was at the place{number} once." for number in range(60))
    offer = Offer("o", experience=(prose,))
    assert len(item_terms(offer, Analyzer(no_thesaurus))[0]) > LIST_WORDS


def test_paragraphs_of_a_word_or_two_are_one_list():
    offer = Offer("o", title="Planner", experience=("Maps", "GIS", "I draw the town plans."))
    assert item_texts(offer) == ["Planner", "Maps GIS", "I draw the town plans."]
