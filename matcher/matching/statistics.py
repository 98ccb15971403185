"""How common each word is: learned once from offers and past requests, then fixed.

Adding or removing offers changes nothing here, so a score can be reproduced from the version.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer

from matcher.matching.analyzer import CONCEPT, Analyzer
from matcher.matching.items import item_terms
from matcher.matching.neighbours import shipped_neighbours
from matcher.matching.offers import Offer
from matcher.matching.thesaurus import Group
from matcher.matching.words import words_of


@dataclass(frozen=True)
class Statistics:
    """In how many documents each stem stands. `spellings` are the words met, in lower case."""

    documents: int = 0
    average_length: float = 1.0
    counts: Mapping[str, int] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()

    @cached_property
    def version(self) -> str:
        """A short name of the content: the same statistics always have the same."""
        lines = [f"{self.documents} {self.average_length!r}"]
        lines.extend(f"{term} {count}" for term, count in sorted(self.counts.items()))
        lines.extend(sorted(self.spellings))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    @cached_property
    def near_idf(self) -> NDArray[np.float64]:
        """The idf of each stem of the term table, 0 for those that were not met."""
        numbers = shipped_neighbours().numbers
        known = [(numbers[stem], count) for stem, count in self.counts.items() if stem in numbers]
        idf = np.zeros(len(numbers))
        if known:
            places, counts = np.array(known, np.int64).T
            idf[places] = [self._idf(count) for count in counts.tolist()]
        return idf

    def idf(self, stem: str) -> float:
        """Return the smooth inverse document frequency, as scikit-learn's `smooth_idf` has it.

        A stem that was not met counts as the rarest.
        """
        return self._idf(self.counts.get(stem, 0))

    def _idf(self, count: int) -> float:
        return math.log((1 + self.documents) / (1 + count)) + 1.0

    def concept_idf(self, group: Group) -> float:
        """Return the idf of a concept: that of its most common term, scaled by its weight.

        A term of several words is as rare as its rarest word. The root of the weight stands on
        either side, offer and need, so that the product has the whole weight.
        """
        rarities = [_rarity(self, term) for term in group.terms]
        return min(rarities) * math.sqrt(group.weight)


def fit_statistics(
    offers: Sequence[Offer], *, past: Iterable[str] = (), analyzer: Analyzer
) -> Statistics:
    """Learn the statistics of offers and of the texts of past requests, in any order."""
    read = [item_terms(offer, analyzer) for offer in offers]
    return fit_terms(read, [analyzer.terms(text) for text in past], spellings=analyzer.met())


def fit_terms(
    offers: Sequence[Sequence[Sequence[str]]],
    past: Sequence[Sequence[str]],
    *,
    spellings: frozenset[str],
) -> Statistics:
    """Learn from what has been read already: items of terms by offer, terms by past request."""
    documents = [list(chain.from_iterable(items)) for items in offers] + list(past)
    if not any(documents):
        return Statistics(len(documents))
    vectorizer = CountVectorizer(analyzer=_as_read)
    matrix = csr_array(vectorizer.fit_transform(documents))
    names: list[str] = vectorizer.get_feature_names_out().tolist()
    plain = np.array([not name.startswith(CONCEPT) for name in names])
    frequency = np.bincount(matrix.indices, minlength=len(names))
    counts = {names[column]: int(frequency[column]) for column in np.flatnonzero(plain)}
    measured = len(offers) or len(documents)
    length = float(matrix[:measured].sum(axis=0)[plain].sum()) / measured
    return Statistics(len(documents), max(length, 1.0), counts, spellings)


def _as_read(terms: Sequence[str]) -> Sequence[str]:
    return terms


def _rarity(statistics: Statistics, term: str) -> float:
    words = words_of(term)
    content = [word.stem for word in words if not word.stop] or [word.stem for word in words]
    return max(statistics.idf(stem) for stem in content)
