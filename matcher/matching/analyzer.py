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
        met = self._met
        return [met.get(token) or self._meet(token) for token in tokens(fold(text))]

    def terms(self, text: str) -> list[str]:
        """Return the terms of the text: stems without function words, then its concepts."""
        words = self.words(text)
        found = [word.stem for word in words if not word.stop]
        found.extend(CONCEPT + phrase.group.id for _, phrase in self.concepts(words))
        return found

    def concepts(self, words: Sequence[Word]) -> Iterator[tuple[int, Phrase]]:
        """Yield each phrase of the thesaurus in the words, with the position where it begins.

        Of phrases of one group that overlap, only the first and longest counts.
        """
        free_from: dict[str, int] = {}
        for position, word in enumerate(words):
            for phrase in self._starts.get(word.stem, ()):
                group = phrase.group.id
                if position >= free_from.get(group, 0) and _stands(phrase, words, position):
                    free_from[group] = position + len(phrase.stems)
                    yield position, phrase

    def _meet(self, token: str) -> Word:
        self._met[token] = word_of(token)
        return self._met[token]


def _stands(phrase: Phrase, words: Sequence[Word], position: int) -> bool:
    found = words[position : position + len(phrase.stems)]
    if len(found) != len(phrase.stems):
        return False
    if phrase.capitals and not all(word.written.isupper() for word in found):
        return False
    return all(word.stem == wanted for word, wanted in zip(found, phrase.stems, strict=True))
