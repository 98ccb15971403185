"""Areas a volunteer may name instead of a distance: "London only" is its boroughs, not a radius.

An area is a set of today's councils. Counties, regions and nations come from ``data/areas.csv``,
what people say beside those ("the Black Country") from ``data/area_groups.csv``. A county council
stands for its districts too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Self

from matcher.places.councils import Council, CouncilKind, read_councils
from matcher.places.names import normalise, readings
from matcher.places.tables import read_rows

DISTRICT_PREFIX = "E07"  # of the codes of districts below a county council

AreaKind = Literal["nation", "region", "county", "group", "council"]
KINDS: tuple[AreaKind, ...] = ("nation", "region", "group", "county", "council")

OTHER_NAMES = {
    "cymru": "nation:Wales",
    "alba": "nation:Scotland",
    "uk": "group:United Kingdom",
    "britain": "group:Great Britain",
    "gb": "group:Great Britain",
    "north": "group:The North of England",
    "northern england": "group:The North of England",
    "midlands of england": "group:The Midlands",
    "west midlands region": "region:West Midlands",
    "west midlands county": "county:West Midlands",
}
ONLY = re.compile(r"^(?:only |anywhere in |within |all of |the whole of )+|(?: only| area)$")


@dataclass(frozen=True, slots=True)
class Area:
    """Councils under one name. ``id`` is stable ("region:North West", "gss:E08000030").

    ``label`` tells apart what is called alike: "West Midlands region", "Kent County Council".
    """

    id: str
    kind: AreaKind
    name: str
    councils: frozenset[str]
    label: str


class Areas:
    """Every area by id and by name."""

    def __init__(self, areas: Iterable[Area], other_names: dict[str, str]) -> None:
        """``other_names`` lead from a normalised name to the id of the area meant."""
        self._areas = {area.id: area for area in areas}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for area in self._areas.values():
            self._by_name[normalise(area.name).removeprefix("the ")].append(area.id)
        for name, area_id in other_names.items():
            if name not in self._by_name:
                self._by_name[name].append(area_id)

    @classmethod
    def load(cls) -> Self:
        """Read the shipped tables."""
        councils = [council for council in read_councils() if not council.former]
        local = [council for council in councils if not council.strategic]
        nations = _grouped("nation", ((council.nation, council) for council in local))
        regions = _grouped("region", ((council.region, council) for council in _english(local)))
        counties = _grouped("county", ((council.county, council) for council in local))
        single = [_council_area(council, counties) for council in local]
        wider = _told_apart(regions, counties)
        listed = {area.id: area for area in (*nations, *wider, *single)}
        other_names = {
            normalise(name): f"gss:{council.gss}"
            for council in local
            for name in (council.official_name, *council.alternative_names)
        }
        other_names.update(OTHER_NAMES)
        return cls([*listed.values(), *_groups(listed, local)], other_names)

    def get(self, area_id: str) -> Area:
        """Return the area with this id; KeyError if there is none."""
        return self._areas[area_id]

    def list_areas(self, kind: AreaKind) -> tuple[Area, ...]:
        """Return the areas of one kind, by name."""
        found = (area for area in self._areas.values() if area.kind == kind)
        return tuple(sorted(found, key=lambda area: area.name))

    def find(self, text: str) -> tuple[Area, ...]:
        """Return what ``text`` may mean: no area, one, or several to ask about.

        Areas of the same councils are one: the widest kind is given.
        """
        key = ONLY.sub("", normalise(text)).removeprefix("the ")
        for reading in (*readings(key), *readings(key.removesuffix(" england"))):
            found = [self._areas[area_id] for area_id in self._by_name.get(reading.key, ())]
            if reading.council_meant:
                found = [area for area in found if area.kind == "council"] or found
            if found:
                return tuple({area.councils: area for area in reversed(found)}.values())[::-1]
        return ()

    def describe(self, councils: Iterable[str]) -> tuple[str, ...]:
        """Return the fewest names that say these councils (GSS codes), widest first.

        A code that no area has is left out.
        """
        wanted = frozenset(councils)
        official = [area for area in self._areas.values() if area.kind != "group"]
        covers = (_cover(wanted, official), _cover(wanted, self._areas.values()))
        return tuple(area.label for area in min(covers, key=len))

    def councils_of(self, area_ids: Iterable[str]) -> frozenset[str]:
        """Return the GSS codes of all councils of these areas; KeyError for an unknown area."""
        return frozenset().union(*(self._areas[area_id].councils for area_id in area_ids))


def _cover(wanted: frozenset[str], areas: Iterable[Area]) -> list[Area]:
    """Take the widest area that lies within what is wanted, again and again."""
    chosen: list[Area] = []
    left = set(wanted)
    for area in sorted(
        areas, key=lambda area: (-len(area.councils), KINDS.index(area.kind), area.label)
    ):
        if area.councils <= left:
            chosen.append(area)
            left -= area.councils
    return chosen


def _english(councils: Iterable[Council]) -> list[Council]:
    return [council for council in councils if council.nation == "England"]


def _grouped(kind: AreaKind, named: Iterable[tuple[str, Council]]) -> list[Area]:
    members: dict[str, set[str]] = defaultdict(set)
    for name, council in named:
        if name:
            members[name].add(council.gss)
    return [
        Area(f"{kind}:{name}", kind, name, frozenset(found), name)
        for name, found in members.items()
    ]


def _told_apart(regions: Iterable[Area], counties: Iterable[Area]) -> list[Area]:
    """Return regions and counties; those of one name, such as West Midlands, labelled by kind."""
    several = (area for area in counties if len(area.councils) > 1)
    both = {area.name for area in regions} & {area.name for area in several}
    return [
        replace(area, label=f"{area.name} {area.kind}") if area.name in both else area
        for area in (*regions, *counties)
    ]


def _council_area(council: Council, counties: Iterable[Area]) -> Area:
    """A county council covers its county but for the unitary councils within it."""
    covered = {council.gss}
    if council.kind is CouncilKind.COUNTY:
        county = next(area for area in counties if council.gss in area.councils)
        covered |= {gss for gss in county.councils if gss.startswith(DISTRICT_PREFIX)}
    alike = any(area.name == council.name and area.councils != covered for area in counties)
    label = council.official_name if alike else council.name
    return Area(f"gss:{council.gss}", "council", council.name, frozenset(covered), label)


def _groups(areas: dict[str, Area], councils: Iterable[Council]) -> list[Area]:
    ids = {f"council:{council.name}": f"gss:{council.gss}" for council in councils}
    return [
        Area(
            f"group:{row['name']}",
            "group",
            row["name"],
            frozenset().union(
                *(areas[ids.get(member, member)].councils for member in row["members"].split("|"))
            ),
            row["name"],
        )
        for row in read_rows("area_groups.csv")
    ]
