"""How a volunteer would come to a need: the straight line and the minutes, for people to read."""

import math

from matcher.matching.offers import Journey, Mode, Need, Offer, Point
from matcher.matching.reach import BY_VIDEO, EARTH_KM, LITTLE_OVER_CAR, LITTLE_OVER_TRAIN

_OVER = {LITTLE_OVER_TRAIN: Mode.TRAIN, LITTLE_OVER_CAR: Mode.CAR}


def journey_of(need: Need, offer: Offer, manner: int) -> Journey:
    """Return the facts of the way between the two; `manner` as the bars have found it."""
    code = offer.place.outcode if offer.place else ""
    minutes = {mode: need.minutes.of(mode, code) if need.minutes else None for mode in Mode}
    return Journey(
        distance_km=between_km(need.place, offer.place),
        train_minutes=minutes[Mode.TRAIN],
        transit_minutes=minutes[Mode.TRANSIT],
        car_minutes=minutes[Mode.CAR],
        over=_OVER.get(manner),
        remote=manner == BY_VIDEO,
        over_sea=need.minutes is not None and code in need.minutes.over_sea,
    )


def between_km(here: Point | None, there: Point | None) -> float | None:
    """Return the great-circle distance in kilometres (haversine), None where a place is unknown."""
    if here is None or there is None:
        return None
    first, second = math.radians(here.latitude), math.radians(there.latitude)
    across = math.radians(there.longitude - here.longitude)
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2.0 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))
