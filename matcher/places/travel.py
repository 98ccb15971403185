"""How long the way is: by train, door to door by public transport, or by car.

``minutes`` is the stable interface. ``Estimator`` answers for every outward code at once, so that
a request is compared with any number of volunteers by looking their codes up.

Three modes. "train": minutes on trains with their changes, between the pair of stations that is
best from door to door. "transit": from door to door. "car": driving. Everything is an estimate from
``data``, without a network; how good it is stands in docs/measurements/travel.md.
"""

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Self

import numpy as np

from matcher.places.constants import Constants
from matcher.places.geometry import Floats, Integers, haversine_km
from matcher.places.place import Point
from matcher.places.rail import RailNetwork
from matcher.places.reach import Mode, Reach, Spots
from matcher.places.road import RoadNetwork
from matcher.places.stops import StationFinder
from matcher.places.tables import read_rows
from matcher.places.transit import Surroundings, best_trains, door_to_door

__all__ = ["Estimator", "Mode", "Reach", "minutes"]

REMEMBERED_ORIGINS = 512


def minutes(mode: Mode, origin: Point, destinations: Sequence[Point]) -> list[float | None]:
    """Return minutes from ``origin`` to each of ``destinations``; None where there is no answer.

    Points are (latitude, longitude) in degrees. There is no answer across the sea, or in Northern
    Ireland by train.
    """
    found = shared_estimator().reach_points(origin, destinations).minutes(mode)
    return [None if math.isnan(value) else float(value) for value in found]


@cache
def shared_estimator() -> "Estimator":
    """Return the estimator of this process, loaded at the first call."""
    return Estimator.load()


class Estimator:
    """Estimates from any point to every outward code (``outcodes``, in the order of the arrays)."""

    def __init__(self, constants: Constants, rail: RailNetwork, road: RoadNetwork) -> None:
        self._constants = constants.access
        self._rail = rail
        self._road = road
        stations = (rail.stations.latitude, rail.stations.longitude)
        island = road.island[road.approach(*stations).node]
        terminals = rail.london_terminals()
        self._finder = StationFinder(
            stations, island, terminals=terminals, constants=constants.access
        )
        self._terminal_minutes = self._rail_minutes(terminals)
        rows = read_rows("outcodes.csv")
        self.outcodes = tuple(row["outcode"] for row in rows)
        self._number = {code: position for position, code in enumerate(self.outcodes)}
        latitude = np.array([float(row["lat"]) for row in rows])
        longitude = np.array([float(row["lon"]) for row in rows])
        self._everywhere = self._spots(latitude, longitude)
        self._remembered = lru_cache(REMEMBERED_ORIGINS)(self._reach_everywhere)

    @classmethod
    def load(cls) -> Self:
        """Read the shipped tables and build the graphs; well under a second."""
        constants = Constants.load()
        return cls(constants, RailNetwork.load(constants.rail), RoadNetwork.load(constants.road))

    def reach(self, origin: Point) -> Reach:
        """Return the way from ``origin`` to every outward code; the last 512 are remembered."""
        return self._remembered(origin)

    def reach_points(self, origin: Point, destinations: Sequence[Point]) -> Reach:
        """Return the way from ``origin`` to these points."""
        latitude, longitude = np.array(destinations, dtype=np.float64).reshape(-1, 2).T
        return self._reach(origin, self._spots(latitude, longitude))

    def points(self) -> dict[str, Point]:
        """Return where each outward code lies."""
        spots = self._everywhere
        pairs = zip(spots.latitude.tolist(), spots.longitude.tolist(), strict=True)
        return dict(zip(self.outcodes, pairs, strict=True))

    def positions(self, outcodes: Sequence[str]) -> Integers:
        """Return where outward codes stand in the arrays; KeyError for one that is not known."""
        return np.array([self._number[code] for code in outcodes], dtype=np.int64)

    def _reach_everywhere(self, origin: Point) -> Reach:
        return self._reach(origin, self._everywhere)

    def _reach(self, origin: Point, to: Spots) -> Reach:
        here = self._spots(np.array([origin[0]]), np.array([origin[1]]))
        straight = haversine_km(here.latitude, here.longitude, (to.latitude, to.longitude))
        journeys = best_trains(
            here.stations,
            to.stations,
            rail_minutes=self._terminal_minutes | self._rail_minutes(here.stations[0].station[0]),
            station_wait=self._constants.station_wait,
        )
        around = Surroundings(
            straight_km=straight,
            land_km=self._road.land_km(here.road, to.road),
            from_northern_ireland=bool(here.northern_ireland[0]),
            to_northern_ireland=to.northern_ireland,
            within_london=to.london & here.london[0],
        )
        journeys = door_to_door(journeys, around, self._constants)
        return Reach(
            train=journeys.on_trains,
            transit=journeys.door_to_door,
            car=_finite(self._road.minutes(here.road, to.road, straight)),
            kilometres=straight,
            over_sea=(to.island != here.island[0]) & np.isnan(journeys.on_trains),
        )

    def _rail_minutes(self, stations: Integers) -> dict[int, Floats]:
        minutes = self._rail.minutes_between(stations)
        return {int(station): row for station, row in zip(stations, minutes, strict=True)}

    def _spots(self, latitude: Floats, longitude: Floats) -> Spots:
        road = self._road.approach(latitude, longitude)
        island, london = self._road.island[road.node], self._road.london[road.node]
        return Spots(
            latitude=latitude,
            longitude=longitude,
            road=road,
            island=island,
            stations=(
                self._finder.nearest((latitude, longitude), island),
                self._finder.terminals((latitude, longitude), london),
            ),
            northern_ireland=self._road.northern_ireland[road.node],
            london=london,
        )


def _finite(found: Floats) -> Floats:
    return np.where(np.isfinite(found), found, np.nan)
