import random
from threading import Thread

import pytest

from matcher.matching.analyzer import Analyzer
from matcher.matching.basis import Basis
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer, Point, TravelLimit
from matcher.matching.shelf import LARGE, Shelf
from matcher.matching.statistics import fit_statistics
from matcher.matching.table import Encoder
from matcher.matching.thesaurus import Thesaurus
from matcher.matching.vocabulary import Vocabulary
from matcher.matching.weights import Weights

WORDS = [f"word{number}" for number in range(300)]


def make_offer(number, dice):
    text = " ".join(dice.choices(WORDS, weights=range(1, 301), k=12))
    return Offer(
        f"o{number:05}",
        experience=(text, " ".join(dice.choices(WORDS, k=6))),
        place=Point(dice.uniform(50.5, 55), dice.uniform(-3, 0)),
        travel=TravelLimit(miles=dice.choice([None, 10, 50]), remote=dice.random() < 0.1),
        recent_asks=dice.randrange(3),
    )


def make_offers(count, seed=1):
    dice = random.Random(seed)
    return [make_offer(number, dice) for number in range(count)]


def make_shelf(offers, full=50):
    analyzer = Analyzer(Thesaurus())
    basis = Basis(analyzer, fit_statistics(offers, analyzer=analyzer), Weights())
    return Shelf(Encoder(analyzer, Vocabulary(basis), basis.weights), offers, full=full)


def needs(count):
    dice = random.Random(5)
    return [
        Need(
            f"n{number}",
            text=" ".join(dice.choices(WORDS, k=dice.randint(1, 8))),
            place=Point(dice.uniform(50.5, 55), dice.uniform(-3, 0)),
            remote_too=number % 7 == 0,
            remote_only=number % 11 == 0,
        )
        for number in range(count)
    ]


def answer(index, need, limit=20):
    return [(one.offer_id, pytest.approx(one.score, abs=1e-9)) for one in index.rank(need, limit)]


def test_blocks_and_postings_give_the_answers_of_looking_at_each():
    offers = make_offers(2 * LARGE)
    index = OfferIndex(offers, thesaurus=Thesaurus())
    small = [
        OfferIndex(part, thesaurus=Thesaurus(), statistics=index.statistics)
        for part in (offers[: LARGE - 1], offers[LARGE - 1 : 2 * LARGE - 2], offers[-2:])
    ]
    for need in needs(60):
        together = [one for part in small for one in part.rank(need)]
        together.sort(key=lambda one: (-round(one.score, 10), one.offer_id))
        assert [one.offer_id for one in index.rank(need)] == [one.offer_id for one in together[:20]]


def test_an_offer_among_the_late_ones_is_ranked_as_among_the_many():
    offers = make_offers(LARGE + 100)
    whole = OfferIndex(offers, thesaurus=Thesaurus())
    late = OfferIndex(offers[:LARGE], thesaurus=Thesaurus(), statistics=whole.statistics)
    for offer in offers[LARGE:]:
        late.add(offer)
    assert all(answer(late, need) == answer(whole, need) for need in needs(20))


def test_a_full_tray_is_merged_without_a_change_of_what_is_there():
    offers = make_offers(100)
    shelf = make_shelf(offers[:20], full=30)
    for offer in offers[20:]:
        shelf.add(offer)
        shelf.wait()
    assert (len(shelf), {offer.id for offer in offers if offer.id in shelf}) == (
        100,
        {offer.id for offer in offers},
    )


def test_what_is_removed_while_tables_are_merged_stays_removed():
    offers = make_offers(80)
    shelf = make_shelf(offers[:20], full=30)
    for offer in offers[20:]:
        shelf.add(offer)
    for offer in offers[::2]:
        shelf.remove(offer.id)
    shelf.wait()
    assert all((offer.id in shelf) == (place % 2 == 1) for place, offer in enumerate(offers))


def test_asks_and_rests_are_written_in_place():
    index = OfferIndex([Offer("o", experience=("planning",))])
    index.add(Offer("o", experience=("planning",), asks_left=0))
    assert (index.rank(Need("n", text="planning")), len(index)) == ([], 1)


def test_removing_an_unknown_offer_says_so():
    with pytest.raises(KeyError, match="nobody"):
        make_shelf(make_offers(3)).remove("nobody")


def test_ranking_goes_on_while_another_thread_adds_and_removes():
    offers = make_offers(600)
    index = OfferIndex(offers[:200], thesaurus=Thesaurus())
    adder = Thread(target=lambda: [index.add(offer) for offer in offers[200:]])
    adder.start()
    for need in needs(200):
        assert all(0 < found.score <= 1 for found in index.rank(need))
    adder.join()
    assert len(index) == 600


def test_words_that_only_a_late_offer_has_find_that_offer():
    index = OfferIndex(make_offers(LARGE), thesaurus=Thesaurus())
    new = [f"late{first}{second}" for first in "abcdefghijklmnopqrst" for second in "bcdfghjklm"]
    index.add(Offer("late", experience=tuple(f"some of the {word}" for word in new)))
    for word in new:
        assert [one.offer_id for one in index.rank(Need("n", text=word))] == ["late"]
