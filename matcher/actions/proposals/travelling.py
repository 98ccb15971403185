"""How long the way is to a help request, put into the need that the matcher reads."""

from functools import lru_cache
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from matcher.matching.offers import TravelMinutes
from matcher.places.travel import shared_estimator

REMEMBERED = 64


@lru_cache(maxsize=REMEMBERED)
def minutes_to(latitude: float, longitude: float) -> TravelMinutes:
    """Return the minutes from every outward code to a point, by train, door to door and by car.

    A code without an estimate is left out: nobody is dropped for lack of one.
    """
    estimator = shared_estimator()
    reach = estimator.reach((latitude, longitude))
    codes = estimator.outcodes
    return TravelMinutes(
        train=_known(codes, reach.train),
        transit=_known(codes, reach.transit),
        car=_known(codes, reach.car),
        over_sea=frozenset(np.array(codes)[reach.over_sea].tolist()),
    )


def _known(codes: tuple[str, ...], minutes: NDArray[np.float64]) -> dict[str, float]:
    known = ~np.isnan(minutes)
    return dict(zip(compress(codes, known.tolist()), minutes[known].tolist(), strict=True))
