"""Finds the places people name: postcodes, councils and towns, and asks when a name is ambiguous.

How a bare name is settled, since asking is cheap and a wrong guess is not:

* A council and the town of the same name inside it are one place: the town, whose point is where
  trains arrive. Saying "council" or "borough" chooses the council.
* A former council gives way to anything else of its name.
* One of several towns is taken without asking only if it has at least 50,000 people and 20 times
  those of the next (Preston, Lancashire, but not Newport). A council without a town of its name
  (Halton) counts as 100,000 people.
* The first part of a joined name counts too: "Newcastle" asks about upon Tyne and under Lyme. It
  does not where a place of 50,000 people has it as its whole name and is three times as large:
  Sutton is not Sutton in Ashfield.
* A district, county, region or nation after the name settles it: "Newport, Shropshire".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Self

from rapidfuzz import fuzz, process

from matcher.places.councils import Council, read_councils
from matcher.places.listing import COUNCIL_POPULATION, Listing, Strength, list_everything
from matcher.places.names import normalise, readings, without_council_words
from matcher.places.place import Place, PlaceKind, distance_km, distance_miles
from matcher.places.postcodes import PostcodeParts, lettered_outcodes, split_postcode
from matcher.places.tables import read_rows

__all__ = ["Council", "Gazetteer", "Place", "PlaceKind", "distance_km", "distance_miles"]

DOMINANT_POPULATION = 50_000
DOMINANT_RATIO = 20
WHOLE_NAME_RATIO = 3
FEWEST_PEOPLE = 500
SUGGESTION_CUTOFF = 75
SUGGESTIONS = 5
COUNTRY_WORDS = (" united kingdom", " great britain", " uk", " gb")


class Gazetteer:
    """Every outward code, sector, council and town, by name and by id."""

    def __init__(self, councils: Iterable[Council], listings: Iterable[Listing]) -> None:
        self._councils = tuple(councils)
        self._places: dict[str, Place] = {}
        self._by_label: dict[str, str] = {}
        self._population: dict[str, int] = {}
        self._qualifiers: dict[str, frozenset[str]] = {}
        self._by_name: dict[Strength, dict[str, list[str]]] = {
            strength: defaultdict(list) for strength in Strength
        }
        for listing in listings:
            self._add(listing)
        self._outcodes = frozenset(
            place.outcode for place in self._places.values() if place.kind == "outcode"
        )

    @classmethod
    def load(cls) -> Self:
        """Read the shipped tables; about a fifth of a second."""
        councils = read_councils()
        return cls(councils, list_everything(councils))

    def councils(self) -> tuple[Council, ...]:
        """Return today's councils and combined authorities, then the former ones."""
        return self._councils

    def get(self, place_id: str) -> Place:
        """Return the place with this id; KeyError if there is none."""
        if place_id.startswith("sector:"):
            return self._sector(place_id.removeprefix("sector:"))
        return self._places[place_id]

    def find(self, text: str, *, keep_sector: bool = False) -> tuple[Place, ...]:
        """Return what ``text`` may mean: nothing, one place, or several to ask about.

        Of a postcode only the outward code is kept, for it may be someone's home. With
        ``keep_sector`` (for public buildings) a full postcode keeps its sector.
        """
        if labelled := self._by_label.get(text.strip().casefold()):
            return (self._places[labelled],)
        if parts := split_postcode(text, self._outcodes):
            return (self._postcode(parts, keep_sector=keep_sector),)
        if lettered := lettered_outcodes(text, self._outcodes):
            return (_most_central([self._places[f"outcode:{code}"] for code in lettered]),)
        key = normalise(text)
        for ending in COUNTRY_WORDS:
            key = key.removesuffix(ending)
        return self._find_name(key) or self._find_qualified(key)

    def suggest(self, text: str) -> tuple[Place, ...]:
        """Return up to five places with names close to ``text``, for "did you mean"."""
        key = without_council_words(normalise(text))
        close = process.extract(
            key,
            self._by_name[Strength.NAME].keys(),
            scorer=fuzz.ratio,
            score_cutoff=SUGGESTION_CUTOFF,
            limit=2 * SUGGESTIONS,
        )
        scored = [
            (-score, -self._people(place), place.id)
            for name, score, _ in close
            for place in self._find_name(name)
        ]
        ids = dict.fromkeys(place_id for _, _, place_id in sorted(scored))
        places = [self._places[place_id] for place_id in ids]
        return tuple(place for place in places if not _gives_way(place, places))[:SUGGESTIONS]

    def _add(self, listing: Listing) -> None:
        place = listing.place
        self._places[place.id] = place
        self._by_label[place.label.casefold()] = place.id
        self._population[place.id] = listing.population
        self._qualifiers[place.id] = listing.qualifiers
        for key, strength in listing.keys.items():
            self._by_name[strength][key].append(place.id)

    def _people(self, place: Place) -> int:
        return max(self._population[place.id], FEWEST_PEOPLE)

    def _postcode(self, parts: PostcodeParts, *, keep_sector: bool) -> Place:
        if keep_sector and parts.sector and parts.sector in _sector_points():
            return self._sector(parts.sector)
        return self._places[f"outcode:{parts.outcode}"]

    def _sector(self, sector: str) -> Place:
        latitude, longitude = _sector_points()[sector]
        around = self._places[f"outcode:{sector.partition(' ')[0]}"]
        return Place(
            id=f"sector:{sector}",
            kind="postcode",
            name=sector,
            label=f"{sector}, {around.council_name}",
            latitude=latitude,
            longitude=longitude,
            outcode=around.outcode,
            council_gss=around.council_gss,
            council_name=around.council_name,
            nation=around.nation,
        )

    def _find_name(self, key: str) -> tuple[Place, ...]:
        for reading in readings(key):
            places = self._settle(self._named(reading.key), councils_first=reading.council_meant)
            if places:
                return places
        return ()

    def _named(self, key: str) -> list[Place]:
        """Return every place of that name; by other names only where they add nothing new."""
        names = self._at(Strength.NAME, key)
        heads = [place for place in self._at(Strength.HEAD, key) if not self._outdone(place, names)]
        found = list(dict.fromkeys(names + heads))
        councils = {place.council_gss for place in found}
        return found + [
            place
            for place in self._at(Strength.OTHER, key)
            if place not in found and (not found or place.council_gss in councils)
        ]

    def _at(self, strength: Strength, key: str) -> list[Place]:
        return [self._places[place_id] for place_id in self._by_name[strength].get(key, [])]

    def _outdone(self, head: Place, names: list[Place]) -> bool:
        """Whether a well-known place has the whole name of which ``head`` bears more."""
        return any(
            self._people(place) >= max(DOMINANT_POPULATION, WHOLE_NAME_RATIO * self._people(head))
            for place in names
        )

    def _find_qualified(self, key: str) -> tuple[Place, ...]:
        """Read "newport shropshire" as Newport, of those that lie in Shropshire."""
        for name, qualifier in _splits(key):
            for reading in readings(name):
                places = [
                    place for place in self._named(reading.key) if self._lies_in(place, qualifier)
                ]
                if places:
                    return self._settle(places, councils_first=reading.council_meant)
        return ()

    def _lies_in(self, place: Place, qualifier: str) -> bool:
        return qualifier in self._qualifiers[place.id] or qualifier == place.outcode.lower()

    def _settle(self, places: list[Place], *, councils_first: bool = False) -> tuple[Place, ...]:
        councils = [place for place in places if place.kind == "council"]
        if councils_first and councils:
            places = councils
        settled = [place for place in places if not _gives_way(place, places)]
        # A town is at least as well known as the council that is called after it.
        seats = {council.council_gss for council in councils if not _former(council)}
        known = {
            place: max(self._people(place), COUNCIL_POPULATION * (place.council_gss in seats))
            for place in settled
        }
        settled.sort(key=lambda place: (-known[place], place.label))
        return tuple(settled[:1] if _first_dominates(list(known.values())) else settled)


def _most_central(places: list[Place]) -> Place:
    return min(places, key=lambda place: sum(distance_km(place, other) for other in places))


def _first_dominates(people: list[int]) -> bool:
    if len(people) < 2:
        return False
    second, first = sorted(people)[-2:]
    return first >= DOMINANT_POPULATION and first >= DOMINANT_RATIO * second


def _gives_way(place: Place, places: list[Place]) -> bool:
    """Whether ``place`` is a council better known as another of the places that bear its name."""
    if _former(place):
        return any(not _former(other) for other in places)
    return place.kind == "council" and any(
        other.kind == "town" and other.council_gss == place.council_gss for other in places
    )


def _former(place: Place) -> bool:
    return place.kind == "council" and place.id != f"gss:{place.council_gss}"


def _splits(key: str) -> Iterator[tuple[str, str]]:
    words = key.split()
    for cut in range(len(words) - 1, 0, -1):
        yield " ".join(words[:cut]), " ".join(words[cut:])


@cache
def _sector_points() -> dict[str, tuple[float, float]]:
    return {
        row["sector"]: (float(row["lat"]), float(row["lon"])) for row in read_rows("sectors.csv")
    }
