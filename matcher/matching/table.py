"""A table of offers in flat arrays: their words, and the facts that bars and preferences read.

Rows are only appended. A removed offer stays as a dead row until the tables are merged.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar  # columns of several number types, kept by name

import numpy as np
from numpy.typing import NDArray

from matcher.matching.analyzer import Analyzer
from matcher.matching.blocks import block_order
from matcher.matching.growing import Growing
from matcher.matching.items import item_terms
from matcher.matching.offers import Offer, Point
from matcher.matching.reach import FACT, KM_PER_MILE, Facts
from matcher.matching.topics import Topic, topic_of
from matcher.matching.vocabulary import Vocabulary
from matcher.matching.weights import Weights
from matcher.matching.wordrows import WordRows, weigh_rows

Items = Sequence[Sequence[str]]
Name = TypeVar("Name")
Numbers: TypeAlias = "array[int]"  # of rows: it grows as a list does and is copied as memory
MOST_KINDS = 64
_LARGEST_COUNT = 255


@dataclass(frozen=True)
class Encoder:
    """Turns offers into numbers. One is shared by all tables of an index."""

    analyzer: Analyzer
    vocabulary: Vocabulary
    weights: Weights
    outcodes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)

    def items(self, read: Iterable[Sequence[str]]) -> list[Counter[int]]:
        """Return the terms of each item by number, with their counts."""
        return [Counter(self.vocabulary.numbers(terms)) for terms in read]

    def outcode(self, point: Point | None) -> int:
        """Return the number of the point's outward code, 0 for none."""
        if point is None or not point.outcode:
            return 0
        return self.outcodes.setdefault(point.outcode, len(self.outcodes) + 1)

    def kind_bits(self, kinds: Iterable[str]) -> int:
        """Return one bit for each kind of help. Raises ValueError beyond MOST_KINDS kinds."""
        bits = 0
        for kind in kinds:
            number = self.kinds.setdefault(kind, len(self.kinds))
            if number >= MOST_KINDS:
                raise ValueError(f"there may be up to {MOST_KINDS} kinds of help")
            bits |= 1 << number
        return bits

    def load_share(self, offer: Offer) -> float:
        """Return what remains of a score for the recent asks; 0 where no ask is left."""
        if offer.asks_left is not None and offer.asks_left <= 0:
            return 0.0
        asks = max(offer.recent_asks, 0)
        return 1.0 - self.weights.load * asks / (asks + self.weights.load_asks)


class Table:
    """Offers in rows. `facts` and `words` are views of the rows that are complete, so that reading
    is safe while one thread appends. What is read with them must be asked for after them.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.offers: list[Offer] = []
        self.rows: dict[str, int] = {}
        self.by_organisation: dict[str, Numbers] = {}
        self.by_related: dict[str, Numbers] = {}
        self.by_area: dict[str, Numbers] = {}
        self.with_areas: Numbers = array("q")
        self.by_topic: dict[Topic, Numbers] = {}
        self.away = Growing(np.int64)
        self._facts = Growing(FACT)
        self._words = {name: Growing(kind) for name, kind in _WORD_KINDS.items()}
        self._words["offer_items"].append(0)
        self._words["item_starts"].append(0)
        self._total = np.zeros(0)
        self._complete = 0

    def __len__(self) -> int:
        """Return the number of rows, dead ones included."""
        return self._complete

    @property
    def facts(self) -> Facts:
        """The facts of all rows."""
        return self._facts.used[: self._complete]

    @property
    def words(self) -> WordRows:
        """The words of all rows."""
        return self._words_up_to(self._complete)

    def extend(self, offers: Sequence[Offer], read: Iterable[Items] | None = None) -> None:
        """Append offers, none of which is in the table alive. `read` are their items as terms, if
        they have been read already.
        """
        first = len(self.offers)
        analyzer = self.encoder.analyzer
        self._append_words(read or (item_terms(offer, analyzer) for offer in offers))
        self._facts.extend([_fact(offer, self.encoder) for offer in offers])
        for row, offer in enumerate(offers, start=first):
            self._append_lists(offer, row)
        self._weigh(first)

    def remove(self, offer_id: str) -> None:
        """Let the offer's row be dead. Raises KeyError where there is none."""
        self._facts.used["alive"][self.rows.pop(offer_id)] = False

    def set_load(self, offer: Offer) -> None:
        """Write the asks and the rest of an offer, whose other facts are as they were."""
        row = self.rows[offer.id]
        self.offers[row] = offer
        self._facts.used["load"][row] = self.encoder.load_share(offer)
        self._facts.used["resting"][row] = _ordinal(offer)

    def _append_words(self, read: Iterable[Items]) -> None:
        items = [self.encoder.items(one) for one in read]
        flat = [item for one in items for item in one]
        self._words["terms"].extend([term for item in flat for term in item])
        counts = [count for item in flat for count in item.values()]
        self._words["counts"].extend(np.minimum(counts, _LARGEST_COUNT))
        self._append_sizes([len(one) for one in items], [len(item) for item in flat])

    def _append_sizes(self, items: Sequence[int], terms: Sequence[int]) -> None:
        # How many items each new offer has, and how many terms each new item.
        words = self._words
        item_ends = words["offer_items"].used[-1] + np.cumsum(items, dtype=np.int64)
        term_ends = words["item_starts"].used[-1] + np.cumsum(terms, dtype=np.int64)
        words["offer_items"].extend(item_ends)
        words["item_starts"].extend(term_ends)
        words["item_norm"].extend(np.zeros(len(terms)))
        words["whole_norm"].extend(np.zeros(len(items)))
        words["thickness"].extend(np.zeros(len(items)))

    def _append_lists(self, offer: Offer, row: int) -> None:
        self.offers.append(offer)
        self.rows[offer.id] = row
        if offer.organisation_id is not None:
            _list(self.by_organisation, offer.organisation_id, row)
        for organisation in offer.related_organisations:
            _list(self.by_related, organisation, row)
        for area in offer.travel.areas:
            _list(self.by_area, area, row)
        if offer.travel.areas:
            self.with_areas.append(row)
        for topic in filter(None, map(topic_of, offer.not_for_me)):
            _list(self.by_topic, topic, row)
        for first, last in offer.away:
            self.away.extend((row, first.toordinal(), last.toordinal()))

    @classmethod
    def gathered(cls, encoder: Encoder, tables: Sequence["Table"]) -> "Table":
        """Return a table of the living offers of others, in the order in which blocks hold them.

        The encoder may be another than theirs if its numbers are the same.
        """
        made = cls(encoder)
        whole = cls(encoder)
        for table in tables:
            whole._copy(table, np.flatnonzero(table.facts["alive"]))
        if any(table.encoder is not encoder for table in tables):
            whole._weigh_load()
        made._copy(whole, block_order(whole.facts))
        return made

    def _copy(self, other: "Table", chosen: NDArray[np.int64]) -> None:
        words, first = other.words, len(self.offers)
        items = _spans(words.offer_items, chosen)
        places = _spans(words.item_starts, items)
        self._words["terms"].extend(words.terms[places])
        self._words["counts"].extend(words.counts[places])
        sizes = np.diff(words.offer_items)[chosen], np.diff(words.item_starts)[items]
        self._append_sizes(sizes[0].tolist(), sizes[1].tolist())
        self._facts.extend(other.facts[chosen])
        for row, old in enumerate(chosen.tolist(), start=first):
            self._append_lists(other.offers[old], row)
        self._weigh(first)

    def _weigh_load(self) -> None:
        load = [self.encoder.load_share(offer) for offer in self.offers]
        self._facts.used["load"] = np.array(load, np.float32)

    def _weigh(self, first: int) -> None:
        scale = self.encoder.vocabulary.scale()
        if self._total.size < scale.idf.size:
            self._total = np.zeros(2 * scale.idf.size)
        size = len(self.offers)
        weigh_rows(self._words_up_to(size), first, size, scale, self._total)
        self._complete = size

    def _words_up_to(self, size: int) -> WordRows:
        columns: dict[str, Any] = {name: one.used for name, one in self._words.items()}
        columns["offer_items"] = columns["offer_items"][: size + 1]
        return WordRows(**columns)


_WORD_KINDS: dict[str, type[np.generic]] = {
    "offer_items": np.int32,
    "item_starts": np.int64,
    "terms": np.int32,
    "counts": np.uint8,
    "item_norm": np.float32,
    "whole_norm": np.float32,
    "thickness": np.float32,
}


def _list(rows: dict[Name, Numbers], name: Name, row: int) -> None:
    if name not in rows:
        rows[name] = array("q")
    rows[name].append(row)


def _fact(offer: Offer, encoder: Encoder) -> tuple[float, ...]:
    """Return what the bars read of an offer, in the order of `FACT`."""
    travel = offer.travel
    return (
        encoder.kind_bits(offer.kinds) or (1 << MOST_KINDS) - 1,
        *on_sphere(offer.place),
        math.inf if travel.miles is None else travel.miles * KM_PER_MILE,
        math.inf if travel.train_minutes is None else travel.train_minutes,
        math.inf if travel.car_minutes is None else travel.car_minutes,
        encoder.outcode(offer.place),
        encoder.load_share(offer),
        _ordinal(offer),
        travel.remote,
        True,
    )


def on_sphere(point: Point | None) -> tuple[float, float, float]:
    """Return the point on the unit sphere, three NaN for none."""
    if point is None:
        return (math.nan, math.nan, math.nan)
    latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
    across = math.cos(latitude)
    return (across * math.cos(longitude), across * math.sin(longitude), math.sin(latitude))


def _spans(starts: NDArray[Any], chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places that the chosen entries reach over, one after another."""
    sizes = (starts[chosen + 1] - starts[chosen]).astype(np.int64)
    ends = np.cumsum(sizes)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    spans: NDArray[np.int64] = np.repeat(starts[chosen].astype(np.int64), sizes) + within
    return spans


def away_rows(table: Table) -> NDArray[np.int64]:
    """Return the absences as rows of (row of the offer, first ordinal, last ordinal)."""
    return table.away.used.reshape(-1, 3)


def _ordinal(offer: Offer) -> int:
    return 0 if offer.resting_until is None else offer.resting_until.toordinal()
