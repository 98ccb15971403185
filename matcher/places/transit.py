"""Door to door by public transport: to the station, on trains and from it, by bus, or on foot.

``TrainJourneys`` is the best way by train; ``door_to_door`` mends it where another way is quicker,
and says what is known of Northern Ireland, for which there are no station data.
"""

from dataclasses import dataclass

import numpy as np

from matcher.places.constants import AccessConstants
from matcher.places.geometry import Booleans, Floats
from matcher.places.stops import NO_WAY, StationAccess

LONGEST_WALK_MINUTES = 60.0
ROAD_ALLOWANCE_KM = 10.0  # roads are measured between the middles of outward codes


@dataclass(frozen=True, slots=True)
class TrainJourneys:
    """Minutes on trains, and from door to door, of the best pair of stations; NaN if no train."""

    on_trains: Floats
    door_to_door: Floats


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else decides how to go: for each destination, how far it is and over what land."""

    straight_km: Floats
    land_km: Floats
    from_northern_ireland: bool
    to_northern_ireland: Booleans
    within_london: Booleans


def best_trains(
    origin: StationAccess,
    destinations: StationAccess,
    *,
    rail_minutes: Floats,
    constants: AccessConstants,
) -> TrainJourneys:
    """Return the best journeys over every pair of stations near the origin and near the end.

    ``rail_minutes`` (stations of the origin × all stations) are minutes between stations.
    """
    ends = destinations.station
    on_trains = np.full(len(ends), np.nan)
    best = np.full(len(ends), NO_WAY / 2)
    for first in range(constants.stations):
        for last in range(constants.stations):
            ride = rail_minutes[first][ends[:, last]]
            whole = origin.minutes[0, first] + constants.station_wait + ride
            whole = whole + destinations.minutes[:, last]
            better = whole < best
            best[better], on_trains[better] = whole[better], ride[better]
    return TrainJourneys(on_trains, np.where(np.isnan(on_trains), np.nan, best))


def door_to_door(
    trains: TrainJourneys, around: Surroundings, constants: AccessConstants
) -> TrainJourneys:
    """Return the journeys with those quicker on foot or by bus put right."""
    bus = np.minimum(_bus_minutes(around, constants), _london_minutes(around, constants))
    no_train = np.isnan(trains.on_trains)
    whole = np.where(no_train, np.nan, np.minimum(trains.door_to_door, bus))
    on_foot = around.straight_km * constants.detour / constants.walk_speed * 60
    walked = (on_foot < trains.door_to_door) | (no_train & (on_foot < LONGEST_WALK_MINUTES))
    whole = np.where(walked, np.fmin(on_foot, bus), whole)
    on_trains = np.where(walked, 0.0, trains.on_trains)
    return _with_northern_ireland(TrainJourneys(on_trains, whole), around, constants)


def _bus_minutes(around: Surroundings, constants: AccessConstants) -> Floats:
    """Return minutes by bus and coach; infinite where they go far round, as about an estuary."""
    straight = around.straight_km
    longest_road = constants.bus_longest_detour * straight + ROAD_ALLOWANCE_KM
    possible = (straight < constants.bus_longest_km) & (around.land_km <= longest_road)
    return np.where(possible, constants.bus_start + constants.bus_per_km * straight, np.inf)


def _london_minutes(around: Surroundings, constants: AccessConstants) -> Floats:
    """Return minutes by Underground and bus within Greater London; infinite elsewhere."""
    minutes = constants.london_start + constants.london_per_km * around.straight_km
    return np.where(around.within_london, minutes, np.inf)


def _with_northern_ireland(
    journeys: TrainJourneys, around: Surroundings, constants: AccessConstants
) -> TrainJourneys:
    here, there = around.from_northern_ireland, around.to_northern_ireland
    touched = there | here
    straight = np.maximum(around.straight_km, 0.1)
    by_formula = constants.northern_ireland_factor * straight**constants.northern_ireland_power
    on_foot = straight * constants.detour / constants.walk_speed * 60
    within = np.minimum(on_foot, by_formula) if here else np.full(len(straight), np.nan)
    return TrainJourneys(
        np.where(touched, np.nan, journeys.on_trains),
        np.where(touched, np.where(there, within, np.nan), journeys.door_to_door),
    )
