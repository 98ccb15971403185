"""The bars and the gentle preferences of one pair, compiled: for one row of a table of offers.

The ranking, the counts of bars and the facts on a page all ask the same functions, so that no bar
ever lets anyone through. Distances are straight lines on a sphere.
"""

from typing import Any, NamedTuple  # a record's fields are of several types

import numpy as np
from numpy.typing import NDArray

from matcher.matching.compiled import compiled_within
from matcher.matching.offers import Bar

Floats = NDArray[np.float32]

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


# What the bars read of one offer: a record that fits one line of the cache. Points are on the unit
# sphere, NaN where no place is known. `reach_km`, `train` and `car` are limits, infinite where none
# is stated. `load` is what remains of a score for the recent asks, 0 where no ask is left.
# `resting` is the ordinal of the last day of rest, 0 for none.
FACT = np.dtype(
    [
        ("kinds", np.uint64),
        ("x", np.float32),
        ("y", np.float32),
        ("z", np.float32),
        ("reach_km", np.float32),
        ("train", np.float32),
        ("car", np.float32),
        ("outcode", np.int32),
        ("load", np.float32),
        ("resting", np.int32),
        ("remote", np.bool_),
        ("alive", np.bool_),
    ],
    align=True,
)
Facts = NDArray[np.void]
Fact = Any  # a record of FACT: numba reads its fields as attributes, numpy's types know none


class Asked(NamedTuple):
    """What the bars read of a need. Minutes are by outward code, NaN where there is no estimate."""

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


@compiled_within
def distance_km(fact: Fact, asked: Asked) -> float:
    """Return the straight line in kilometres, NaN where a place is not known."""
    dx = fact.x - asked.x
    dy = fact.y - asked.y
    dz = fact.z - asked.z
    half = np.sqrt(dx * dx + dy * dy + dz * dz) / 2.0
    return float(2.0 * EARTH_KM * np.arcsin(min(half, 1.0)))


@compiled_within
def time_over(fact: Fact, asked: Asked) -> int:
    """Return how the stated time limits stand: IN_PERSON, a little over by train or car, or -1.

    Either limit suffices. A limit for which there is no estimate bars nobody.
    """
    train, car = fact.train, fact.car
    if train == np.inf and car == np.inf:
        return IN_PERSON
    code = fact.outcode
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


@compiled_within
def outcome_of(fact: Fact, asked: Asked, given: int) -> Outcome:
    """Return whether anything bars an offer from the need, and how it would come if not."""
    bars = given & ~_OUTSIDE_AREAS
    if fact.load == 0.0:
        bars |= _CAPACITY
    if fact.resting > asked.as_of > 0:
        bars |= _RESTING
    if asked.kind != 0 and (fact.kinds & asked.kind) == 0:
        bars |= _KIND
    if asked.remote_only:
        bars |= 0 if fact.remote else _NOT_REMOTE
        return Outcome(bars, BY_VIDEO, np.nan)
    kilometres = distance_km(fact, asked)
    over = time_over(fact, asked)
    travel = given & _OUTSIDE_AREAS
    if fact.remote and fact.reach_km == 0.0:
        travel = _REMOTE_ONLY
    else:
        travel |= _TOO_FAR if kilometres > fact.reach_km + _ROUNDING_KM else 0
        travel |= _TOO_LONG if over < 0 else 0
    if travel == 0:
        return Outcome(bars, over, kilometres)
    by_video = asked.remote_too and fact.remote
    return Outcome(bars if by_video else bars | travel, BY_VIDEO, kilometres)


@compiled_within
def travel_share(fact: Fact, asked: Asked, outcome: Outcome) -> float:
    """Return what remains of a score for the way there: 1 for none, 1 - weight for very far."""
    if asked.remote_only:
        return 1.0
    if outcome.manner == BY_VIDEO:
        return 1.0 - asked.travel_weight
    far = _far(asked.transit[fact.outcode], outcome.kilometres, asked)
    share = 1.0 - asked.travel_weight * far
    return share if outcome.manner == IN_PERSON else share * (1.0 - asked.over_weight)


@compiled_within
def _far(minutes: float, kilometres: float, asked: Asked) -> float:
    if minutes >= 0.0:
        return minutes / (minutes + asked.travel_minutes)
    if kilometres >= 0.0:
        return kilometres / (kilometres + asked.travel_km)
    return 0.5
