"""The index of offers: who suits a need, with reasons, and who is barred, with the fix.

The statistics of words are learned once, when the index is made; adding and removing offers never
changes them. Ranking may run in several threads while one other adds and removes.
"""

from collections.abc import Iterable
from functools import partial

import numpy as np

from matcher.matching.analyzer import Analyzer
from matcher.matching.barring import Barring
from matcher.matching.basis import Basis
from matcher.matching.best import Details, all_bars, details_of
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
from matcher.matching.statistics import Statistics, fit_statistics
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
        self.statistics = statistics or fit_statistics(known, past=past, analyzer=analyzer)
        self.basis = Basis(analyzer, self.statistics, self.weights)
        self.reader = Reader(self.basis)
        self._explainer = Explainer(self.basis)
        self._encoder = Encoder(analyzer, Vocabulary(self.basis), self.weights)
        self._shelf = Shelf(self._encoder, known)

    def __len__(self) -> int:
        """Return how many offers there are."""
        return len(self._shelf)

    def __contains__(self, offer_id: str) -> bool:
        """Return whether there is an offer of this id."""
        return offer_id in self._shelf

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
        reading = self.reader.read(need)
        if not reading.terms or limit == 0:
            return []
        heap = np.zeros(len(self._shelf) + 1 if limit is None else limit)
        found: list[Candidate] = []
        for tray in self._shelf.trays():
            found.extend(self._candidates(tray, need, reading, heap))
        found.sort(key=lambda candidate: (-round(candidate.score, 10), candidate.offer_id))
        return found[:limit]

    def rank_many(self, needs: Iterable[Need], limit: int | None = 20) -> list[list[Candidate]]:
        """Return for each need what `rank` returns for it."""
        return [self.rank(need, limit) for need in needs]

    def count_barred(self, need: Need) -> list[BarCount]:
        """Return how many offers each kind of bar keeps out, and what would let some in."""
        return self._barring(need).counts()

    def barred(
        self, need: Need, kind: Bar | None = None, offset: int = 0, limit: int | None = 50
    ) -> list[Barred]:
        """Return a page of the barred offers, those nearest to being let in first."""
        found = self._barring(need).of(kind)
        return found[offset : None if limit is None else offset + limit]

    def _barring(self, need: Need) -> Barring:
        question = question_of(need, self.reader.read(need), self._encoder)
        found: list[tuple[Offer, int]] = []
        for tray in self._shelf.trays():
            with tray.room.marked(tray.table, need, self.weights.dates) as given:
                bits = all_bars(tray.rows(given), question.asked)
            rows = bits.nonzero()[0].tolist()
            found.extend((tray.table.offers[row], int(bits[row])) for row in rows)
        return Barring(need, found)

    def _candidates(
        self, tray: Tray, need: Need, reading: Reading, heap: Doubles
    ) -> list[Candidate]:
        question = question_of(need, reading, self._encoder)
        with tray.room.marked(tray.table, need, self.weights.dates) as given:
            chosen = tray.best(given, question, heap)
            details = details_of(tray.rows(given), chosen, question)
        manners = details.manner.tolist()
        return [
            self._candidate(need, reading, tray.table.offers[row], parts, manner)
            for row, parts, manner in zip(chosen.tolist(), _parts(details), manners, strict=True)
        ]

    def _candidate(
        self, need: Need, reading: Reading, offer: Offer, parts: Parts, manner: int
    ) -> Candidate:
        explain = partial(self._explain, need, reading, offer, parts, manner)
        return Candidate(offer.id, parts.total, parts, explain)

    def _explain(
        self, need: Need, reading: Reading, offer: Offer, parts: Parts, manner: int
    ) -> Explanation:
        journey = journey_of(need, offer, manner)
        return self._explainer.explain(offer, reading, parts, journey)


def _parts(details: Details) -> list[Parts]:
    """Return what the score text x travel x load x dates is made of, as a sum."""
    travelled = details.text * details.travel
    carried = travelled * details.load
    dated = carried * details.dates
    lost = (travelled - details.text, carried - travelled, dated - carried)
    rows = zip(details.text.tolist(), *(part.tolist() for part in lost), strict=True)
    return [Parts(*row) for row in rows]
