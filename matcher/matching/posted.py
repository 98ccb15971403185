"""The best rows of a large table, compiled: block by block, by postings, closely where it matters.

For each block in reach the postings give what each row can have at most. Rows are then looked at
closely from the highest downwards, until what is left cannot be among the best.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.best import SLACK, Question, Rows, offer_to_heap, share_of
from matcher.matching.blocks import BLOCK, Blocks, may_reach
from matcher.matching.compiled import compiled
from matcher.matching.postings import STEP, Postings
from matcher.matching.wordrows import Doubles, text_score

# Any term of an offer adds more than this.
_LEAST = 1e-12


class Large(NamedTuple):
    """A table with what makes it quick to search."""

    rows: Rows
    postings: Postings
    blocks: Blocks


class _Work(NamedTuple):
    """Room of one search: the heap of the best scores, what was kept, and a block's sums.

    `found` holds one number, how many are kept; `chosen` those of a block to be looked at.
    """

    heap: Doubles
    kept: NDArray[np.int64]
    scores: Doubles
    sums: NDArray[np.float32]
    counted: Doubles
    cursors: NDArray[np.int64]
    found: NDArray[np.int64]
    chosen: NDArray[np.int64]


@compiled
def best_posted(large: Large, question: Question, heap: Doubles) -> NDArray[np.int64]:
    """Return what `best_rows` returns, without looking at every row."""
    size = large.rows.facts.x.size
    terms = question.need.terms
    work = _Work(
        heap,
        np.empty(size, np.int64),
        np.empty(size),
        np.zeros(BLOCK, np.float32),
        np.zeros(terms.size),
        large.postings.starts[terms],
        np.zeros(1, np.int64),
        np.empty(BLOCK, np.int64),
    )
    for block in range(large.blocks.x.size):
        if may_reach(large.blocks, block, question.asked):
            highest = _sum_up(large, question, work, block)
            _look(large, question, work, first=block * BLOCK, highest=highest)
            work.sums[:] = 0.0
    found = work.found[0]
    best: NDArray[np.int64] = work.kept[:found][work.scores[:found] >= heap[0] - SLACK]
    return best


@compiled
def _sum_up(large: Large, question: Question, work: _Work, block: int) -> float:
    """Add up the block's postings of all terms, and return the highest sum."""
    first, need, starts = block * BLOCK, question.need, large.postings.starts
    # Columns are taken out of their tuples once: inside a loop that costs a count of references.
    rows, cosines, bm25s = large.postings.rows, large.postings.cosine, large.postings.bm25
    sums, cursors = work.sums, work.cursors
    for slot in range(need.terms.size):
        end = starts[need.terms[slot] + 1]
        place = _forward(rows, cursors[slot], end, first)
        cosine, bm25 = np.float32(need.cosine[slot] * STEP), np.float32(need.bm25[slot] * STEP)
        while place < end and rows[place] < first + BLOCK:
            amount = cosine * np.float32(cosines[place]) + bm25 * np.float32(bm25s[place])
            sums[rows[place] - first] += amount
            place += 1
        cursors[slot] = place
    return float(sums.max())


@compiled
def _forward(rows: NDArray[np.int32], place: int, end: int, first: int) -> int:
    """Return the first place from `place` whose row is not before `first`."""
    if place >= end or rows[place] >= first:
        return place
    low, high = place, end
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < first:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _look(large: Large, question: Question, work: _Work, first: int, highest: float) -> None:
    """Look closely at the rows of a block whose sum may be enough, from the highest downwards."""
    sums, heap, chosen = work.sums, work.heap, work.chosen
    floor = max(heap[0] - SLACK, _LEAST)
    if highest < floor:
        return
    count = 0
    for row in range(min(BLOCK, large.rows.facts.x.size - first)):
        if sums[row] >= floor:
            chosen[count] = row
            count += 1
    ordered = np.argsort(-sums[chosen[:count]])
    for place in range(count):
        row = chosen[ordered[place]]
        if sums[row] < heap[0] - SLACK:
            return
        _keep(large.rows, first + row, question, work)


@compiled
def _keep(rows: Rows, row: int, question: Question, work: _Work) -> None:
    share = share_of(rows, row, question.asked)
    floor = work.heap[0] - SLACK
    if share == 0.0 or work.sums[row % BLOCK] * share < floor:
        return
    score = share * text_score(rows.words, row, question.need, work.counted)
    if score > 0.0 and score >= floor:
        found = work.found[0]
        work.kept[found], work.scores[found] = row, score
        work.found[0] = found + 1
        offer_to_heap(work.heap, score)
