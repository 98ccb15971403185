"""The near neighbours of a need's words, compiled: which of them count, and how much each."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.compiled import compiled, compiled_within
from matcher.matching.wordrows import Doubles

# Neighbours of one word that are looked for in the offers.
MOST_NEAR = 8


class NearTable(NamedTuple):
    """The term table with the idf of each stem, 0 for those that no offer or past request has.

    Stem s has the neighbours starts[s] to starts[s+1], the nearest first. A neighbour has `share`
    times its likeness of a word's weight.
    """

    starts: NDArray[np.int64]
    near: NDArray[np.uint16]
    percent: NDArray[np.uint8]
    idf: Doubles
    share: float


class Plain(NamedTuple):
    """Words of a need by number, -1 for those that the term table has not, with their weights."""

    stems: NDArray[np.int64]
    weights: Doubles


class Near(NamedTuple):
    """Neighbours by number: the weight of each, and the place of the word it is nearest to."""

    stems: NDArray[np.int64]
    weights: Doubles
    sources: NDArray[np.int64]


@compiled
def nearest_to(plain: Plain, table: NearTable) -> Near:
    """Return the neighbours of the words. One of several words is nearer, and adds up."""
    most = plain.stems.size * MOST_NEAR
    found = Near(np.empty(most, np.int64), np.empty(most), np.empty(most, np.int64))
    count = 0
    for place in range(plain.stems.size):
        if plain.stems[place] >= 0:
            count = _add_near(found, count, plain, place, table)
    return Near(found.stems[:count], found.weights[:count], found.sources[:count])


@compiled_within
def _add_near(found: Near, count: int, plain: Plain, place: int, table: NearTable) -> int:
    own, taken = plain.stems, 0
    for entry in range(table.starts[own[place]], table.starts[own[place] + 1]):
        stem = int(table.near[entry])
        if taken < MOST_NEAR and table.idf[stem] > 0.0 and _find(own, own.size, stem) == own.size:
            taken += 1
            added = table.share * (table.percent[entry] / 100.0) * plain.weights[place]
            at = _find(found.stems, count, stem)
            if at == count:
                found.stems[at], found.weights[at], found.sources[at] = stem, 0.0, place
                count += 1
            if found.weights[at] < added:
                found.sources[at] = place
            found.weights[at] += added
    return count


@compiled_within
def _find(numbers: NDArray[np.int64], count: int, number: int) -> int:
    for place in range(count):
        if numbers[place] == number:
            return place
    return count
