import pytest

from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer, WhyThin
from matcher.matching.thesaurus import Group, Thesaurus

SOCIAL = Group("social", ("social media", "Facebook"), 0.7)
VERA = Offer("vera", experience=("I ran our social media for years.", "Then planning, with maps."))
COLIN = Offer("colin", experience=("Social work, and talks to the media.",))


@pytest.fixture
def index():
    return OfferIndex([VERA, COLIN], thesaurus=Thesaurus((SOCIAL,)))


def words_of(index, text):
    return {
        found.offer_id: [reason.word for reason in found.reasons if reason.word]
        for found in index.rank(Need("n", text=text))
    }


def test_a_phrase_is_named_without_its_single_words(index):
    assert sorted(words_of(index, "social media, planning")["vera"]) == ["planning", "social media"]


def test_words_that_make_no_phrase_in_the_offer_are_named_singly(index):
    assert sorted(words_of(index, "social media")["colin"]) == ["Social", "media"]


def test_a_phrase_has_the_shares_of_its_words_too(index):
    vera = next(found for found in index.rank(Need("n", text="social media")) if found.reasons)
    assert sum(reason.share for reason in vera.reasons) == pytest.approx(vera.score, abs=1e-6)


def test_a_phrase_is_more_than_one_word(index):
    need = Need("n", text="social media for parishes, beekeepers and orchards")
    vera = next(found for found in index.rank(need) if found.offer_id == "vera")
    assert vera.why_thin is not WhyThin.ONE_WORD


def test_a_match_on_what_is_said_of_everything_says_so_however_few_were_read(index):
    index.add(Offer("dan", experience=("I like telling people about bins.",)))
    need = Need("n", text="Tell people what we do on parking, please, as we would like to use it")
    dan = next(found for found in index.rank(need) if found.offer_id == "dan")
    assert dan.why_thin is WhyThin.COMMON_WORDS
