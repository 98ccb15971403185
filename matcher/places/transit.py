"""Door to door by public transport: to the station, on trains and from it, by bus, or on foot.

``TrainJourneys`` is the best way by train; ``door_to_door`` mends it where another way is quicker,
and says what is known of Northern Ireland, for which there are no station data.
"""

from collections.abc import Iterable, Mapping, Sequence
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
    starts: Iterable[StationAccess],
    ends: Sequence[StationAccess],
    *,
    rail_minutes: Mapping[int, Floats],
    station_wait: float,
) -> TrainJourneys:
    """Return the best journeys over every pair of a station of the origin and one of the end.

    ``starts`` are of a single point, the first of ``ends`` of all destinations; ``rail_minutes``
    gives, for each station of the origin, the minutes to all.
    """
    best = np.full(len(ends[0].points), NO_WAY)
    on_trains = np.full(len(best), np.nan)
    pairs = ((start, place, end) for start in starts for place in _each(start) for end in ends)
    for start, place, end in pairs:
        rides = rail_minutes[int(start.station[0, place])][end.station]
        totals = start.minutes[0, place] + station_wait + rides + end.minutes
        last = np.argmin(totals, axis=1)[:, np.newaxis]
        total = np.take_along_axis(totals, last, axis=1)[:, 0]
        better = total < best[end.points]
        there = end.points[better]
        best[there] = total[better]
        on_trains[there] = np.take_along_axis(rides, last, axis=1)[better, 0]
    return TrainJourneys(on_trains, np.where(np.isnan(on_trains), np.nan, best))


def _each(access: StationAccess) -> range:
    return range(access.station.shape[1] if len(access.points) else 0)


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
