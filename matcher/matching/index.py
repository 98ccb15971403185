"""The index of offers: who suits a need, with reasons, and who is barred, with the fix.

The statistics of words are learned once, when the index is made; adding and removing offers never
changes them. Ranking may run in several threads while one other adds and removes.
"""

from collections.abc import Iterable
from functools import partial

from matcher.matching.analyzer import Analyzer
from matcher.matching.barring import Barring
from matcher.matching.basis import Basis
from matcher.matching.best import Details, Given, Question, Rows, best_rows, details_of
from matcher.matching.journeys import journey_of
from matcher.matching.marks import MarkRoom
from matcher.matching.offers import Bar, BarCount, Barred, Candidate, Need, Offer, Parts
from matcher.matching.question import question_of
from matcher.matching.reading import Reader, Reading
from matcher.matching.reasons import Explainer
from matcher.matching.statistics import Statistics, fit_statistics
from matcher.matching.table import Encoder, Table
from matcher.matching.thesaurus import Thesaurus, shipped_thesaurus
from matcher.matching.vocabulary import Vocabulary
from matcher.matching.weights import Weights


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
        self._table = Table(self._encoder)
        self._room = MarkRoom()
        self._table.extend(known)

    def __len__(self) -> int:
        """Return how many offers there are."""
        return len(self._table.rows)

    def __contains__(self, offer_id: str) -> bool:
        """Return whether there is an offer of this id."""
        return offer_id in self._table.rows

    def add(self, offer: Offer) -> None:
        """Add an offer, or put it in the place of the one with its id. Seen by the next rank."""
        if offer.id in self._table.rows:
            self._table.remove(offer.id)
        self._table.extend((offer,))

    def remove(self, offer_id: str) -> None:
        """Remove an offer. Raises KeyError where there is none of this id."""
        self._table.remove(offer_id)

    def rank(self, need: Need, limit: int | None = 20) -> list[Candidate]:
        """Return the candidates, best first and ties by id; `limit=None` returns all.

        A candidate has at least one word in common with the need, as said or as expanded.
        """
        reading = self.reader.read(need)
        if not reading.terms or not len(self._table):
            return []
        question = question_of(need, reading, self._encoder)
        marks = self._room.take(self._table, need, self.weights.dates)
        try:
            rows = _rows(self._table, Given(marks.bars, marks.dates))
            most = len(self._table) if limit is None else limit
            return self._candidates(need, reading, question, rows, most)
        finally:
            self._room.give_back(marks)

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
        marks = self._room.take(self._table, need, self.weights.dates)
        try:
            rows = _rows(self._table, Given(marks.bars, marks.dates))
            return Barring(need, self._table.offers, rows, question.asked)
        finally:
            self._room.give_back(marks)

    def _candidates(
        self, need: Need, reading: Reading, question: Question, rows: Rows, limit: int
    ) -> list[Candidate]:
        chosen = best_rows(rows, question, max(limit, 1))
        details = details_of(rows, chosen, question)
        manners = details.manner.tolist()
        candidates = [
            self._candidate(need, reading, self._table.offers[row], parts, manner)
            for row, parts, manner in zip(chosen.tolist(), _parts(details), manners, strict=True)
        ]
        candidates.sort(key=lambda candidate: (-round(candidate.score, 10), candidate.offer_id))
        return candidates[:limit]

    def _candidate(
        self, need: Need, reading: Reading, offer: Offer, parts: Parts, manner: int
    ) -> Candidate:
        journey = journey_of(need, offer, manner)
        explain = partial(self._explainer.explain, offer, reading, parts, journey)
        return Candidate(offer.id, parts.total, parts, journey, explain)


def _rows(table: Table, given: Given) -> Rows:
    return Rows(table.words, table.facts, given)


def _parts(details: Details) -> list[Parts]:
    """Return what the score text x travel x load x dates is made of, as a sum."""
    travelled = details.text * details.travel
    carried = travelled * details.load
    dated = carried * details.dates
    lost = (travelled - details.text, carried - travelled, dated - carried)
    rows = zip(details.text.tolist(), *(part.tolist() for part in lost), strict=True)
    return [Parts(*row) for row in rows]
