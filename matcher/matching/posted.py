"""The best rows of a large table, compiled: sums by postings, then a close look where it matters.

The postings give what each row in reach can have at most. The rows with the highest sums are looked
at closely first; then few others can still be among the best, and those are looked at too.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.best import SLACK, Question, Rows, offer_to_heap, share_of
from matcher.matching.blocks import BLOCK, Blocks, may_reach
from matcher.matching.compiled import compiled, compiled_within
from matcher.matching.postings import STEP, Postings
from matcher.matching.reach import Asked
from matcher.matching.wordrows import Doubles, text_score

# Any term of an offer adds more than this.
_LEAST = 1e-12
# Blocks summed up together, so that the sums stay in the second-level cache.
_TOGETHER = 8
# Rows of which the highest sum is kept.
_CHUNK = 64
# So many more than are wanted are looked at first, because some of them are barred; where that was
# not enough, those with less than this part of the sum before, so many times over.
_SPARE = 12
_LESS = 0.8
_TIMES = 8


class Large(NamedTuple):
    """A table with what makes it quick to search."""

    rows: Rows
    postings: Postings
    blocks: Blocks


class _Work(NamedTuple):
    """Room of one search: the best scores so far, what was kept, each row's sum, and the highest
    sum of each chunk of rows. `found` holds one number, how many are kept; `cursors` and `ends`
    are what is still to be read of each term's postings; `chosen` and `shares` are the rows that
    are looked at next.
    """

    heap: Doubles
    kept: NDArray[np.int64]
    scores: Doubles
    found: NDArray[np.int64]
    counted: Doubles
    cursors: NDArray[np.int64]
    ends: NDArray[np.int64]
    sums: NDArray[np.float32]
    highest: NDArray[np.float32]
    chosen: NDArray[np.int64]
    shares: Doubles


@compiled
def best_posted(large: Large, question: Question, heap: Doubles) -> NDArray[np.int64]:
    """Return what `best_rows` returns, without looking at every row."""
    size = large.rows.facts.size
    terms, starts = question.need.terms, large.postings.starts
    # Terms that came with later offers have no postings.
    known = np.minimum(terms, starts.size - 1)
    work = _Work(
        heap,
        np.empty(size, np.int64),
        np.empty(size),
        np.zeros(1, np.int64),
        np.zeros(terms.size),
        starts[known],
        starts[np.minimum(terms + 1, starts.size - 1)],
        large.rows.given.sums,
        np.zeros(-(-size // _CHUNK), np.float32),
        np.empty(size, np.int64),
        np.empty(size),
    )
    _sum_up_in_reach(large, question, work)
    _look_from_the_top(large.rows, question, work)
    found = work.found[0]
    best: NDArray[np.int64] = work.kept[:found][work.scores[:found] >= heap[0] - SLACK]
    return best


@compiled_within
def _sum_up_in_reach(large: Large, question: Question, work: _Work) -> None:
    blocks, asked, size = large.blocks, question.asked, large.rows.facts.size
    block, count = 0, large.blocks.x.size
    while block < count:
        first = block
        while block < count and block - first < _TOGETHER and may_reach(blocks, block, asked):
            block += 1
        if block == first:
            block += 1
        else:
            _sum_up(large.postings, question, work, first * BLOCK, min(block * BLOCK, size))


@compiled_within
def _sum_up(postings: Postings, question: Question, work: _Work, first: int, last: int) -> None:
    """Add up the postings of all terms for the rows from first up to last."""
    need, ends = question.need, work.ends
    # Columns are taken out of their tuples once: inside a loop that costs a count of references.
    entries, sums, cursors = postings.entries, work.sums, work.cursors
    sums[first:last] = 0.0
    for slot in range(need.terms.size):
        end = ends[slot]
        place = _forward(entries, cursors[slot], end, first)
        cosine, bm25 = np.float32(need.cosine[slot] * STEP), np.float32(need.bm25[slot] * STEP)
        while place < end:
            entry = entries[place]
            if entry.row >= last:
                break
            sums[entry.row] += cosine * np.float32(entry.cosine) + bm25 * np.float32(entry.bm25)
            place += 1
        cursors[slot] = place
    _keep_highest(sums, work.highest, first, last)


@compiled_within
def _keep_highest(
    sums: NDArray[np.float32], highest: NDArray[np.float32], first: int, last: int
) -> None:
    # Numbers not below 0 are in the order of their bits, and whole numbers compare faster.
    bits, tops = sums.view(np.int32), highest.view(np.int32)
    for start in range(first, last, _CHUNK):
        chunk = bits[start : min(start + _CHUNK, last)]
        top = np.int32(0)
        for place in range(chunk.size):
            top = chunk[place] if chunk[place] > top else top
        tops[start // _CHUNK] = top


@compiled_within
def _forward(entries: NDArray[np.void], place: int, end: int, first: int) -> int:
    """Return the first place from `place` whose row is not before `first`."""
    if place >= end or entries[place].row >= first:
        return place
    low, step = place, 1
    while low + step < end and entries[low + step].row < first:
        low += step
        step *= 2
    high = min(low + step, end)
    while low < high:
        middle = (low + high) // 2
        if entries[middle].row < first:
            low = middle + 1
        else:
            high = middle
    return low


@compiled_within
def _first_floor(work: _Work) -> float:
    """Return a sum that about as many rows have as are wanted; 0 where all are wanted."""
    wanted = work.heap.size + _SPARE
    if wanted >= work.highest.size:
        return 0.0
    tops = work.scores[:wanted]
    tops[:] = 0.0
    for chunk in range(work.highest.size):
        offer_to_heap(tops, float(work.highest[chunk]))
    return float(tops[0])


@compiled_within
def _look_from_the_top(rows: Rows, question: Question, work: _Work) -> None:
    lowest = _first_floor(work)
    _look(rows, question, work, lowest)
    for _ in range(_TIMES):
        if work.heap[0] > 0.0:
            break
        lowest *= _LESS
        _look(rows, question, work, lowest)
    _look(rows, question, work, 0.0)


@compiled_within
def _look(rows: Rows, question: Question, work: _Work, lowest: float) -> None:
    """Look closely at every row, not seen yet, whose sum is `lowest` or more and may be enough."""
    for place in range(_choose(rows, question.asked, work, lowest)):
        row, share = work.chosen[place], work.shares[place]
        floor = work.heap[0] - SLACK
        if work.sums[row] * share >= floor:
            score = share * text_score(rows.words, row, question.need, work.counted)
            if score > 0.0 and score >= floor:
                _keep(work, row, score)
        work.sums[row] = 0.0


@compiled_within
def _choose(rows: Rows, asked: Asked, work: _Work, lowest: float) -> int:
    """Write down the rows to be looked at, with what remains of their scores; return how many."""
    sums, size, count = work.sums, rows.facts.size, 0
    floor = work.heap[0] - SLACK
    lowest = max(lowest, floor, _LEAST)
    for chunk in range(work.highest.size):
        if work.highest[chunk] >= lowest:
            for row in range(chunk * _CHUNK, min((chunk + 1) * _CHUNK, size)):
                if sums[row] >= lowest:
                    share = share_of(rows, row, asked)
                    if share > 0.0 and sums[row] * share >= floor:
                        work.chosen[count], work.shares[count] = row, share
                        count += 1
    return count


@compiled_within
def _keep(work: _Work, row: int, score: float) -> None:
    found = work.found[0]
    work.kept[found], work.scores[found] = row, score
    work.found[0] = found + 1
    offer_to_heap(work.heap, score)
