"""How long driving takes between outward codes, with ferries where there is no road.

The graph joins neighbouring outward codes by free-flow minutes and ports by ferries. What a journey
really takes grows a little slower than the free-flow minutes, since long ones use faster roads.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.spatial import cKDTree

from matcher.places.constants import RoadConstants
from matcher.places.geometry import Booleans, Floats, Integers, haversine_km, plane_km
from matcher.places.graph import Edges, Graph, edges_of, joined
from matcher.places.tables import read_rows

NEAR_NODES = 2
LONDON_PREFIX = "E09"  # of the codes of London boroughs and the City


@dataclass(frozen=True, slots=True)
class Approach:
    """Where n points join the road graph: at the nearest node, or at a neighbour of it.

    Both arrays are n × k: the nodes, the nearest first, and how far off they are in km. What lies
    near but is no neighbour, as over an estuary, is replaced by the nearest.
    """

    nodes: Integers
    off_km: Floats

    @property
    def node(self) -> Integers:
        """The nearest node of each point."""
        nearest: Integers = self.nodes[:, 0]
        return nearest


@dataclass(frozen=True, slots=True)
class RoadNodes:
    """The outward codes that are nodes of the graph, and in which of two regions they lie."""

    latitude: Floats
    longitude: Floats
    northern_ireland: Booleans
    london: Booleans

    def length_km(self, edges: Edges) -> Floats:
        """Return the straight-line length of edges between the nodes."""
        start = (self.latitude[edges.start], self.longitude[edges.start])
        return haversine_km(*start, (self.latitude[edges.end], self.longitude[edges.end]))


class RoadNetwork:
    """Outward codes joined by roads and ferries.

    ``island`` numbers the land that each node lies on, ``northern_ireland`` and ``london`` mark
    those there.
    """

    def __init__(
        self, nodes: RoadNodes, *, roads: Edges, ferries: Edges, constants: RoadConstants
    ) -> None:
        count = len(nodes.latitude)
        self._constants = constants
        self._tree = cKDTree(plane_km(nodes.latitude, nodes.longitude))
        self._ferries = ferries.both_ways()
        self._minutes = Graph(count, joined([roads.both_ways(), self._ferries]))
        both = roads.both_ways()
        self._neighbours = np.unique(both.start * count + both.end)
        by_land = Edges(roads.start, roads.end, nodes.length_km(roads))
        self._land_km = Graph(count, by_land.both_ways())
        self.island = self._land_km.islands()
        self.northern_ireland = nodes.northern_ireland
        self.london = nodes.london

    @classmethod
    def load(cls, constants: RoadConstants) -> Self:
        """Read the shipped roads and ferries."""
        links = read_rows("car_edges.csv")
        codes = sorted({link["a"] for link in links} | {link["b"] for link in links})
        number = {code: position for position, code in enumerate(codes)}
        roads, ferries = (
            edges_of(
                (number[link["a"]], number[link["b"]], float(link["min"]))
                for link in links
                if (link["kind"] == "ferry") is by_sea
            )
            for by_sea in (False, True)
        )
        return cls(_nodes(codes), roads=roads, ferries=ferries, constants=constants)

    def approach(self, latitude: Floats, longitude: Floats) -> Approach:
        """Return where points join the graph."""
        positions, count = plane_km(latitude, longitude), self._tree.n
        found, near = self._tree.query(positions, min(NEAR_NODES, count))
        off_km, nodes = np.asarray(found, dtype=np.float64), np.asarray(near, dtype=np.int64)
        joined_by_road = np.isin(nodes[:, :1] * count + nodes, self._neighbours)
        return Approach(
            np.where(joined_by_road, nodes, nodes[:, :1]),
            np.where(joined_by_road, off_km, off_km[:, :1]),
        )

    def minutes(self, origin: Approach, destinations: Approach, straight_km: Floats) -> Floats:
        """Return driving minutes, ferries included, from one point to n; infinity if no way.

        ``straight_km`` are the distances in a straight line: the shortest drives go by them.
        """
        constants = self._constants
        per_km = constants.detour / constants.local_speed * 60
        starts = (origin.nodes[0], origin.off_km[0] * per_km)
        to_nodes, of_it_at_sea = self._minutes.part_of_costs(starts, self._ferries)
        ways = to_nodes[destinations.nodes] + destinations.off_km * per_km
        best = np.argmin(ways, axis=1)[:, np.newaxis]
        whole = np.take_along_axis(ways, best, axis=1)[:, 0]
        last = np.take_along_axis(destinations.nodes, best, axis=1)[:, 0]
        at_sea = of_it_at_sea[last]
        drive = constants.start + constants.factor * (whole - at_sea) ** constants.power + at_sea
        by_street = straight_km * constants.detour
        short = constants.short_start + by_street / constants.short_speed * 60
        found: Floats = np.where(straight_km < constants.short_km, short, drive)
        return found

    def land_km(self, origin: Approach, destinations: Approach) -> Floats:
        """Return kilometres from node to node over land to n points; infinity across the sea."""
        found: Floats = self._land_km.costs_from(origin.node)[0, destinations.node]
        return found


def _nodes(codes: list[str]) -> RoadNodes:
    rows = {row["outcode"]: row for row in read_rows("outcodes.csv")}
    return RoadNodes(
        np.array([float(rows[code]["lat"]) for code in codes]),
        np.array([float(rows[code]["lon"]) for code in codes]),
        np.array([rows[code]["country"] == "Northern Ireland" for code in codes]),
        np.array([rows[code]["la_gss"].startswith(LONDON_PREFIX) for code in codes]),
    )
