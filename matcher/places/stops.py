"""Getting to and from the railway: which stations, and how long to each.

From anywhere the nearest few stations on the same land; from inner London also the terminals, to
which the Underground goes.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from matcher.places.constants import AccessConstants
from matcher.places.geometry import Booleans, Floats, Integers, haversine_km, plane_km

LONGEST_UNDERGROUND_KM = 8.0  # from farther out a terminal is reached by train, which is counted
NO_WAY = 1e6  # minutes; stands for "not at all" where infinity would make nonsense of sums


@dataclass(frozen=True, slots=True)
class StationAccess:
    """Stations that some points may use and the minutes to each (both points × stations).

    ``points`` are the positions of those points among all.
    """

    points: Integers
    station: Integers
    minutes: Floats


class StationFinder:
    """Finds the stations of a point, never across the sea."""

    def __init__(
        self,
        points: tuple[Floats, Floats],
        island: Integers,
        *,
        terminals: Integers,
        constants: AccessConstants,
    ) -> None:
        """``points`` are the stations' positions; ``island`` the land each of them lies on."""
        self._constants = constants
        self._terminals = terminals
        self._terminal_points = points[0][terminals], points[1][terminals]
        positions = plane_km(*points)
        self._members = {
            number: np.flatnonzero(island == number)
            for number in np.unique(island)
            if np.count_nonzero(island == number) >= constants.stations
        }
        self._trees = {
            number: cKDTree(positions[members]) for number, members in self._members.items()
        }

    def nearest(self, points: tuple[Floats, Floats], island: Integers) -> StationAccess:
        """Return the nearest stations of n points on their land; ``NO_WAY`` where it has none."""
        shape = (len(island), self._constants.stations)
        station, minutes = np.zeros(shape, dtype=np.int64), np.full(shape, NO_WAY)
        positions = plane_km(*points)
        for number, tree in self._trees.items():
            here = np.flatnonzero(island == number)
            if len(here):
                distance, nearest = tree.query(positions[here], self._constants.stations)
                station[here] = self._members[number][nearest]
                minutes[here] = self._minutes(np.asarray(distance))
        return StationAccess(np.arange(len(island)), station, minutes)

    def terminals(self, points: tuple[Floats, Floats], london: Booleans) -> StationAccess:
        """Return the London terminals for those of n points that are in London."""
        inside = np.flatnonzero(london)
        latitude, longitude = (column[inside, np.newaxis] for column in points)
        distance = haversine_km(latitude, longitude, self._terminal_points)
        minutes = self._constants.london_start + self._constants.london_per_km * distance
        minutes = np.where(distance <= LONGEST_UNDERGROUND_KM, minutes, NO_WAY)
        return StationAccess(inside, np.tile(self._terminals, (len(inside), 1)), minutes)

    def _minutes(self, distance_km: Floats) -> Floats:
        """Return the quicker of walking and taking a bus or taxi."""
        constants = self._constants
        by_road = distance_km * constants.detour
        on_foot = by_road / constants.walk_speed * 60
        return np.minimum(on_foot, constants.ride_wait + by_road / constants.ride_speed * 60)
