"""Getting to and from the railway: the nearest few stations on the same land, and how long."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from matcher.places.constants import AccessConstants
from matcher.places.geometry import Floats, Integers, plane_km

NO_WAY = 1e6  # minutes; stands for "not at all" where infinity would make nonsense of sums


@dataclass(frozen=True, slots=True)
class StationAccess:
    """The nearest stations of n points and the minutes to each (both n × stations)."""

    station: Integers
    minutes: Floats


class StationFinder:
    """Finds the nearest stations of a point, never across the sea."""

    def __init__(
        self, points: tuple[Floats, Floats], island: Integers, constants: AccessConstants
    ) -> None:
        """``points`` are the stations' positions; ``island`` the land each of them lies on."""
        self._constants = constants
        positions = plane_km(*points)
        self._members = {
            number: np.flatnonzero(island == number)
            for number in np.unique(island)
            if np.count_nonzero(island == number) >= constants.stations
        }
        self._trees = {
            number: cKDTree(positions[members]) for number, members in self._members.items()
        }

    def access(self, points: tuple[Floats, Floats], island: Integers) -> StationAccess:
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
        return StationAccess(station, minutes)

    def _minutes(self, distance_km: Floats) -> Floats:
        """Return the quicker of walking and taking a bus or taxi."""
        constants = self._constants
        by_road = distance_km * constants.detour
        on_foot = by_road / constants.walk_speed * 60
        return np.minimum(on_foot, constants.ride_wait + by_road / constants.ride_speed * 60)
