"""Who goes to whom, over all open requests at once: most served first, then the best total.

Requests want places, offers have room for so many. The answer is an optimum of minimum-cost flow
(Google OR-tools). With `fair`, the worst match is made as good as it can be before the total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow, min_cost_flow

# Scores from 0 to 1 become whole numbers; finer differences are noise.
_UNITS = 1_000_000


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
    given = sorted(pairs, key=lambda pair: (pair.need_id, pair.offer_id))
    network = Network.of(given, places or {}, capacities or {})
    floor = network.best_floor() if fair else 0
    chosen = [given[arc] for arc in network.optimum(floor)]
    return _assignment(chosen, given, network.wanted)


@dataclass(frozen=True)
class Network:
    """Pairs as arcs between numbered requests and numbered offers. Arrays have one entry an arc,
    or one a request or offer; `units` are whole-number scores.
    """

    needs: NDArray[np.int64]
    offers: NDArray[np.int64]
    units: NDArray[np.int64]
    wanted: Mapping[str, int]
    room: NDArray[np.int64]

    @classmethod
    def of(
        cls, pairs: Sequence[Pair], places: Mapping[str, int], capacities: Mapping[str, int]
    ) -> "Network":
        """Return the network of pairs that stand in order."""
        _check(pairs)
        wanted = {pair.need_id: places.get(pair.need_id, 1) for pair in pairs}
        wanted.update({need: count for need, count in places.items() if need not in wanted})
        need_numbers = {need: number for number, need in enumerate(wanted)}
        offers = list(dict.fromkeys(pair.offer_id for pair in pairs))
        offer_numbers = {offer: number for number, offer in enumerate(offers)}
        return cls(
            np.array([need_numbers[pair.need_id] for pair in pairs], np.int64),
            np.array([offer_numbers[pair.offer_id] for pair in pairs], np.int64),
            np.array([round(pair.score * _UNITS) for pair in pairs], np.int64),
            wanted,
            np.array([capacities.get(offer, 1) for offer in offers], np.int64),
        )

    def optimum(self, floor: int = 0) -> list[int]:
        """Return the arcs of an optimum among those with at least `floor` units, in order."""
        arcs = np.flatnonzero(self.units >= floor)
        if not arcs.size:
            return []
        solver = min_cost_flow.SimpleMinCostFlow()
        numbers = self._add_arcs(solver, arcs)
        served = self.most_served(floor)
        source, sink = self._ends()
        solver.set_nodes_supplies([source, sink], [served, -served])
        if solver.solve() != solver.OPTIMAL:
            raise RuntimeError("the flow of the most that can be served was refused")
        chosen: list[int] = arcs[solver.flows(numbers) > 0].tolist()
        return chosen

    def most_served(self, floor: int = 0) -> int:
        """Return how many places can be filled with arcs of at least `floor` units."""
        arcs = np.flatnonzero(self.units >= floor)
        solver = max_flow.SimpleMaxFlow()
        source, sink = self._ends()
        places = np.array(list(self.wanted.values()), np.int64)
        needs, offers = np.arange(places.size), np.arange(self.room.size) + places.size
        solver.add_arcs_with_capacity(np.full(places.size, source), needs, places)
        ones = np.ones(arcs.size, np.int64)
        solver.add_arcs_with_capacity(self.needs[arcs], self.offers[arcs] + places.size, ones)
        solver.add_arcs_with_capacity(offers, np.full(offers.size, sink), self.room)
        solver.solve(source, sink)
        return int(solver.optimal_flow())

    def best_floor(self) -> int:
        """Return the highest floor under which as many are served as under none."""
        levels = np.unique(self.units)
        most = self.most_served()
        low, high = 0, len(levels) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.most_served(int(levels[middle])) == most:
                low = middle
            else:
                high = middle - 1
        return int(levels[low]) if levels.size else 0

    def _ends(self) -> tuple[int, int]:
        together = len(self.wanted) + self.room.size
        return together, together + 1

    def _add_arcs(
        self, solver: min_cost_flow.SimpleMinCostFlow, arcs: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        source, sink = self._ends()
        places = np.array(list(self.wanted.values()), np.int64)
        needs, offers = np.arange(places.size), np.arange(self.room.size) + places.size
        free = np.zeros(places.size, np.int64)
        add = solver.add_arcs_with_capacity_and_unit_cost
        add(np.full(places.size, source), needs, places, free)
        ones = np.ones(arcs.size, np.int64)
        between = add(self.needs[arcs], self.offers[arcs] + places.size, ones, -self.units[arcs])
        add(offers, np.full(offers.size, sink), self.room, np.zeros(offers.size, np.int64))
        numbers: NDArray[np.int64] = between
        return numbers


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
    lacking = dict(wanted)
    for pair in chosen:
        lacking[pair.need_id] -= 1
    lacking = {need: count for need, count in lacking.items() if count > 0}
    known = {pair.need_id for pair in given}
    why = {need: Unserved.ALL_TAKEN if need in known else Unserved.NO_CANDIDATE for need in lacking}
    return Assignment(tuple(chosen), lacking, why)
