"""What a need asks for, as weighted terms: its own words first, then what stands for them.

Every term keeps the word of the need it came from and by which way, so that reasons can say so.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.matching.analyzer import CONCEPT
from matcher.matching.basis import Basis
from matcher.matching.offers import Need, ReasonKind
from matcher.matching.thesaurus import Phrase
from matcher.matching.words import Word


@dataclass(frozen=True)
class NeedTerm:
    """One term of a need. `weight` is before normalising; `said` is the word or phrase it is for.

    `idf` is what an offer's own weight of the term is multiplied by.
    """

    term: str
    kind: ReasonKind
    said: str
    weight: float
    idf: float


@dataclass(frozen=True)
class Reading:
    """The terms of a need by name. `norm` and `mass` include words that no offer knows."""

    terms: Mapping[str, NeedTerm]
    norm: float
    mass: float


class Reader:
    """Reads needs on one basis."""

    def __init__(self, basis: Basis) -> None:
        self.analyzer = basis.analyzer
        self.statistics = basis.statistics
        self.weights = basis.weights

    def read(self, need: Need) -> Reading:
        """Return the weighted terms of a need."""
        words = self.analyzer.words(f"{need.title}\n{need.text}")
        terms = self._said(words)
        if self.weights.additions.thesaurus:
            terms += self._concepts(words)
        return _reading(terms)

    def _said(self, words: Sequence[Word]) -> list[NeedTerm]:
        found: dict[str, list[str]] = {}
        for word in words:
            if not word.stop:
                found.setdefault(word.stem, []).append(word.written)
        return [self._term(stem, ReasonKind.WORD, said) for stem, said in found.items()]

    def _term(self, stem: str, kind: ReasonKind, said: Sequence[str]) -> NeedTerm:
        idf = self.statistics.idf(stem)
        return NeedTerm(stem, kind, said[0], _sublinear(len(said)) * idf, idf)

    def _concepts(self, words: Sequence[Word]) -> list[NeedTerm]:
        found: dict[str, list[tuple[int, Phrase]]] = {}
        for position, phrase in self.analyzer.concepts(words):
            found.setdefault(phrase.group.id, []).append((position, phrase))
        return [self._concept(words, places) for places in found.values()]

    def _concept(self, words: Sequence[Word], places: Sequence[tuple[int, Phrase]]) -> NeedTerm:
        position, phrase = places[0]
        group = phrase.group
        idf = self.statistics.concept_idf(group)
        said = " ".join(word.written for word in words[position : position + len(phrase.stems)])
        kind = ReasonKind.ACRONYM if group.acronym else ReasonKind.THESAURUS
        return NeedTerm(CONCEPT + group.id, kind, said, _sublinear(len(places)) * idf, idf)


def _reading(terms: Iterable[NeedTerm]) -> Reading:
    best: dict[str, NeedTerm] = {}
    for term in terms:
        if term.term not in best or term.weight > best[term.term].weight:
            best[term.term] = term
    norm = math.sqrt(sum(term.weight**2 for term in best.values()))
    return Reading(best, norm, sum(term.weight for term in best.values()))


def _sublinear(count: int) -> float:
    return 1.0 + math.log(count)
