"""Spelling mistakes in a need: words that neither the offers nor English know, put right."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.matching.statistics import Statistics
from matcher.matching.words import Word, english_words, stem

# Letters added, dropped, changed or swapped with the next: one in words of 5 letters or more, two
# in words of 9 or more. With more the nearest word is too often another one.
_SHORTEST = 5
_LONG = 9


class Speller:
    """Knows the words of the offers. Corrections are remembered, as the same mistakes come back."""

    def __init__(self, statistics: Statistics) -> None:
        self._known = statistics
        self._by_start = _by_start(statistics)
        self._met: dict[str, str | None] = {}

    def correct(self, word: Word) -> str | None:
        """Return the word meant, in lower case, or None where this one is right or a riddle."""
        if word.lower not in self._met:
            self._met[word.lower] = self._nearest(word) if self._strange(word) else None
        return self._met[word.lower]

    def _strange(self, word: Word) -> bool:
        if len(word.lower) < _SHORTEST or not word.lower.isalpha():
            return False
        english = english_words()
        known = word.stem in self._known.counts or word.lower in english or word.stem in english
        return not known

    def _nearest(self, word: Word) -> str | None:
        slips = 2 if len(word.lower) >= _LONG else 1
        near = [
            known
            for length in range(len(word.lower) - slips, len(word.lower) + slips + 1)
            for known in self._by_start.get((word.lower[0], length), ())
        ]
        nearest = process.extractOne(
            word.lower, near, scorer=OSA.distance, score_cutoff=slips, score_hint=1
        )
        return nearest[0] if nearest else None


def _by_start(statistics: Statistics) -> Mapping[tuple[str, int], list[str]]:
    # By first letter and length: people seldom mistake the first letter.
    found: dict[tuple[str, int], list[str]] = {}
    for spelling in sorted(statistics.spellings):
        if spelling.isalpha() and stem(spelling) in statistics.counts:
            found.setdefault((spelling[0], len(spelling)), []).append(spelling)
    return found
