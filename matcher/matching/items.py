"""An offer as items: its title with its skills, then each paragraph; and which words of one count.

Piling up words gains nothing: what is said twice counts once, a word counts up to three times in an
item, and of a bare list (no sentences, or paragraphs of a word or two) the first forty words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from matcher.matching.analyzer import Analyzer
from matcher.matching.offers import Offer
from matcher.matching.words import Word

MOST_REPEATS = 3
LIST_WORDS = 40
# Every fourth word of English prose and more is a function word; in lists hardly any is.
_PROSE_SHARE = 0.1
_FEW_WORDS = 3


def item_texts(offer: Offer) -> list[str]:
    """Return the items of an offer as they are written."""
    heading = " ".join(dict.fromkeys((offer.title, *offer.skills))).strip()
    paragraphs = _joined(dict.fromkeys(offer.experience))
    return [text for text in (heading, *paragraphs) if text]


def item_words(text: str, analyzer: Analyzer) -> list[Word]:
    """Return the words of one item that count, function words included."""
    words = analyzer.words(text)
    if len(words) <= LIST_WORDS:
        return words
    prose = sum(word.stop for word in words) >= _PROSE_SHARE * len(words)
    return words if prose else words[:LIST_WORDS]


def item_terms(offer: Offer, analyzer: Analyzer) -> list[list[str]]:
    """Return the terms of each item of an offer that has any."""
    items = (analyzer.terms_of(item_words(text, analyzer)) for text in item_texts(offer))
    return [_without_repeats(terms) for terms in items if terms]


def counted_terms(terms: Iterable[str]) -> Counter[str]:
    """Return how often each term of one item counts."""
    return Counter({term: min(count, MOST_REPEATS) for term, count in Counter(terms).items()})


def _without_repeats(terms: Sequence[str]) -> list[str]:
    if len(terms) - len(set(terms)) < MOST_REPEATS:
        return list(terms)
    return list(counted_terms(terms).elements())


def _joined(paragraphs: Iterable[str]) -> Iterator[str]:
    # Paragraphs of a word or two that follow each other are one list.
    for few, run in groupby(paragraphs, key=_is_short):
        if few:
            yield " ".join(run)
        else:
            yield from run


def _is_short(text: str) -> bool:
    return len(text.split(maxsplit=_FEW_WORDS)) < _FEW_WORDS
