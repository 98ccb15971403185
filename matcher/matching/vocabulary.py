"""The numbers of the terms, and their idf. It only grows: a new offer may bring new words."""

from collections.abc import Sequence

import numpy as np

from matcher.matching.analyzer import CONCEPT
from matcher.matching.basis import Basis
from matcher.matching.growing import Growing
from matcher.matching.neighbours import shipped_neighbours
from matcher.matching.wordrows import Scale


class Vocabulary:
    """Numbers terms from 0 in the order in which they are met."""

    def __init__(self, basis: Basis) -> None:
        self.ids: dict[str, int] = {}
        self._groups = basis.analyzer.thesaurus.by_id
        self._statistics = basis.statistics
        self._stems = shipped_neighbours().numbers
        #: The number of each stem of the term table, -1 for those without one.
        self.of_stem = np.full(len(self._stems), -1, np.int64)
        self._idf = Growing(np.float64)
        self._plain = Growing(np.bool_)
        self._weights = basis.weights

    def __len__(self) -> int:
        """Return how many terms have a number."""
        return len(self.ids)

    def numbers(self, terms: Sequence[str]) -> list[int]:
        """Return the number of each term; new terms get the next ones."""
        ids = self.ids
        try:
            return list(map(ids.__getitem__, terms))
        except KeyError:
            return [ids[term] if term in ids else self._learn(term) for term in terms]

    def scale(self) -> Scale:
        """Return the idf of all terms so far, with BM25's scale of lengths."""
        weights, average = self._weights, self._statistics.average_length
        base = weights.bm25_k1 * (1.0 - weights.bm25_b)
        slope = weights.bm25_k1 * weights.bm25_b / average
        return Scale(self._idf.used, self._plain.used, base, slope)

    def under(self, basis: Basis) -> "Vocabulary":
        """Return the same numbers under other weights; from then on each learns for itself."""
        other = Vocabulary(basis)
        other.numbers(list(self.ids))
        return other

    def _learn(self, term: str) -> int:
        number = len(self.ids)
        concept = term.startswith(CONCEPT)
        self._idf.append(self._idf_of(term, concept))
        self._plain.append(not concept)
        self.ids[term] = number
        if term in self._stems:
            self.of_stem[self._stems[term]] = number
        return number

    def _idf_of(self, term: str, concept: bool) -> float:
        if concept:
            return self._statistics.concept_idf(self._groups[term[len(CONCEPT) :]])
        return self._statistics.idf(term)
