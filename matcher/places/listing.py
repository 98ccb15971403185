"""Turns the shipped tables into places with the names they go by, for the gazetteer to look up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from matcher.places.councils import Council
from matcher.places.names import COUNCIL_JOINTS, TOWN_JOINTS, head, normalise, without_council_words
from matcher.places.place import Place
from matcher.places.tables import read_rows

NATIONS = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}
COUNCIL_POPULATION = 100_000
HEAD_POPULATION = 10_000


class Strength(IntEnum):
    """How sure a name is: the name itself, the first part of a joined name, or another name."""

    NAME = 3
    HEAD = 2
    OTHER = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """A place, its normalised names, how many people it counts as, and what may qualify it.

    ``qualifiers`` are the normalised districts, counties, regions and nations that may follow the
    name: "shropshire" of "Newport, Shropshire".
    """

    place: Place
    keys: dict[str, Strength]
    population: int
    qualifiers: frozenset[str]


def list_everything(councils: Iterable[Council]) -> Iterator[Listing]:
    """Yield a listing for every council, outward code and town."""
    current = {council.name: council for council in councils if not council.former}
    former = [council for council in councils if council.former]
    by_gss = {council.gss: council for council in current.values()}
    inside = {row["outcode"]: by_gss[row["la_gss"]] for row in read_rows("outcodes.csv")}
    yield from _outcodes(inside)
    yield from _towns(current)
    for council in current.values():
        yield _council(council, council, _later_names(council, former))
    for council in former:
        if council.name not in current:
            yield _council(council, inside[council.outcode], [])


def _outcodes(inside: dict[str, Council]) -> Iterator[Listing]:
    for row in read_rows("outcodes.csv"):
        council = inside[row["outcode"]]
        place = Place(
            id=f"outcode:{row['outcode']}",
            kind="outcode",
            name=row["outcode"],
            label=f"{row['outcode']}, {council.name}",
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
            outcode=row["outcode"],
            council_gss=council.gss,
            council_name=council.name,
            nation=row["country"],
        )
        yield Listing(place, {}, 0, frozenset())


def _towns(councils: dict[str, Council]) -> Iterator[Listing]:
    for row in read_rows("places.csv"):
        council = councils[row["la"]]
        place = Place(
            id=f"geonames:{row['geonameid']}",
            kind="town",
            name=row["name"],
            label=_town_label(row["name"], council),
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
            outcode=row["outcode"],
            council_gss=council.gss,
            council_name=council.name,
            nation=NATIONS[row["nation"]],
        )
        population = int(row["population"])
        yield Listing(place, _town_keys(row, population), population, _qualifiers(council))


def _town_label(name: str, council: Council) -> str:
    """Name the district, or what lies above it where the district is called like the town."""
    if name == "London":
        return name
    if f" {normalise(name)} " not in f" {normalise(council.name)} ":
        return f"{name}, {council.name}"
    if council.nation == "England" and council.county not in ("", name):
        return f"{name}, {council.county}"
    return f"{name}, {council.nation}"


def _town_keys(row: dict[str, str], population: int) -> dict[str, Strength]:
    key = normalise(row["name"])
    others = [normalise(name) for name in row["alt"].split("|") if "London Borough" not in name]
    keys = dict.fromkeys(filter(None, others), Strength.OTHER)
    first = head(key, TOWN_JOINTS) if population >= HEAD_POPULATION else None
    if first:
        keys[first] = Strength.HEAD
    keys[key] = Strength.NAME
    return keys


def _council(council: Council, now: Council, other_names: list[str]) -> Listing:
    place = Place(
        id=f"gss:{council.gss}",
        kind="council",
        name=council.name,
        label=f"{council.official_name} (now {now.name})"
        if council.former
        else council.official_name,
        latitude=council.latitude,
        longitude=council.longitude,
        outcode=council.outcode,
        council_gss=now.gss,
        council_name=now.name,
        nation=council.nation,
    )
    names = [council.name, council.official_name, *council.alternative_names, *other_names]
    keys = dict.fromkeys(map(normalise, [*names, place.label]), Strength.NAME)
    first = None if council.strategic else head(normalise(council.name), COUNCIL_JOINTS)
    if first:
        keys.setdefault(first, Strength.HEAD)
    return Listing(place, keys, COUNCIL_POPULATION, _qualifiers(now))


def _later_names(council: Council, former: Iterable[Council]) -> list[str]:
    """Return the official names of former councils whose name today's council bears."""
    return [
        earlier.official_name
        for earlier in former
        if earlier.name == council.name and council.gss in earlier.successors
    ]


@cache
def _qualifiers(council: Council) -> frozenset[str]:
    areas = (council.county, council.region, council.nation, council.name, council.official_name)
    names = {normalise(name) for name in (*areas, *council.alternative_names) if name}
    return frozenset(names | {without_council_words(name) for name in names})
