"""Many points at once: distances, and which of some points are nearest."""

import numpy as np
from numpy.typing import NDArray

from matcher.places.place import EARTH_RADIUS_KM

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

KM_PER_DEGREE = 111.2
MIDDLE_LATITUDE = 54.0


def haversine_km(
    from_latitude: Floats, from_longitude: Floats, to: tuple[Floats, Floats]
) -> Floats:
    """Return straight-line kilometres between points in degrees; the arrays broadcast."""
    latitude_a, longitude_a = np.radians(from_latitude), np.radians(from_longitude)
    latitude_b, longitude_b = np.radians(to[0]), np.radians(to[1])
    half_chord_squared = (
        np.sin((latitude_b - latitude_a) / 2) ** 2
        + np.cos(latitude_a) * np.cos(latitude_b) * np.sin((longitude_b - longitude_a) / 2) ** 2
    )
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half_chord_squared))
    return distance


def plane_km(latitude: Floats, longitude: Floats) -> Floats:
    """Return the points (n × 2) on a plane in km; distances are good to about 5 % within the UK.

    Good enough to choose the nearest few of many points in a tree.
    """
    shrink = np.cos(np.radians(MIDDLE_LATITUDE))
    return np.column_stack([latitude * KM_PER_DEGREE, longitude * KM_PER_DEGREE * shrink])
