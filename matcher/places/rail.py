"""How long trains take between stations, with their changes.

A journey moves through a graph. Each station is four nodes: the door where a journey begins, its
platform, a stopping train about to leave and one that has arrived; each call of an express line is
one more. Running costs time along the lines and boarding costs the usual wait, so the cheapest way
through the graph is a journey with its changes. The first wait is not counted. There is no
timetable in it: the constants were fitted on published times.
"""

from typing import Self

import numpy as np
from scipy.spatial import cKDTree

from matcher.places.constants import RailConstants
from matcher.places.geometry import Floats, Integers, plane_km
from matcher.places.graph import Edges, Graph, edges_at, joined
from matcher.places.stations import (
    ExpressLines,
    Stations,
    read_express_lines,
    read_stations,
    read_tracks,
)

LONDON_TERMINALS = (
    "EUS",
    "KGX",
    "STP",
    "PAD",
    "WAT",
    "VIC",
    "LST",
    "MYB",
    "LBG",
    "CHX",
    "FST",
    "CST",
    "BFR",
)
WALK_BETWEEN_STATIONS_KM = 1.3
WALK_DETOUR = 1.3
WALK_SPEED_KMH = 4.8
WALK_CHANGE_MINUTES = 3.0
PLATFORM, DEPARTING, ARRIVED, DOOR, NODES_PER_STATION = 0, 1, 2, 3, 4  # times count, plus station

SPARSENESS_STATIONS = 10
SPARSEST_KM = 40.0
USUAL_LINES = 5
NOTHING = 0.01  # stepping from node to node; zero would read as "no edge"


class RailNetwork:
    """Stations and the minutes between them."""

    def __init__(
        self, stations: Stations, tracks: Edges, express: ExpressLines, constants: RailConstants
    ) -> None:
        self.stations = stations
        self._count = len(stations.codes)
        nodes = NODES_PER_STATION * self._count + len(express.call_station)
        sparse_wait = constants.sparse_wait_per_km * _sparseness_km(stations)
        parts = [
            *_stopping_trains(self._count, tracks, constants, sparse_wait),
            *_express_trains(self._count, express, constants, sparse_wait),
            *_walks(stations, constants),
        ]
        self._graph = Graph(nodes, joined(parts))

    def london_terminals(self) -> Integers:
        """Return the numbers of the stations between which the Underground runs."""
        number = self.stations.number()
        return np.array([number[code] for code in LONDON_TERMINALS], dtype=np.int64)

    @classmethod
    def load(cls, constants: RailConstants) -> Self:
        """Read the shipped stations and lines."""
        stations = read_stations()
        tracks = read_tracks(stations)
        express = read_express_lines(stations, tracks, constants.classes)
        return cls(stations, tracks, express, constants)

    def minutes_between(self, stations: Integers) -> Floats:
        """Return minutes on trains and changes between k stations and all n (k × n).

        Each is the mean of there and back, whose waits differ where trains are changed.
        """
        doors = DOOR * self._count + stations
        there = self._graph.costs_from(doors)[:, : self._count]
        back = self._graph.costs_to(stations)[:, DOOR * self._count :][:, : self._count]
        return (there + back) / 2


def _stopping_trains(
    count: int, tracks: Edges, constants: RailConstants, sparse_wait: Floats
) -> list[Edges]:
    platform = np.arange(count)
    departing, arrived = platform + DEPARTING * count, platform + ARRIVED * count
    minutes = constants.local_stop + tracks.cost / constants.local_speed * 60
    running = Edges(tracks.start, tracks.end, minutes).both_ways()
    return [
        running.shifted(DEPARTING * count, ARRIVED * count),
        running.shifted(ARRIVED * count, ARRIVED * count),
        Edges(platform, departing, constants.local_wait + sparse_wait),
        edges_at(arrived, platform, NOTHING),
        edges_at(platform + DOOR * count, departing, NOTHING),
    ]


def _express_trains(
    count: int, express: ExpressLines, constants: RailConstants, sparse_wait: Floats
) -> list[Edges]:
    station, letter = express.call_station, express.call_class
    first = NODES_PER_STATION * count
    call = first + np.arange(len(station))
    start, end, length = express.hops.start, express.hops.end, express.hops.cost
    running = Edges(start, end, _running_minutes(length, express.hop_class, constants))
    departing, arrived = station + DEPARTING * count, station + ARRIVED * count
    lines_calling = np.bincount(station, minlength=count)[station]
    choice = (lines_calling / USUAL_LINES) ** -constants.choice_power
    return [
        running.both_ways().shifted(first, first),
        Edges(station, call, np.array(constants.wait)[letter] * choice),
        edges_at(call, station, NOTHING),
        Edges(arrived, call, np.array(constants.wait_after_local)[letter] * choice),
        Edges(call, departing, constants.local_wait_after_express + sparse_wait[station]),
        edges_at(station + DOOR * count, call, NOTHING),
    ]


def _sparseness_km(stations: Stations) -> Floats:
    """Return how far away the tenth station is: where it is far, stopping trains are few."""
    positions = plane_km(stations.latitude, stations.longitude)
    distances, _ = cKDTree(positions).query(positions, SPARSENESS_STATIONS + 1)
    tenth: Floats = np.asarray(distances, dtype=np.float64)[:, -1]
    return np.minimum(tenth, SPARSEST_KM)


def _running_minutes(length_km: Floats, letter: Integers, constants: RailConstants) -> Floats:
    """Return minutes from one stop to the next; a long hop runs faster beyond its beginning."""
    beginning = np.minimum(length_km, constants.long_hop_km)
    hours = beginning / np.array(constants.speed)[letter]
    hours += (length_km - beginning) / np.array(constants.long_hop_speed)[letter]
    minutes: Floats = hours * 60 + np.array(constants.stop)[letter]
    return minutes


def _walks(stations: Stations, constants: RailConstants) -> list[Edges]:
    """Return changes between stations near each other, and across London by Underground."""
    tree = cKDTree(plane_km(stations.latitude, stations.longitude))
    near = np.array(sorted(tree.query_pairs(WALK_BETWEEN_STATIONS_KM)), dtype=np.int64)
    near_km = stations.straight_km(near[:, 0], near[:, 1])
    on_foot = WALK_CHANGE_MINUTES + near_km * WALK_DETOUR / WALK_SPEED_KMH * 60
    number = stations.number()
    terminals = np.array([number[code] for code in LONDON_TERMINALS])
    start, end = np.triu_indices(len(terminals), k=1)
    across_km = stations.straight_km(terminals[start], terminals[end])
    across = constants.london_change + constants.london_per_km * across_km
    return [
        Edges(near[:, 0], near[:, 1], on_foot).both_ways(),
        Edges(terminals[start], terminals[end], across).both_ways(),
    ]
