"""How much alike two texts are: the cosine of their terms, read as the matcher reads them.

Each term counts by the logarithm of how often it stands (Salton and Buckley 1988, "ltc" without
idf, for two texts have no statistics of their own).
"""

from collections import Counter
from functools import cache
from math import log, sqrt

from matcher.matching.analyzer import Analyzer
from matcher.matching.thesaurus import shipped_thesaurus


@cache
def _analyzer() -> Analyzer:
    return Analyzer(shipped_thesaurus())


def likeness(one: str, other: str) -> float:
    """Return from 0 (not a term in common) to 1 (the same terms); 0 where a text has none."""
    here, there = _weights(one), _weights(other)
    length = sqrt(_square(here) * _square(there))
    shared = sum(weight * there.get(term, 0.0) for term, weight in here.items())
    return min(1.0, shared / length) if length else 0.0


def common_words(one: str, other: str, most: int = 8) -> tuple[str, ...]:
    """Return the words of ``one`` that ``other`` has too, as ``one`` writes them, in its order."""
    theirs = {word.stem for word in _analyzer().words(other) if not word.stop}
    shared = {
        word.stem: word.written
        for word in _analyzer().words(one)
        if not word.stop and word.stem in theirs
    }
    return tuple(shared.values())[:most]


def _weights(text: str) -> dict[str, float]:
    return {term: 1.0 + log(count) for term, count in Counter(_analyzer().terms(text)).items()}


def _square(weights: dict[str, float]) -> float:
    return sum(weight * weight for weight in weights.values())
