"""The words of many offers in flat arrays, and the text score of one of them, compiled.

Offers hold items, items hold terms with their counts. Weights are those of scikit-learn's
TfidfVectorizer with sublinear_tf, smooth_idf and norm "l2", made from the counts when read.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.compiled import compiled, compiled_within

Doubles = NDArray[np.float64]
# 1 + log(count) by count, for counts in one item and for most in a whole offer.
_LOGS = 1.0 + np.log(np.maximum(np.arange(256), 1))


class WordRows(NamedTuple):
    """Offer r has items offer_items[r] to offer_items[r+1]; item i has the terms
    item_starts[i] to item_starts[i+1]. The norms are inverse: 1 over the length of the vector.
    `thickness` is BM25's k1 (1 - b + b length / average).
    """

    offer_items: NDArray[np.int32]
    item_starts: NDArray[np.int64]
    terms: NDArray[np.int32]
    counts: NDArray[np.uint8]
    item_norm: NDArray[np.float32]
    whole_norm: NDArray[np.float32]
    thickness: NDArray[np.float32]


class Scale(NamedTuple):
    """The idf by term, which terms are words (concepts add no length), and BM25's thickness as
    base + slope x length: k1 (1 - b) and k1 b / average length.
    """

    idf: Doubles
    plain: NDArray[np.bool_]
    base: float
    slope: float


class NeedVector(NamedTuple):
    """A need as arrays: slot[term] is 0 or one more than the place of the term in the others.

    `terms` are the numbers of its terms.
    `cosine` is the need's normalised weight times the idf of the offer's side; `bm25` the share of
    the need's idf mass. `whole`, `items` and `extra` are the weights of the three parts, adding
    up to 1.
    """

    slot: NDArray[np.int16]
    terms: NDArray[np.int64]
    cosine: Doubles
    bm25: Doubles
    whole: float
    items: float
    extra: float


@compiled
def weigh_rows(rows: WordRows, first: int, last: int, scale: Scale, total: Doubles) -> None:
    """Fill in the norms and the thickness of the rows from first up to last.

    `total` is room for one number a term, all 0 before and after.
    """
    for row in range(first, last):
        start, end = rows.offer_items[row], rows.offer_items[row + 1]
        for item in range(start, end):
            rows.item_norm[item] = _inverse_item_norm(rows, item, scale.idf, total)
        length, squares = _take_whole(rows, start, end, scale, total)
        rows.whole_norm[row] = 1.0 / np.sqrt(squares) if squares > 0.0 else 0.0
        rows.thickness[row] = scale.base + scale.slope * length


@compiled_within
def _inverse_item_norm(rows: WordRows, item: int, idf: Doubles, total: Doubles) -> float:
    squares = 0.0
    for place in range(rows.item_starts[item], rows.item_starts[item + 1]):
        term, count = rows.terms[place], float(rows.counts[place])
        total[term] += count
        squares += ((1.0 + np.log(count)) * idf[term]) ** 2
    return 1.0 / np.sqrt(squares) if squares > 0.0 else 0.0


@compiled_within
def _take_whole(
    rows: WordRows, start: int, end: int, scale: Scale, total: Doubles
) -> tuple[float, float]:
    length, squares = 0.0, 0.0
    for place in range(rows.item_starts[start], rows.item_starts[end]):
        term = rows.terms[place]
        count = total[term]
        if count > 0.0:
            length += count if scale.plain[term] else 0.0
            squares += ((1.0 + np.log(count)) * scale.idf[term]) ** 2
            total[term] = 0.0
    return length, squares


@compiled_within
def text_score(rows: WordRows, row: int, need: NeedVector, counted: Doubles) -> float:
    """Return the text score of one offer; `counted` is room for the counts of the need's terms."""
    start, end = rows.offer_items[row], rows.offer_items[row + 1]
    if start == end:
        return 0.0
    counted[:] = 0.0
    squares = 0.0
    for item in range(start, end):
        squares += (_item_dot(rows, item, need, counted) * rows.item_norm[item]) ** 2
    if squares == 0.0:
        return 0.0
    whole, bm25 = _whole_parts(rows, row, need, counted)
    rms = float(np.sqrt(squares / (end - start)))
    return need.whole * whole + need.items * rms + need.extra * bm25


@compiled_within
def _item_dot(rows: WordRows, item: int, need: NeedVector, counted: Doubles) -> float:
    dot = 0.0
    slots, terms, cosine = need.slot, rows.terms, need.cosine
    for place in range(rows.item_starts[item], rows.item_starts[item + 1]):
        slot = slots[terms[place]]
        if slot > 0:
            count = rows.counts[place]
            counted[slot - 1] += count
            dot += cosine[slot - 1] * _LOGS[count]
    return dot


@compiled_within
def _whole_parts(
    rows: WordRows, row: int, need: NeedVector, counted: Doubles
) -> tuple[float, float]:
    dot, bm25 = 0.0, 0.0
    thickness = rows.thickness[row]
    for slot in range(counted.size):
        count = counted[slot]
        if count > 0.0:
            weight = _LOGS[int(count)] if count < 256.0 else 1.0 + np.log(count)
            dot += need.cosine[slot] * weight
            bm25 += need.bm25[slot] * count / (count + thickness)
    return dot * rows.whole_norm[row], bm25
