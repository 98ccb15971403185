"""The index of offers: who suits a need, with reasons, and who is barred, with the fix.

The statistics of words are learned once, when the index is made; adding and removing offers never
changes them. Ranking may run in several threads while one other adds and removes.
"""

from collections.abc import Container, Iterable
from dataclasses import replace
from functools import partial

import numpy as np

from matcher.matching.analyzer import Analyzer
from matcher.matching.barring import Barring
from matcher.matching.basis import Basis
from matcher.matching.best import all_bars, details_of
from matcher.matching.collecting import nothing_collected
from matcher.matching.found import NOBODY, Found, best_of
from matcher.matching.items import item_terms
from matcher.matching.journeys import journey_of
from matcher.matching.offers import (
    Bar,
    BarCount,
    Barred,
    Candidate,
    Explanation,
    Need,
    Offer,
    Parts,
)
from matcher.matching.question import question_of
from matcher.matching.reading import Reader, Reading
from matcher.matching.reasons import Explainer
from matcher.matching.shelf import Shelf, Tray
from matcher.matching.spreading import find_many
from matcher.matching.statistics import Statistics, fit_terms
from matcher.matching.table import Encoder
from matcher.matching.thesaurus import Thesaurus, shipped_thesaurus
from matcher.matching.vocabulary import Vocabulary
from matcher.matching.weights import Weights
from matcher.matching.wordrows import Doubles


class OfferIndex:
    """Offers that can be ranked for a need. `past` are the texts of past requests.

    `statistics`, where given, are used as they are and nothing is learned: so that several
    processes, or the same one later, answer alike.
    """

    def __init__(
        self,
        offers: Iterable[Offer] = (),
        *,
        past: Iterable[str] = (),
        thesaurus: Thesaurus | None = None,
        weights: Weights | None = None,
        statistics: Statistics | None = None,
    ) -> None:
        known = list({offer.id: offer for offer in offers}.values())
        self.thesaurus = shipped_thesaurus() if thesaurus is None else thesaurus
        self.weights = weights or Weights()
        analyzer = Analyzer(self.thesaurus)
        with nothing_collected():
            read = [item_terms(offer, analyzer) for offer in known]
            if statistics is None:
                asked = [analyzer.terms(text) for text in past]
                statistics = fit_terms(read, asked, spellings=analyzer.met())
            self.statistics = statistics
            self._stand_on(Basis(analyzer, statistics, self.weights))
            self._encoder = Encoder(analyzer, Vocabulary(self.basis), self.weights)
            self._shelf = Shelf(self._encoder, known, read=read)

    def under(self, weights: Weights) -> "OfferIndex":
        """Return an index of the offers as they are now under other weights.

        It reads no text anew, so that weights are tried in a fraction of the time of a new index.
        """
        other = OfferIndex(thesaurus=self.thesaurus, weights=weights, statistics=self.statistics)
        other._stand_on(replace(self.basis, weights=weights))
        vocabulary = self._encoder.vocabulary.under(other.basis)
        other._encoder = replace(self._encoder, vocabulary=vocabulary, weights=weights)
        other._shelf = self._shelf.under(other._encoder)
        return other

    def _stand_on(self, basis: Basis) -> None:
        self.basis = basis
        self.reader = Reader(basis)
        self._explainer = Explainer(basis)

    def __len__(self) -> int:
        """Return how many offers there are."""
        return len(self._shelf)

    def __contains__(self, offer_id: str) -> bool:
        """Return whether there is an offer of this id."""
        return offer_id in self._shelf

    def offer(self, offer_id: str) -> Offer | None:
        """Return the offer of this id, or None."""
        return self._shelf.find(offer_id)

    def add(self, offer: Offer) -> None:
        """Add an offer, or put it in the place of the one with its id. Seen by the next rank."""
        self._shelf.add(offer)

    def remove(self, offer_id: str) -> None:
        """Remove an offer. Raises KeyError where there is none of this id."""
        self._shelf.remove(offer_id)

    def rank(self, need: Need, limit: int | None = 20) -> list[Candidate]:
        """Return the candidates, best first and ties by id; `limit=None` returns all.

        A candidate has at least one word in common with the need, as said or as expanded.
        """
        return self._candidates(need, self.find(need, limit))

    def rank_many(
        self,
        needs: Iterable[Need],
        limit: int | None = 20,
        *,
        jobs: int = 1,
        cluster: str | None = None,
    ) -> list[list[Candidate]]:
        """Return for each need what `rank` returns for it.

        `jobs` forked processes share the work, or the workers of a Dask scheduler at `cluster`
        ("tcp://..."), to which the index is sent once. Fork only from a process of one thread.
        """
        asked = list(needs)
        found = find_many(self, asked, limit, jobs=jobs, cluster=cluster)
        with nothing_collected():
            return [self._candidates(need, one) for need, one in zip(asked, found, strict=True)]

    def find(self, need: Need, limit: int | None = 20) -> Found:
        """Return the bare answer of `rank`, without what explains it."""
        reading = self.reader.read(need)
        if not reading.own or limit == 0:
            return NOBODY
        heap = np.zeros(len(self._shelf) + 1 if limit is None else limit)
        found = [self._best(tray, need, reading, heap) for tray in self._shelf.trays()]
        return best_of(found, limit) if found else NOBODY

    def count_barred(self, need: Need, apart_from: Container[str] = frozenset()) -> list[BarCount]:
        """Return how many offers each kind of bar keeps out, and what would let some in.

        Those in ``apart_from`` are left out: they can be had in another way.
        """
        return self._barring(need, apart_from).counts()

    def barred(
        self,
        need: Need,
        kind: Bar | None = None,
        offset: int = 0,
        limit: int | None = 50,
        apart_from: Container[str] = frozenset(),
    ) -> list[Barred]:
        """Return a page of the barred offers, those nearest to being let in first."""
        found = self._barring(need, apart_from).of(kind)
        return found[offset : None if limit is None else offset + limit]

    def _barring(self, need: Need, apart_from: Container[str]) -> Barring:
        reading = self.reader.read(need)
        found: list[tuple[Offer, int]] = []
        for tray in self._shelf.trays():
            with tray.room.marked(tray.table, need, self.weights.dates) as rows:
                bits = all_bars(rows, question_of(need, reading, self._encoder).asked)
            numbers = bits.nonzero()[0].tolist()
            found.extend((tray.table.offers[row], int(bits[row])) for row in numbers)
        return Barring(need, [each for each in found if each[0].id not in apart_from])

    def _best(self, tray: Tray, need: Need, reading: Reading, heap: Doubles) -> Found:
        with tray.room.marked(tray.table, need, self.weights.dates) as rows:
            question = question_of(need, reading, self._encoder)
            chosen = tray.best(rows, question, heap)
            details = details_of(rows, chosen, question)
        offers = tray.table.offers
        return Found([offers[row].id for row in chosen.tolist()], *details)

    def _candidates(self, need: Need, found: Found) -> list[Candidate]:
        offers = [self._shelf.find(offer_id) for offer_id in found.ids]
        rows = zip(offers, found.parts.T.tolist(), found.manners.tolist(), strict=True)
        return [
            self._candidate(need, offer, Parts(*parts), manner)
            for offer, parts, manner in rows
            if offer is not None
        ]

    def _candidate(self, need: Need, offer: Offer, parts: Parts, manner: int) -> Candidate:
        explain = partial(self._explain, need, offer, parts, manner)
        return Candidate(offer.id, parts.total, parts, explain)

    def _explain(self, need: Need, offer: Offer, parts: Parts, manner: int) -> Explanation:
        journey = journey_of(need, offer, manner)
        return self._explainer.explain(offer, self.reader.read(need), parts, journey)
