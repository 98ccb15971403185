"""A place on the map, and how far apart two of them are."""

import math
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

PlaceKind = Literal["postcode", "outcode", "council", "town"]

EARTH_RADIUS_KM = 6371.0088
KM_PER_MILE = 1.609344


@dataclass(frozen=True, slots=True)
class Place:
    """A place a person can name, with the outward code that stands for it in travel times.

    ``id`` is stable: ``Gazetteer.get(place.id)`` gives the same place again. ``label`` is the name
    with its district, so that people can tell two Newports apart. ``council_gss`` is the code of
    today's council there: the town's district, or the council itself.
    """

    id: str
    kind: PlaceKind
    name: str
    label: str
    latitude: float
    longitude: float
    outcode: str
    council_gss: str
    council_name: str
    nation: str

    @property
    def point(self) -> Point:
        """Latitude and longitude in degrees."""
        return self.latitude, self.longitude


def distance_km(a: Place | Point, b: Place | Point) -> float:
    """Return the kilometres between two places in a straight line (haversine formula)."""
    latitude_a, longitude_a = map(math.radians, _point(a))
    latitude_b, longitude_b = map(math.radians, _point(b))
    half_chord_squared = (
        math.sin((latitude_b - latitude_a) / 2) ** 2
        + math.cos(latitude_a)
        * math.cos(latitude_b)
        * math.sin((longitude_b - longitude_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half_chord_squared))


def distance_miles(a: Place | Point, b: Place | Point) -> float:
    """Return the miles between two places in a straight line."""
    return distance_km(a, b) / KM_PER_MILE


def _point(of: Place | Point) -> Point:
    return of.point if isinstance(of, Place) else of
