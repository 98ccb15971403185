"""The cheapest ways through a graph."""

import numpy as np
import pytest

from matcher.places.graph import Graph, edges_of

ROADS = edges_of([(0, 1, 5.0), (1, 2, 5.0), (0, 2, 20.0)])
FERRY = edges_of([(2, 3, 60.0)])


def test_the_cheapest_way_is_found_and_one_way_edges_stay_so():
    graph = Graph(4, ROADS)

    assert graph.costs_from(np.array([0])).tolist() == [[0, 5, 10, np.inf]]
    assert graph.costs_to(np.array([0])).tolist() == [[0, np.inf, np.inf, np.inf]]


def test_of_parallel_edges_the_cheaper_counts():
    graph = Graph(2, edges_of([(0, 1, 9.0), (0, 1, 4.0)]))

    assert graph.costs_from(np.array([0]))[0, 1] == 4


def test_the_part_spent_on_some_edges_is_known():
    both = [ROADS, FERRY]
    edges = edges_of(
        (int(a), int(b), float(c))
        for part in both
        for a, b, c in zip(part.start, part.end, part.cost, strict=True)
    )

    costs, at_sea = Graph(4, edges).part_of_costs((np.array([0, 1]), np.array([0.0, 9.0])), FERRY)

    assert costs.tolist() == pytest.approx([0, 5, 10, 70], abs=1e-6)
    assert at_sea.tolist() == [0, 0, 0, 60]


def test_islands_are_numbered():
    assert Graph(4, ROADS).islands().tolist() == [0, 0, 0, 1]
