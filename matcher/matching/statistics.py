"""How common each word is: learned once from offers and past requests, then fixed.

Adding or removing offers changes nothing here, so a score can be reproduced from the version.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer

from matcher.matching.analyzer import CONCEPT, Analyzer
from matcher.matching.offers import Offer
from matcher.matching.thesaurus import Group
from matcher.matching.words import fold, tokens, words_of


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

    def idf(self, stem: str) -> float:
        """Return the smooth inverse document frequency, as scikit-learn's `smooth_idf` has it.

        A stem that was not met counts as the rarest.
        """
        return math.log((1 + self.documents) / (1 + self.counts.get(stem, 0))) + 1.0

    def concept_idf(self, group: Group) -> float:
        """Return the idf of a concept: that of its most common term, scaled by its weight.

        A term of several words is as rare as its rarest word. The root of the weight stands on
        either side, offer and need, so that the product has the whole weight.
        """
        rarities = [_rarity(self, term) for term in group.terms]
        return min(rarities) * math.sqrt(group.weight)


def item_texts(offer: Offer) -> list[str]:
    """Return the items of an offer: its title with its skills, then each paragraph."""
    heading = " ".join((offer.title, *offer.skills)).strip()
    return [text for text in (heading, *offer.experience) if text]


def fit_statistics(
    offers: Sequence[Offer], *, past: Iterable[str] = (), analyzer: Analyzer
) -> Statistics:
    """Learn the statistics of offers and of the texts of past requests, in any order."""
    texts = ["\n".join(item_texts(offer)) for offer in offers] + list(past)
    vectorizer = CountVectorizer(analyzer=analyzer.terms)
    if not any(analyzer.terms(text) for text in texts):
        return Statistics(len(texts))
    matrix = csr_array(vectorizer.fit_transform(texts))
    names: list[str] = vectorizer.get_feature_names_out().tolist()
    plain = np.array([not name.startswith(CONCEPT) for name in names])
    frequency = np.bincount(matrix.indices, minlength=len(names))
    counts = {names[column]: int(frequency[column]) for column in np.flatnonzero(plain)}
    length = float(matrix[: len(offers) or None].sum(axis=0)[plain].sum()) / (
        len(offers) or len(texts)
    )
    return Statistics(len(texts), max(length, 1.0), counts, _spellings(texts))


def _spellings(texts: Iterable[str]) -> frozenset[str]:
    return frozenset({token.lower() for text in texts for token in tokens(fold(text))})


def _rarity(statistics: Statistics, term: str) -> float:
    words = words_of(term)
    content = [word.stem for word in words if not word.stop] or [word.stem for word in words]
    return max(statistics.idf(stem) for stem in content)
