"""Stations, the tracks between neighbours, and the express lines between hubs."""

from dataclasses import dataclass

import numpy as np

from matcher.places.geometry import Floats, Integers, haversine_km
from matcher.places.graph import Edges, Graph, edges_of
from matcher.places.place import KM_PER_MILE
from matcher.places.tables import read_lines, read_rows

# Track is this much longer than the straight line where its length is unknown or cannot be right.
USUAL_DETOUR = 1.05
LONGEST_DETOUR = 3.0
EXPRESS_DETOUR = 1.15
LONGEST_EXPRESS_DETOUR = 1.8
ALLOWANCE_KM = 5.0

# Kilometres between neighbours that only the Elizabeth line joins.
ELIZABETH_LINE = (
    ("PAD", "BDS", 2.5),
    ("BDS", "TCR", 1.2),
    ("TCR", "ZFD", 1.6),
    ("ZFD", "LST", 1.3),
    ("LST", "ZLW", 2.0),
    ("ZLW", "CWX", 3.6),
    ("CWX", "CUS", 3.2),
    ("CUS", "WWC", 3.5),
    ("WWC", "ABW", 3.0),
)


@dataclass(frozen=True, slots=True)
class Stations:
    """Every station of Great Britain: three-letter codes and positions, in the same order."""

    codes: tuple[str, ...]
    latitude: Floats
    longitude: Floats

    def number(self) -> dict[str, int]:
        """Return the position of each code."""
        return {code: position for position, code in enumerate(self.codes)}

    def straight_km(self, a: Integers, b: Integers) -> Floats:
        """Return straight-line kilometres between stations of equal position in ``a`` and ``b``."""
        to = (self.latitude[b], self.longitude[b])
        return haversine_km(self.latitude[a], self.longitude[a], to)


@dataclass(frozen=True, slots=True)
class ExpressLines:
    """Express services. A call is one line stopping at one hub; hops join calls of one line.

    ``call_station`` is the station of each call; ``hops`` join call to call at their length in km.
    ``call_class`` and ``hop_class`` are positions in the letters of ``RailConstants.classes``; that
    of a call is the class its line begins with, for it says how often trains run.
    """

    call_station: Integers
    call_class: Integers
    hops: Edges
    hop_class: Integers


def read_stations() -> Stations:
    """Return the shipped stations."""
    rows = read_rows("stations.csv")
    return Stations(
        tuple(row["crs"] for row in rows),
        np.array([float(row["lat"]) for row in rows]),
        np.array([float(row["lon"]) for row in rows]),
    )


def read_tracks(stations: Stations) -> Edges:
    """Return the tracks between neighbouring stations with their lengths in km, one way."""
    number = stations.number()
    links = [
        (number[row["a"]], number[row["b"]], float(row["miles"]) * KM_PER_MILE)
        for row in read_rows("rail_links.csv")
        if row["a"] in number and row["b"] in number
    ]
    links += [(number[a], number[b], length) for a, b, length in ELIZABETH_LINE]
    tracks = edges_of(links)
    straight = stations.straight_km(tracks.start, tracks.end)
    wrong = (tracks.cost < straight) | (tracks.cost > LONGEST_DETOUR * straight + 2)
    return Edges(tracks.start, tracks.end, np.where(wrong, straight * USUAL_DETOUR, tracks.cost))


def read_express_lines(stations: Stations, tracks: Edges, classes: str) -> ExpressLines:
    """Return the express lines; the length of a hop is that of the tracks between its hubs."""
    number = stations.number()
    lines = [_read_line(line, classes) for line in read_lines("rail_lines.txt")]
    station = np.array([number[code] for line in lines for code, _ in line], dtype=np.int64)
    letter = np.array([letter for line in lines for _, letter in line], dtype=np.int64)
    first = np.array([line[0][1] for line in lines for _ in line], dtype=np.int64)
    lengths = np.cumsum([len(line) for line in lines])
    start = np.setdiff1d(np.arange(len(station)), lengths - 1)
    length = _hop_km(stations, tracks, station[start], station[start + 1])
    return ExpressLines(station, first, Edges(start, start + 1, length), letter[start + 1])


def _read_line(line: str, classes: str) -> list[tuple[str, int]]:
    """Return the station codes of a line, each with the class of the hop that ends there.

    A class letter holds until the next one: "X PAD RDG EXD M NTA PLY" runs slower beyond Exeter.
    """
    calls: list[tuple[str, int]] = []
    letter = 0
    for word in line.split():
        if len(word) == 1:
            letter = classes.index(word)
        else:
            calls.append((word, letter))
    return calls


def _hop_km(stations: Stations, tracks: Edges, start: Integers, end: Integers) -> Floats:
    """Return the track between hubs, or a usual detour where the tracks seem to lack a link."""
    hubs, hub = np.unique(start, return_inverse=True)
    track = Graph(len(stations.codes), tracks.both_ways()).costs_from(hubs)[hub, end]
    straight = stations.straight_km(start, end)
    lacking = track > LONGEST_EXPRESS_DETOUR * straight + ALLOWANCE_KM
    return np.where(lacking, EXPRESS_DETOUR * straight, track)
