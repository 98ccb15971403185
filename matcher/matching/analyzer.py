"""Text read into terms: stems without function words, and the concepts of the thesaurus.

A concept is a term of its own that begins with CONCEPT: "CEO" and "chief executive" share one.
The same analyzer reads offers and needs.
"""

from collections.abc import Iterator, Sequence

from matcher.matching.thesaurus import Phrase, Thesaurus
from matcher.matching.words import Word, fold, tokens, word_of

CONCEPT = "≈"


class Analyzer:
    """Reads text with one thesaurus. It remembers the words it has met; threads may share it."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self._starts = thesaurus.starts
        self._met: dict[str, Word] = {}

    def words(self, text: str) -> list[Word]:
        """Return every word of the text in order, function words included."""
        met, written = self._met, tokens(fold(text))
        try:
            return list(map(met.__getitem__, written))
        except KeyError:
            return [met.get(token) or self._meet(token) for token in written]

    def terms(self, text: str) -> list[str]:
        """Return the terms of the text: stems without function words, then its concepts."""
        return self.terms_of(self.words(text))

    def terms_of(self, words: Sequence[Word]) -> list[str]:
        """Return the terms of words that stand in this order."""
        found = [word.stem for word in words if not word.stop]
        found.extend(CONCEPT + phrase.group.id for _, phrase in self.concepts(words))
        return found

    def concepts(self, words: Sequence[Word]) -> Iterator[tuple[int, Phrase]]:
        """Yield each phrase of the thesaurus in the words, with the position where it begins.

        Of phrases of one group that overlap, only the first and longest counts.
        """
        free_from: dict[str, int] = {}
        starts, stems = self._starts, [word.stem for word in words]
        if starts.keys().isdisjoint(stems):
            return
        for position in [place for place, stem in enumerate(stems) if stem in starts]:
            for phrase in starts[stems[position]]:
                size = len(phrase.stems)
                if size > 1 and tuple(stems[position : position + size]) != phrase.stems:
                    continue
                group = phrase.group.id
                if position >= free_from.get(group, 0) and _capital(phrase, words, position):
                    free_from[group] = position + size
                    yield position, phrase

    def met(self) -> frozenset[str]:
        """Return every word met so far, in lower case."""
        return frozenset(word.lower for word in list(self._met.values()))

    def _meet(self, token: str) -> Word:
        self._met[token] = word_of(token)
        return self._met[token]


def _capital(phrase: Phrase, words: Sequence[Word], position: int) -> bool:
    if not phrase.capitals:
        return True
    return all(
        word.written.removesuffix("s").isupper()
        for word in words[position : position + len(phrase.stems)]
    )
