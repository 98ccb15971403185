"""Which offers have a term, and at most how much it can add: lists that a ranking reads first.

The text score of an offer is at most the sum over the need's terms of what each would add alone:
the whole offer's cosine and BM25 add up exactly, and the root mean square of the items' cosines
never exceeds the sum of those of the single terms (Minkowski). So rows whose sum stays below the
best found so far need no closer look, and the ranking stays exact. Both amounts are rounded up.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.compiled import compiled, compiled_within
from matcher.matching.wordrows import WordRows

# One step of a rounded amount. Times the idf a weight is at most 1, and no idf is below 0.83 (that
# of a concept everybody has), so that amounts stay below 1.21; 65,535 steps make 1.31.
STEP = 2e-5


# `cosine` times the idf and the need's share, and `bm25` times the need's share of the mass, bound
# what a term can add in a row. One record, so that a ranking reads one stream of memory.
ENTRY = np.dtype([("row", np.uint32), ("cosine", np.uint16), ("bm25", np.uint16)], align=True)


class Postings(NamedTuple):
    """Term t has the records starts[t] to starts[t+1] of `entries`, by row."""

    starts: NDArray[np.int64]
    entries: NDArray[np.void]


class PartWeights(NamedTuple):
    """The weights of the three parts of the text score, adding up to 1."""

    whole: float
    items: float
    bm25: float


class _Room(NamedTuple):
    """Room for one number a term: where the next entry goes, and sums over one row's items."""

    free: NDArray[np.int64]
    counts: NDArray[np.float64]
    squares: NDArray[np.float64]


@compiled
def make_postings(words: WordRows, terms: int, parts: PartWeights) -> Postings:
    """Return the postings of all rows, for terms numbered below `terms`."""
    starts = _counted_starts(words, terms)
    size = starts[terms]
    postings = Postings(starts, np.empty(size, ENTRY))
    room = _Room(starts[:-1].copy(), np.zeros(terms), np.zeros(terms))
    for row in range(words.offer_items.size - 1):
        _add_up(words, row, room)
        _post(words, row, postings, room, parts)
    return postings


@compiled
def _counted_starts(words: WordRows, terms: int) -> NDArray[np.int64]:
    starts = np.zeros(terms + 1, np.int64)
    last = np.full(terms, -1, np.int64)
    for row in range(words.offer_items.size - 1):
        first, end = words.offer_items[row], words.offer_items[row + 1]
        for place in range(words.item_starts[first], words.item_starts[end]):
            term = words.terms[place]
            if last[term] != row:
                last[term] = row
                starts[term + 1] += 1
    added: NDArray[np.int64] = np.cumsum(starts)
    return added


@compiled_within
def _add_up(words: WordRows, row: int, room: _Room) -> None:
    for item in range(words.offer_items[row], words.offer_items[row + 1]):
        for place in range(words.item_starts[item], words.item_starts[item + 1]):
            term, count = words.terms[place], float(words.counts[place])
            room.counts[term] += count
            room.squares[term] += ((1.0 + np.log(count)) * words.item_norm[item]) ** 2


@compiled_within
def _post(words: WordRows, row: int, postings: Postings, room: _Room, parts: PartWeights) -> None:
    first, end = words.offer_items[row], words.offer_items[row + 1]
    for place in range(words.item_starts[first], words.item_starts[end]):
        term = words.terms[place]
        count = room.counts[term]
        if count > 0.0:
            whole = parts.whole * (1.0 + np.log(count)) * words.whole_norm[row]
            items = parts.items * np.sqrt(room.squares[term] / (end - first))
            bm25 = parts.bm25 * count / (count + words.thickness[row])
            entry = postings.entries[room.free[term]]
            entry.row = row
            entry.cosine = _rounded_up(whole + items)
            entry.bm25 = _rounded_up(bm25)
            room.free[term] += 1
            room.counts[term] = 0.0
            room.squares[term] = 0.0


@compiled_within
def _rounded_up(amount: float) -> int:
    return int(min(np.ceil(amount / STEP), 65_535.0))
