"""The map of reach as an SVG image: the United Kingdom by its outward codes, and who is where.

No outline is shipped: some 2,900 outward codes, a dot each, show the islands well enough, and
where people live. Marks differ in shape and carry a number or letter, so no colour is needed.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from xml.etree.ElementTree import Element, SubElement, tostring

from matcher.places.tables import read_rows
from matcher.records.pages.whereabouts import Spot

#: The edges of the map in degrees: from Scilly to Unst, from Fermanagh to Lowestoft.
NORTH, SOUTH, WEST, EAST = 61.0, 49.7, -8.4, 2.0
#: Pixels to a degree of latitude; one of longitude is narrower by the cosine of the middle.
SCALE = 60
NARROWING = cos(radians((NORTH + SOUTH) / 2))
#: A degree of latitude in miles.
MILES_PER_DEGREE = 69.1
RINGS_MILES = (50, 100, 150)
INK, LAND, MARK, RING = "#14262b", "#b9c8c3", "#0b6266", "#485a5e"


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody on the map: a number in a circle, or a letter in a square for who is beyond."""

    sign: str
    spot: Spot
    within: bool


def draw_map(venue: Spot, marks: Sequence[Mark]) -> str:
    """Return the address of an image: where help is wanted, who could come, who is too far."""
    width, height = _point(SOUTH, EAST)
    image = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}")
    land = {"d": _land(), "stroke": LAND, "stroke-width": "3.5", "stroke-linecap": "round"}
    SubElement(image, "path", land)
    _draw_rings(image, venue)
    for mark in reversed(marks):
        _draw_mark(image, mark)
    x, y = _point(venue.latitude, venue.longitude)
    star = {"d": f"M{x},{y - 9}l9,9l-9,9l-9,-9z", "fill": "#ffc045", "stroke": INK}
    SubElement(image, "path", star | {"stroke-width": "2.5"})
    return "data:image/svg+xml;base64," + b64encode(tostring(image)).decode()


@cache
def _land() -> str:
    rows = read_rows("outcodes.csv")
    points = (_point(float(row["lat"]), float(row["lon"])) for row in rows)
    return "".join(f"M{x},{y}h0" for x, y in points)


def _point(latitude: float, longitude: float) -> tuple[float, float]:
    """Return pixels from the upper left corner."""
    x, y = (longitude - WEST) * NARROWING * SCALE, (NORTH - latitude) * SCALE
    return round(x, 1), round(y, 1)


def _draw_rings(image: Element, venue: Spot) -> None:
    x, y = _point(venue.latitude, venue.longitude)
    for miles in RINGS_MILES:
        radius = round(miles / MILES_PER_DEGREE * SCALE, 1)
        ring = {"cx": str(x), "cy": str(y), "r": str(radius), "fill": "none", "stroke": RING}
        SubElement(image, "circle", ring | {"stroke-dasharray": "4 4"})
        _write(image, f"{miles} miles", x, y - radius - 4, RING)


def _draw_mark(image: Element, mark: Mark) -> None:
    x, y = _point(mark.spot.latitude, mark.spot.longitude)
    if mark.within:
        shape = {"cx": str(x), "cy": str(y), "r": "10", "fill": MARK, "stroke": "#ffffff"}
        SubElement(image, "circle", shape)
    else:
        corner = {"x": str(x - 9), "y": str(y - 9), "width": "18", "height": "18"}
        SubElement(image, "rect", corner | {"fill": "#ffffff", "stroke": INK})
    _write(image, mark.sign, x, y + 4.5, "#ffffff" if mark.within else INK)


def _write(image: Element, words: str, x: float, y: float, colour: str) -> None:
    look = {"font-family": "Helvetica, Arial, sans-serif", "font-size": "13", "fill": colour}
    place = {"x": str(x), "y": str(y), "text-anchor": "middle", "font-weight": "bold"}
    SubElement(image, "text", look | place).text = words
