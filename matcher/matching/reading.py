"""What a need asks for, as weighted terms: its own words first, then what stands for them.

Every term keeps the word of the need it came from and by which way, so that reasons can say so.
"""

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matcher.matching.analyzer import CONCEPT
from matcher.matching.basis import Basis
from matcher.matching.expanding import Near, NearTable, Plain, nearest_to
from matcher.matching.neighbours import shipped_neighbours
from matcher.matching.offers import Need, ReasonKind
from matcher.matching.spelling import Speller
from matcher.matching.thesaurus import Group, Phrase
from matcher.matching.wanted import Passage, passages
from matcher.matching.wordrows import Doubles
from matcher.matching.words import Word, stem, words_of


class NeedTerm(NamedTuple):
    """One term of a need. `weight` is before normalising; `said` is the word or phrase it is for.

    `idf` is what an offer's own weight of the term is multiplied by.
    """

    term: str
    kind: ReasonKind
    said: str
    weight: float
    idf: float


@dataclass(frozen=True, eq=False)
class Reading:
    """What a need says itself, and the neighbours of its words, whose `sources` are places in
    `plain`: those of its own terms that are words. `near_idf` is by number of the stem. `norm` and
    `mass` include words that no offer knows.
    """

    own: tuple[NeedTerm, ...]
    plain: tuple[NeedTerm, ...]
    near: Near
    near_idf: Doubles
    norm: float
    mass: float

    @cached_property
    def terms(self) -> Mapping[str, NeedTerm]:
        """All terms by name, the need's own first."""
        return {term.term: term for term in (*self.own, *self._near_terms())}

    def _near_terms(self) -> Iterator[NeedTerm]:
        stems = shipped_neighbours().stems
        for stem_number, weight, source in zip(*(part.tolist() for part in self.near), strict=True):
            said, idf = self.plain[source].said, float(self.near_idf[stem_number])
            yield NeedTerm(stems[stem_number], ReasonKind.NEIGHBOUR, said, weight, idf)


NONE_NEAR = Near(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))


class _Said(NamedTuple):
    """One occurrence of a term in the need, with the share of its weight that counts."""

    term: str
    kind: ReasonKind
    said: str
    idf: float
    share: float


class Reader:
    """Reads needs on one basis. Each addition to the plain words has a switch in the weights."""

    def __init__(self, basis: Basis) -> None:
        self._analyzer = basis.analyzer
        self._statistics = basis.statistics
        self._weights = basis.weights
        self._speller = Speller(basis.statistics)
        neighbours = shipped_neighbours()
        self._numbers = neighbours.numbers
        self._table = NearTable(
            neighbours.starts,
            neighbours.near,
            neighbours.percent,
            basis.statistics.near_idf,
            basis.weights.neighbour,
        )

    def read(self, need: Need) -> Reading:
        """Return the weighted terms of a need; none where it has no words."""
        said: list[_Said] = []
        for passage in self._passages(f"{need.title}\n{need.text}"):
            words = [self._corrected(word) for word in self._analyzer.words(passage.text)]
            concepts = self._concepts(words)
            inside = _places_inside(concepts)
            said.extend(self._words(words, inside, passage.share))
            said.extend(self._said_concepts(words, concepts, passage.share))
        return self._expanded(tuple(_counted(alike) for alike in _by_term(said).values()))

    def _passages(self, text: str) -> list[Passage]:
        additions = self._weights.additions
        return passages(
            text,
            unwanted=self._weights.unwanted if additions.negation else 1.0,
            boilerplate=self._weights.boilerplate if additions.boilerplate else 1.0,
            audience=self._weights.audience if additions.boilerplate else 1.0,
        )

    def _corrected(self, word: Word) -> Word:
        if word.stop or not self._weights.additions.spelling:
            return word
        meant = self._speller.correct(word)
        return word if meant is None else replace(word, lower=meant, stem=stem(meant))

    def _words(
        self, words: Sequence[Word], inside: Container[int], share: float
    ) -> Iterator[_Said]:
        for place, word in enumerate(words):
            if not word.stop:
                mistaken = word.lower != word.written.lower()
                kind = ReasonKind.SPELLING if mistaken else ReasonKind.WORD
                weight = share * (self._weights.spelling if mistaken else 1.0)
                weight *= self._weights.inside_phrase if place in inside else 1.0
                idf = self._statistics.idf(word.stem)
                yield _Said(word.stem, kind, word.written, idf, weight)

    def _concepts(self, words: Sequence[Word]) -> list[tuple[int, Phrase]]:
        found = self._analyzer.concepts(words)
        return [(place, phrase) for place, phrase in found if self._switched_on(phrase.group)]

    def _said_concepts(
        self, words: Sequence[Word], concepts: Iterable[tuple[int, Phrase]], share: float
    ) -> Iterator[_Said]:
        for place, phrase in concepts:
            group = phrase.group
            written = words[place : place + len(phrase.stems)]
            said = " ".join(word.written for word in written)
            kind = ReasonKind.ACRONYM if group.acronym else ReasonKind.THESAURUS
            idf = self._statistics.concept_idf(group)
            yield _Said(CONCEPT + group.id, kind, said, idf, share)
            yield from self._spelled_out(phrase, said, share)

    def _spelled_out(self, phrase: Phrase, said: str, share: float) -> Iterator[_Said]:
        # An offer may have a part of what an acronym stands for: SEND, "special needs".
        if not phrase.group.acronym or phrase.term != phrase.group.terms[0]:
            return
        for expansion in phrase.group.terms[1:]:
            for word in words_of(expansion):
                if not word.stop:
                    idf = self._statistics.idf(word.stem)
                    weight = share * self._weights.acronym
                    yield _Said(word.stem, ReasonKind.ACRONYM, said, idf, weight)

    def _switched_on(self, group: Group) -> bool:
        additions = self._weights.additions
        return additions.acronyms if group.acronym else additions.thesaurus

    def _expanded(self, own: tuple[NeedTerm, ...]) -> Reading:
        plain = tuple(term for term in own if not term.term.startswith(CONCEPT))
        near = self._near(plain)
        weights = [*(term.weight for term in own), *near.weights.tolist()]
        norm, mass = math.hypot(*weights), math.fsum(weights)
        return Reading(own, plain, near, self._table.idf, norm, mass)

    def _near(self, plain: Sequence[NeedTerm]) -> Near:
        if not self._weights.additions.neighbours or len(plain) > self._weights.short_need:
            return NONE_NEAR
        numbers = np.array([self._numbers.get(term.term, -1) for term in plain], np.int64)
        weights = np.array([term.weight for term in plain], np.float64)
        return nearest_to(Plain(numbers, weights), self._table)


def _places_inside(concepts: Iterable[tuple[int, Phrase]]) -> frozenset[int]:
    # The words of a phrase count again as its concept: "chief executive" is one thing, not three.
    phrases = ((place, len(phrase.stems)) for place, phrase in concepts if len(phrase.stems) > 1)
    return frozenset(inner for place, size in phrases for inner in range(place, place + size))


def _by_term(said: Iterable[_Said]) -> Mapping[str, list[_Said]]:
    found: dict[str, list[_Said]] = {}
    for one in said:
        if one.share > 0.0:
            found.setdefault(one.term, []).append(one)
    return found


def _counted(said: Sequence[_Said]) -> NeedTerm:
    # The occurrences that count most, with the logarithm of how many there are.
    share = max(one.share for one in said)
    counting = [one for one in said if one.share == share]
    first = counting[0]
    weight = share * (1.0 + math.log(len(counting))) * first.idf
    return NeedTerm(first.term, first.kind, first.said, weight, first.idf)
