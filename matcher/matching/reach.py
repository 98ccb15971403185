"""The bars and the gentle preferences of one pair, compiled: for one row of a table of offers.

The ranking, the counts of bars and the facts on a page all ask the same functions, so that no bar
ever lets anyone through. Distances are straight lines on a sphere.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.compiled import compiled
from matcher.matching.offers import Bar

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

EARTH_KM = 6371.0088
KM_PER_MILE = 1.609344
# Points are kept in single precision, good to about a metre.
_ROUNDING_KM = 0.01

BITS: dict[Bar, int] = {bar: 1 << position for position, bar in enumerate(Bar)}
_KIND = BITS[Bar.KIND_NOT_OFFERED]
_NOT_REMOTE = BITS[Bar.NOT_REMOTE]
_REMOTE_ONLY = BITS[Bar.REMOTE_ONLY]
_TOO_FAR = BITS[Bar.TOO_FAR]
_TOO_LONG = BITS[Bar.TOO_LONG]
_CAPACITY = BITS[Bar.CAPACITY]
_RESTING = BITS[Bar.RESTING]
_OUTSIDE_AREAS = BITS[Bar.OUTSIDE_AREAS]

# How a row comes: in person, in person a little over a limit, or by video.
IN_PERSON, LITTLE_OVER_TRAIN, LITTLE_OVER_CAR, BY_VIDEO = 0, 1, 2, 3


class Facts(NamedTuple):
    """What the bars read of the offers, one entry a row.

    Points are on the unit sphere, NaN where no place is known. `reach_km`, `train` and `car` are
    limits, infinite where none is stated. `load` is what remains of a score for the recent asks,
    0 where no ask is left. `resting` is the ordinal of the last day of rest, 0 for none.
    """

    x: Floats
    y: Floats
    z: Floats
    reach_km: Floats
    train: Floats
    car: Floats
    outcode: Integers
    kinds: NDArray[np.uint64]
    remote: NDArray[np.bool_]
    load: Floats
    resting: Integers
    alive: NDArray[np.bool_]


class Asked(NamedTuple):
    """What the bars read of a need. Minutes are by outward code, NaN where there is no estimate.

    `given` and `dates` are by row: bars known beforehand, and what remains for the wanted dates.
    """

    x: float
    y: float
    z: float
    kind: np.uint64
    remote_too: bool
    remote_only: bool
    as_of: int
    train: Floats
    car: Floats
    transit: Floats
    travel_weight: float
    travel_minutes: float
    travel_km: float
    over_weight: float
    over_share: float


@compiled
def distance_km(facts: Facts, row: int, asked: Asked) -> float:
    """Return the straight line in kilometres, NaN where a place is not known."""
    dx = facts.x[row] - asked.x
    dy = facts.y[row] - asked.y
    dz = facts.z[row] - asked.z
    half = np.sqrt(dx * dx + dy * dy + dz * dz) / 2.0
    return float(2.0 * EARTH_KM * np.arcsin(min(half, 1.0)))


@compiled
def time_over(facts: Facts, row: int, asked: Asked) -> int:
    """Return how the stated time limits stand: IN_PERSON, a little over by train or car, or -1.

    Either limit suffices. A limit for which there is no estimate bars nobody.
    """
    train, car = facts.train[row], facts.car[row]
    if train == np.inf and car == np.inf:
        return IN_PERSON
    code = facts.outcode[row]
    by_train = asked.train[code] / train if train < np.inf else np.inf
    by_car = asked.car[code] / car if car < np.inf else np.inf
    if not (by_train > 1.0 and by_car > 1.0):
        return IN_PERSON
    if by_train <= asked.over_share and by_train <= by_car:
        return LITTLE_OVER_TRAIN
    return LITTLE_OVER_CAR if by_car <= asked.over_share else -1


class Outcome(NamedTuple):
    """Of one pair: the bits of its bars, 0 for none; how the volunteer would come; and how far."""

    bars: int
    manner: int
    kilometres: float


@compiled
def outcome_of(facts: Facts, row: int, asked: Asked, given: int) -> Outcome:
    """Return whether anything bars a row from the need, and how it would come if not."""
    bars = given & ~_OUTSIDE_AREAS
    if facts.load[row] == 0.0:
        bars |= _CAPACITY
    if facts.resting[row] > asked.as_of > 0:
        bars |= _RESTING
    if asked.kind != 0 and (facts.kinds[row] & asked.kind) == 0:
        bars |= _KIND
    if asked.remote_only:
        bars |= 0 if facts.remote[row] else _NOT_REMOTE
        return Outcome(bars, BY_VIDEO, np.nan)
    kilometres = distance_km(facts, row, asked)
    over = time_over(facts, row, asked)
    travel = given & _OUTSIDE_AREAS
    if facts.remote[row] and facts.reach_km[row] == 0.0:
        travel = _REMOTE_ONLY
    else:
        travel |= _TOO_FAR if kilometres > facts.reach_km[row] + _ROUNDING_KM else 0
        travel |= _TOO_LONG if over < 0 else 0
    if travel == 0:
        return Outcome(bars, over, kilometres)
    by_video = asked.remote_too and facts.remote[row]
    return Outcome(bars if by_video else bars | travel, BY_VIDEO, kilometres)


@compiled
def travel_share(facts: Facts, row: int, asked: Asked, outcome: Outcome) -> float:
    """Return what remains of a score for the way there: 1 for none, 1 - weight for very far."""
    if asked.remote_only:
        return 1.0
    if outcome.manner == BY_VIDEO:
        return 1.0 - asked.travel_weight
    far = _far(asked.transit[facts.outcode[row]], outcome.kilometres, asked)
    share = 1.0 - asked.travel_weight * far
    return share if outcome.manner == IN_PERSON else share * (1.0 - asked.over_weight)


@compiled
def _far(minutes: float, kilometres: float, asked: Asked) -> float:
    if minutes >= 0.0:
        return minutes / (minutes + asked.travel_minutes)
    if kilometres >= 0.0:
        return kilometres / (kilometres + asked.travel_km)
    return 0.5
