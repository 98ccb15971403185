"""A graph of one-way edges with a cost each, and the cheapest ways through it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from matcher.places.geometry import Floats, Integers

NO_COST = 1e-9  # zero would read as "no edge"


@dataclass(frozen=True, slots=True)
class Edges:
    """One-way edges: from each of ``start`` to the same position of ``end`` at ``cost``."""

    start: Integers
    end: Integers
    cost: Floats

    def both_ways(self) -> "Edges":
        """Return these edges and their reverse."""
        return joined([self, Edges(self.end, self.start, self.cost)])

    def shifted(self, by_start: int, by_end: int) -> "Edges":
        """Return the same edges between nodes numbered higher by these amounts."""
        return Edges(self.start + by_start, self.end + by_end, self.cost)


def edges_of(rows: Iterable[tuple[int, int, float]]) -> Edges:
    """Return edges from (start, end, cost) rows."""
    table = list(rows)
    return Edges(
        np.array([row[0] for row in table], dtype=np.int64),
        np.array([row[1] for row in table], dtype=np.int64),
        np.array([row[2] for row in table], dtype=np.float64),
    )


def edges_at(start: Integers, end: Integers, cost: float) -> Edges:
    """Return edges that all cost the same."""
    return Edges(start, end, np.full(len(start), cost))


def joined(parts: Iterable[Edges]) -> Edges:
    """Return all edges of the parts as one."""
    listed = list(parts)
    return Edges(
        np.concatenate([edges.start for edges in listed]),
        np.concatenate([edges.end for edges in listed]),
        np.concatenate([edges.cost for edges in listed]),
    )


class Graph:
    """Nodes 0 … n-1 and the cheapest of the edges between each two of them."""

    def __init__(self, nodes: int, edges: Edges) -> None:
        order = np.lexsort((edges.cost, edges.end, edges.start))
        start, end, cost = edges.start[order], edges.end[order], edges.cost[order]
        first = np.r_[True, (start[1:] != start[:-1]) | (end[1:] != end[:-1])]
        self._matrix = csr_matrix((cost[first], (start[first], end[first])), shape=(nodes, nodes))

    def costs_from(self, nodes: Integers) -> Floats:
        """Return the least cost from each of k nodes to all n (k × n); infinity if there is no way.

        Dijkstra's algorithm as in scipy.
        """
        costs: Floats = dijkstra(self._matrix, indices=nodes)
        return costs

    def costs_to(self, nodes: Integers) -> Floats:
        """Return the least cost to each of k nodes from all n (k × n)."""
        costs: Floats = dijkstra(self._matrix.T, indices=nodes)
        return costs

    def part_of_costs(self, starts: tuple[Integers, Floats], parts: Edges) -> tuple[Floats, Floats]:
        """Return the least cost to all n nodes, and how much of each comes from ``parts``.

        ``starts`` are nodes, each with what it costs to get to it first. ``parts`` are some of the
        graph's edges, at their own costs. The sum along each way is had by pointer doubling over
        the tree of cheapest ways.
        """
        count = self._matrix.shape[0]
        all_costs, all_before = dijkstra(
            self._with_source(*starts), indices=np.array([count]), return_predecessors=True
        )
        costs, before = all_costs[0][:count], all_before[0][:count]
        before = np.where(before < 0, count, before).astype(np.int64)
        last_step = before * (count + 1) + np.arange(count)
        keys = parts.start * (count + 1) + parts.end
        order = np.argsort(keys)
        found = np.searchsorted(keys[order], last_step).clip(max=len(order) - 1)
        hit = keys[order][found] == last_step
        part = np.append(np.where(hit, parts.cost[order][found], 0.0), 0.0)
        pointer = np.append(before, count)
        while (pointer != count).any():
            part, pointer = part + part[pointer], pointer[pointer]
        return costs, part[:count]

    def _with_source(self, nodes: Integers, costs: Floats) -> csr_matrix:
        """Return the matrix with one more node at its end, from which ``nodes`` are reached."""
        matrix, count = self._matrix, self._matrix.shape[0]
        order = np.argsort(nodes, kind="stable")
        return csr_matrix(
            (
                np.concatenate([matrix.data, np.maximum(costs[order], NO_COST)]),
                np.concatenate([matrix.indices, nodes[order].astype(matrix.indices.dtype)]),
                np.append(matrix.indptr, len(matrix.data) + len(nodes)),
            ),
            shape=(count + 1, count + 1),
        )

    def islands(self) -> Integers:
        """Return for each node the number of the connected part that it lies in."""
        _, island = connected_components(self._matrix, directed=False)
        return np.asarray(island, dtype=np.int64)
