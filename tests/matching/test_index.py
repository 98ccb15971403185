import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.matching.analyzer import Analyzer
from matcher.matching.index import OfferIndex
from matcher.matching.items import item_texts
from matcher.matching.offers import Need, Offer, Point, TravelLimit
from matcher.matching.thesaurus import Group, Thesaurus
from matcher.matching.weights import Weights

WORDS = (
    "council tax planning housing members social media benefits digital waste CEO chief executive"
)
GROUP = Group("chief", ("chief executive", "CEO"), 0.7)
texts = st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join)
offers_of_words = st.lists(
    st.builds(
        Offer,
        id=st.integers(0, 40).map(lambda number: f"o{number:02}"),
        title=texts,
        experience=st.lists(texts, max_size=3).map(tuple),
        recent_asks=st.integers(0, 5),
        place=st.sampled_from([None, Point(51.4, -1.3), Point(52.6, -2.0)]),
        travel=st.sampled_from([TravelLimit(), TravelLimit(miles=30), TravelLimit(miles=120)]),
    ),
    min_size=1,
    max_size=15,
    unique_by=lambda offer: offer.id,
)
needs = st.builds(Need, id=st.just("n"), text=texts, place=st.just(Point(51.4, -1.32)))
SOME = [Offer(f"o{number:02}", experience=(text,)) for number, text in enumerate(WORDS.split())]


def ranked(index, need, limit=None):
    return [(found.offer_id, round(found.score, 9)) for found in index.rank(need, limit)]


@given(offers_of_words, needs, st.randoms())
def test_the_same_offers_in_any_order_give_the_same_answer(offers, need, random):
    shuffled = random.sample(offers, len(offers))
    assert ranked(OfferIndex(shuffled), need) == ranked(OfferIndex(offers), need)


@given(offers_of_words, needs, offers_of_words)
def test_adding_and_then_removing_an_offer_changes_nothing(offers, need, others):
    index = OfferIndex(offers)
    before = ranked(index, need)
    for other in others:
        added = Offer("added", other.title, experience=(*other.experience, "unheard-of"))
        index.add(added)
        index.remove("added")
    assert ranked(index, need) == before


@given(offers_of_words, needs)
def test_the_parts_and_the_reasons_add_up_to_the_score(offers, need):
    index = OfferIndex(offers, thesaurus=Thesaurus((GROUP,)))
    for found in index.rank(need, limit=None):
        assert found.parts.total == pytest.approx(found.score, abs=1e-6)
        assert sum(r.share for r in found.reasons) == pytest.approx(found.score, abs=1e-6)


@given(offers_of_words, needs)
def test_a_short_list_is_the_beginning_of_the_whole_list(offers, need):
    index = OfferIndex(offers)
    assert ranked(index, need, limit=3) == ranked(index, need)[:3]


@given(offers_of_words, st.lists(needs, max_size=5))
def test_many_needs_get_the_answers_of_each_by_itself(offers, many):
    index = OfferIndex(offers)
    assert index.rank_many(many) == [index.rank(need) for need in many]


@given(offers_of_words, needs)
def test_scores_lie_between_0_and_1(offers, need):
    assert all(0 < found.score <= 1 for found in OfferIndex(offers).rank(need, limit=None))


def test_the_whole_offer_is_weighed_as_scikit_learn_weighs_it(no_thesaurus):
    analyzer = Analyzer(no_thesaurus)
    texts = ["\n".join(item_texts(offer)) for offer in SOME] + ["council waste waste"]
    vectorizer = TfidfVectorizer(analyzer=analyzer.terms, sublinear_tf=True).fit(texts)
    index = OfferIndex(SOME, past=texts[-1:], thesaurus=no_thesaurus)
    learned = {term: index.statistics.idf(term) for term in vectorizer.vocabulary_}
    expected = dict(zip(vectorizer.get_feature_names_out(), vectorizer.idf_, strict=True))
    assert learned == pytest.approx(expected)


def test_a_score_is_the_published_formula(no_thesaurus):
    offers = [
        Offer("o1", "council tax", experience=("housing benefits and housing", "social media")),
        Offer("o2", "planning", experience=("council housing",)),
    ]
    need = Need("n", text="council housing advice")
    index = OfferIndex(offers, thesaurus=no_thesaurus)
    for found in index.rank(need):
        offer = next(offer for offer in offers if offer.id == found.offer_id)
        assert found.parts.words == pytest.approx(formula(offer, need, index), abs=1e-6)


def formula(offer, need, index):
    analyzer, idf = Analyzer(Thesaurus()), index.statistics.idf
    asked = {term: idf(term) for term in analyzer.terms(need.text)}
    items = [weighed(analyzer.terms(text), idf) for text in item_texts(offer)]
    terms = analyzer.terms("\n".join(item_texts(offer)))
    cosines = [cosine(asked, item) for item in items]
    rms = math.sqrt(sum(value**2 for value in cosines) / len(cosines))
    thickness = 1.2 * (0.25 + 0.75 * len(terms) / index.statistics.average_length)
    bm25 = sum(
        2.2 * idf(term) * terms.count(term) / (terms.count(term) + thickness) for term in asked
    ) / sum(asked.values())
    return (0.5 * cosine(asked, weighed(terms, idf)) + 0.5 * rms + 0.1 * bm25) / 1.22


def weighed(terms, idf):
    return {term: (1 + math.log(terms.count(term))) * idf(term) for term in terms}


def cosine(one, other):
    together = sum(one[term] * other.get(term, 0.0) for term in one)
    return together / math.hypot(*one.values()) / math.hypot(*other.values())


def test_an_added_offer_is_found_at_once():
    index = OfferIndex(SOME)
    index.add(Offer("new", experience=("beekeeping on roundabouts",)))
    assert ranked(index, Need("n", text="beekeeping"))[0][0] == "new"


def test_an_offer_added_again_takes_the_place_of_the_earlier_one():
    index = OfferIndex(SOME)
    index.add(Offer("o00", experience=("beekeeping",)))
    assert [found.offer_id for found in index.rank(Need("n", text="council beekeeping"))] == ["o00"]


def test_equal_scores_are_settled_by_id():
    twins = [
        Offer(f"o{number}", experience=("council tax",)) for number in random.sample(range(50), 50)
    ]
    best = OfferIndex(twins).rank(Need("n", text="tax"), limit=5)
    assert [found.offer_id for found in best] == sorted(offer.id for offer in twins)[:5]


def test_an_index_with_the_statistics_of_another_answers_like_it():
    first = OfferIndex(SOME, past=("a talk about council tax",))
    again = OfferIndex(SOME[:5], statistics=first.statistics)
    for offer in SOME[5:]:
        again.add(offer)
    need = Need("n", text="council members and social media")
    assert ranked(again, need) == ranked(first, need)


def test_an_empty_index_answers_with_nobody():
    assert OfferIndex().rank(Need("n", text="council tax")) == []


def test_a_need_without_words_has_no_candidates():
    assert OfferIndex(SOME).rank(Need("n", text="and the of")) == []


def test_an_index_under_other_weights_answers_as_one_made_with_them():
    other = Weights(whole=0.2, bm25=0.6, bm25_b=0.2, load=0.6, travel=0.4, neighbour=0.1)
    index = OfferIndex(SOME)
    index.remove("o03")
    index.add(Offer("new", experience=("council zeppelins",), recent_asks=3))
    offers = [offer for offer in SOME if offer.id != "o03"] + [index.offer("new")]
    made = OfferIndex(offers, weights=other, statistics=index.statistics)
    need = Need("n", text="council tax and zeppelins for members")
    assert ranked(index.under(other), need) == ranked(made, need) != ranked(index, need)
