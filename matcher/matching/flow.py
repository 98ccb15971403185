"""The optimum of an assignment on plain arrays: minimum-cost flow, or scipy where all is complete.

A network has one arc for each pair of a numbered request and a numbered offer. The most places
are filled first; among the ways to do so the one with the largest total is taken.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow, min_cost_flow
from scipy.optimize import linear_sum_assignment

Integers = NDArray[np.int64]
# Scores from 0 to 1 become whole numbers; finer differences are noise.
UNITS = 1_000_000


@dataclass(frozen=True)
class Network:
    """`needs`, `offers` and `units` (whole-number scores) by arc, arcs sorted by need and offer
    and none twice; `places` by need and `room` by offer.
    """

    needs: Integers
    offers: Integers
    units: Integers
    places: Integers
    room: Integers

    @classmethod
    def of(
        cls,
        needs: Integers,
        offers: Integers,
        scores: NDArray[np.float64],
        *,
        places: Integers,
        room: Integers,
    ) -> "Network":
        """Return the network of scores from 0 to 1."""
        return cls(needs, offers, np.round(scores * UNITS).astype(np.int64), places, room)

    def optimum(self, floor: int = 0) -> Integers:
        """Return the chosen arcs among those with at least `floor` units, in order."""
        if self._complete() and floor == 0:
            return self._of_all()
        arcs = np.flatnonzero(self.units >= floor)
        solver = min_cost_flow.SimpleMinCostFlow()
        source, sink = self._ends()
        needs, offers = self._nodes()
        add = solver.add_arcs_with_capacity_and_unit_cost
        add(np.full(needs.size, source), needs, self.places, np.zeros_like(needs))
        ones = np.ones_like(arcs)
        between = add(self.needs[arcs], offers[self.offers[arcs]], ones, -self.units[arcs])
        add(offers, np.full(offers.size, sink), self.room, np.zeros_like(offers))
        wanted = int(self.places.sum())
        solver.set_nodes_supplies([source, sink], [wanted, -wanted])
        if solver.solve_max_flow_with_min_cost() != solver.OPTIMAL:
            raise RuntimeError("the flow solver found no optimum")
        chosen: Integers = arcs[solver.flows(between) > 0]
        return chosen

    def best_floor(self) -> int:
        """Return the highest floor under which as many places are filled as under none."""
        levels = np.unique(self.units)
        most = self._most_filled(0)
        low, high = 0, levels.size - 1
        while low < high:
            middle = (low + high + 1) // 2
            enough = self._most_filled(int(levels[middle])) == most
            low, high = (middle, high) if enough else (low, middle - 1)
        return int(levels[low]) if levels.size else 0

    def _most_filled(self, floor: int) -> int:
        arcs = np.flatnonzero(self.units >= floor)
        solver = max_flow.SimpleMaxFlow()
        source, sink = self._ends()
        needs, offers = self._nodes()
        add = solver.add_arcs_with_capacity
        add(np.full(needs.size, source), needs, self.places)
        add(self.needs[arcs], offers[self.offers[arcs]], np.ones_like(arcs))
        add(offers, np.full(offers.size, sink), self.room)
        solver.solve(source, sink)
        return int(solver.optimal_flow())

    def _complete(self) -> bool:
        # Everybody suits everybody, one for one: the classical problem on a full matrix.
        full = self.needs.size == self.places.size * self.room.size > 0
        return bool(full and (self.places == 1).all() and (self.room == 1).all())

    def _of_all(self) -> Integers:
        matrix = self.units.reshape(self.places.size, self.room.size)
        rows, columns = linear_sum_assignment(matrix, maximize=True)
        chosen: Integers = np.asarray(rows * self.room.size + columns, np.int64)
        return chosen

    def _ends(self) -> tuple[int, int]:
        together = self.places.size + self.room.size
        return together, together + 1

    def _nodes(self) -> tuple[Integers, Integers]:
        needs = np.arange(self.places.size, dtype=np.int64)
        return needs, needs.size + np.arange(self.room.size, dtype=np.int64)
