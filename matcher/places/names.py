"""Brings the ways people write the name of a place down to one."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

APOSTROPHES = str.maketrans("", "", "'’‘`´")
WORD = re.compile(r"[a-z0-9]+|&")

# Word for word, after accents and punctuation have gone.
SAME_WORD = {"saint": "st", "upon": "on", "&": "and", "co": "county", "nr": "near"}

COUNCIL_OPENINGS = (
    "city and county of",
    "city and district of",
    "london borough of",
    "royal borough of",
    "metropolitan borough of",
    "county borough of",
    "borough council of",
    "council of",
    "borough of",
    "district of",
    "lb",
    "rb",
    "bwrdeistref sirol",
    "cyngor",
)
COUNCIL_ENDINGS = (
    "mayoral combined authority",
    "combined county authority",
    "combined authority",
    "unitary authority",
    "london boro",
    "council",
    "corporation",
    "authority",
    "borough",
    "metropolitan",
    "district",
    "county",
    "mbc",
    "mdc",
    "bc",
    "dc",
    "cc",
    "ua",
)
# Said of towns as readily as of councils, so they do not show that a council is meant.
TOWN_OPENINGS = ("the city of", "city of", "town of", "county of", "the", "dinas", "sir")
TOWN_ENDINGS = ("city", "town", "parish")

# "Stoke" is enough for Stoke-on-Trent. What follows one of these words may be left unsaid.
TOWN_JOINTS = frozenset({"on", "in", "under", "le", "de", "next", "super", "by"})
COUNCIL_JOINTS = TOWN_JOINTS | {"and", "with"}
SHORTEST_HEAD = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A normalised name, and whether a word was taken off it that only a council bears."""

    key: str
    council_meant: bool


def normalise(text: str) -> str:
    """Return ``text`` in lower case, unaccented, without punctuation, "Saint" as "st"."""
    text = text.lower().translate(APOSTROPHES)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(SAME_WORD.get(word, word) for word in WORD.findall(text))


def readings(key: str) -> Iterator[Reading]:
    """Yield a normalised name as it stands, then with "council", "borough of" and so on taken off.

    One opening or ending goes at a time: "cyngor sir benfro", "sir benfro", "benfro".
    """
    council_meant = False
    while key:
        yield Reading(key, council_meant)
        shorter = _without_one(key, COUNCIL_OPENINGS, COUNCIL_ENDINGS)
        council_meant = council_meant or shorter != key
        if shorter == key:
            shorter = _without_one(key, TOWN_OPENINGS, TOWN_ENDINGS)
        key = shorter if shorter != key else ""


def without_council_words(key: str) -> str:
    """Return the shortest reading of a normalised name."""
    shortest = key
    for reading in readings(key):
        shortest = reading.key
    return shortest


def head(key: str, joints: frozenset[str]) -> str | None:
    """Return the part of a normalised name before its first joint ("stoke" of "stoke on trent")."""
    words = key.split()
    cuts = [place for place, word in enumerate(words) if word in joints and place > 0]
    first = " ".join(words[: cuts[0]]) if cuts else ""
    return first if len(first) >= SHORTEST_HEAD else None


def _without_one(key: str, openings: tuple[str, ...], endings: tuple[str, ...]) -> str:
    for opening in openings:
        if key.startswith(f"{opening} "):
            return key.removeprefix(f"{opening} ")
    for ending in endings:
        if key.endswith(f" {ending}"):
            return key.removesuffix(f" {ending}")
    return key
