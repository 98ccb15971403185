"""Who goes to whom, over all open requests at once: most served first, then the best total.

Requests want places, offers have room for so many. The answer is an optimum of minimum-cost flow
(Google OR-tools). With `fair`, the worst match is made as good as it can be before the total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter

import numpy as np

from matcher.matching.flow import Network


class Unserved(StrEnum):
    """Why a place stays empty: nobody suits, or those who do are wanted more elsewhere."""

    NO_CANDIDATE = "no_candidate"
    ALL_TAKEN = "all_taken"


@dataclass(frozen=True)
class Pair:
    """One candidate of one request, with its score from 0 to 1."""

    need_id: str
    offer_id: str
    score: float


@dataclass(frozen=True)
class Assignment:
    """The chosen pairs in order of request and offer, and how many places each lacks and why."""

    pairs: tuple[Pair, ...]
    lacking: Mapping[str, int]
    why: Mapping[str, Unserved]

    @property
    def total(self) -> float:
        """The sum of the scores."""
        return float(sum(pair.score for pair in self.pairs))

    @property
    def worst(self) -> float | None:
        """The lowest score of a chosen pair, None where there is none."""
        return min((pair.score for pair in self.pairs), default=None)


def assign(
    pairs: Iterable[Pair],
    *,
    places: Mapping[str, int] | None = None,
    capacities: Mapping[str, int] | None = None,
    fair: bool = False,
) -> Assignment:
    """Return the optimum. Who is not named in `places` or `capacities` counts as 1.

    Requests in `places` without any pair come out as lacking. Raises ValueError for a score
    outside 0 to 1 or a pair that is given twice.
    """
    given = sorted(pairs, key=attrgetter("need_id", "offer_id"))
    _check(given)
    wanted = {pair.need_id: 1 for pair in given} | dict(places or {})
    network = _network(given, wanted, capacities or {})
    arcs = network.optimum(network.best_floor() if fair else 0)
    return _assignment([given[arc] for arc in arcs.tolist()], given, wanted)


def _network(
    pairs: Sequence[Pair], wanted: Mapping[str, int], capacities: Mapping[str, int]
) -> Network:
    rows = {need: row for row, need in enumerate(sorted(wanted))}
    columns = {offer: column for column, offer in enumerate(sorted({p.offer_id for p in pairs}))}
    return Network.of(
        np.array([rows[pair.need_id] for pair in pairs], np.int64),
        np.array([columns[pair.offer_id] for pair in pairs], np.int64),
        np.array([pair.score for pair in pairs], np.float64),
        places=np.array([wanted[need] for need in rows], np.int64),
        room=np.array([capacities.get(offer, 1) for offer in columns], np.int64),
    )


def _check(pairs: Sequence[Pair]) -> None:
    for pair, following in pairwise(pairs):
        if (pair.need_id, pair.offer_id) == (following.need_id, following.offer_id):
            raise ValueError(f"the pair {pair.need_id}, {pair.offer_id} is given twice")
    for pair in pairs:
        if not 0.0 <= pair.score <= 1.0:
            raise ValueError(f"the score of {pair.need_id}, {pair.offer_id} is not from 0 to 1")


def _assignment(
    chosen: Sequence[Pair], given: Sequence[Pair], wanted: Mapping[str, int]
) -> Assignment:
    lacking = dict(sorted(wanted.items()))
    for pair in chosen:
        lacking[pair.need_id] -= 1
    lacking = {need: count for need, count in lacking.items() if count > 0}
    known = {pair.need_id for pair in given}
    why = {need: Unserved.ALL_TAKEN if need in known else Unserved.NO_CANDIDATE for need in lacking}
    return Assignment(tuple(chosen), lacking, why)
