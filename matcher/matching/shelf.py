"""All offers of an index: one large table that is quick to search, and small ones of late changes.

Adding appends to a small table and removing marks a row as dead, so both are seen at once. When
the small table is full, the tables are gathered into a new large one, beside the work; until it
is ready a new small table takes what comes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock, Thread

import numpy as np
from numpy.typing import NDArray

from matcher.matching.best import Question, Rows, best_rows
from matcher.matching.blocks import Blocks, make_blocks
from matcher.matching.marks import MarkRoom
from matcher.matching.offers import Offer
from matcher.matching.posted import Large, best_posted
from matcher.matching.postings import PartWeights, Postings, make_postings
from matcher.matching.table import Encoder, Items, Table
from matcher.matching.wordrows import Doubles

# A small table is read row by row, which takes about 0.1 ms for a thousand.
FULL = 4_000
# From this many offers on postings are worth their making.
LARGE = 2_000


@dataclass
class Tray:
    """One table with the room its rankings use, and postings where it is large."""

    table: Table
    postings: Postings | None = None
    blocks: Blocks | None = None
    room: MarkRoom = field(default_factory=MarkRoom)

    def best(self, rows: Rows, question: Question, heap: Doubles) -> NDArray[np.int64]:
        """Return the rows that may be among the best; `heap` holds the best scores so far."""
        if self.postings is None or self.blocks is None:
            return best_rows(rows, question, heap)
        return best_posted(Large(rows, self.postings, self.blocks), question, heap)


class Shelf:
    """The trays of an index. One thread may add and remove while others read."""

    def __init__(
        self,
        encoder: Encoder,
        offers: Sequence[Offer],
        *,
        read: Sequence[Items] | None = None,
        full: int = FULL,
    ) -> None:
        self._encoder = encoder
        self._full = full
        self._lock = Lock()
        self._merging: Thread | None = None
        table = Table(encoder)
        table.extend(offers, read)
        self._trays = [self._gathered([table]), Tray(Table(encoder))]

    def under(self, encoder: Encoder) -> "Shelf":
        """Return a shelf of the same offers under other weights; no text is read for it."""
        other = Shelf(encoder, (), full=self._full)
        with self._lock:
            tables = [tray.table for tray in self._trays]
        other._trays = [other._gathered(tables), Tray(Table(encoder))]
        return other

    def __len__(self) -> int:
        """Return the number of living offers."""
        return sum(len(tray.table.rows) for tray in self._trays)

    def __contains__(self, offer_id: str) -> bool:
        """Return whether an offer of this id is there."""
        return any(offer_id in tray.table.rows for tray in self._trays)

    def __getstate__(self) -> dict[str, object]:
        """Return the state for another process, without a merge that is under way."""
        return {"_encoder": self._encoder, "_full": self._full, "_trays": self._trays}

    def __setstate__(self, state: dict[str, object]) -> None:
        """Take the state of another process."""
        self.__dict__.update(state, _lock=Lock(), _merging=None)

    def find(self, offer_id: str) -> Offer | None:
        """Return the offer of this id, or None."""
        for tray in self._trays:
            row = tray.table.rows.get(offer_id)
            if row is not None:
                return tray.table.offers[row]
        return None

    def trays(self) -> Iterator[Tray]:
        """Yield the trays that hold anything, as they are now."""
        return iter([tray for tray in self._trays if len(tray.table)])

    def add(self, offer: Offer) -> None:
        """Add an offer, or put it in the place of the one with its id."""
        with self._lock:
            if not self._set_load(offer):
                self._forget(offer.id)
                self._trays[-1].table.extend((offer,))
        self._merge_if_full()

    def remove(self, offer_id: str) -> None:
        """Remove an offer. Raises KeyError where there is none of this id."""
        with self._lock:
            if not self._forget(offer_id):
                raise KeyError(offer_id)

    def wait(self) -> None:
        """Wait until a merge that is under way is done."""
        if self._merging is not None:
            self._merging.join()

    def _set_load(self, offer: Offer) -> bool:
        # Asks and rests change daily; they are written in place.
        for tray in self._trays:
            row = tray.table.rows.get(offer.id)
            if row is not None and tray.table.offers[row].same_but_for_load(offer):
                tray.table.set_load(offer)
                return True
        return False

    def _forget(self, offer_id: str) -> bool:
        for tray in self._trays:
            if offer_id in tray.table.rows:
                tray.table.remove(offer_id)
                return True
        return False

    def _merge_if_full(self) -> None:
        busy = self._merging is not None and self._merging.is_alive()
        if len(self._trays[-1].table) >= self._full and not busy:
            with self._lock:
                self._trays.append(Tray(Table(self._encoder)))
            self._merging = Thread(target=self._merge, daemon=True)
            self._merging.start()

    def _merge(self) -> None:
        old = self._trays[:-1]
        made = self._gathered([tray.table for tray in old])
        with self._lock:
            self._catch_up(made.table, [tray.table for tray in old])
            self._trays = [made, self._trays[-1]]

    def _catch_up(self, made: Table, old: Sequence[Table]) -> None:
        # What was removed or written in place while the new table was being made.
        now = {offer_id: table.offers[row] for table in old for offer_id, row in table.rows.items()}
        for offer_id in [one for one in made.rows if one not in now]:
            made.remove(offer_id)
        for offer_id, row in made.rows.items():
            if made.offers[row] is not now[offer_id]:
                made.set_load(now[offer_id])

    def _gathered(self, tables: Sequence[Table]) -> Tray:
        table = Table.gathered(self._encoder, tables)
        if len(table) < LARGE:
            return Tray(table)
        weights = self._encoder.weights
        together = weights.whole + weights.items + weights.bm25
        parts = PartWeights(
            weights.whole / together, weights.items / together, weights.bm25 / together
        )
        terms = len(self._encoder.vocabulary)
        postings = make_postings(table.words, terms, parts)
        return Tray(table, postings, make_blocks(table.facts))
