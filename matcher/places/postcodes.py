"""Recognises UK postcodes, whole or in part."""

import re
from dataclasses import dataclass

OUTWARD = r"([A-Z]{1,2}[0-9][A-Z0-9]?)"
WHOLE = re.compile(OUTWARD + r" ?([0-9])[A-Z]{2}")
WITHIN = re.compile(r"\b" + WHOLE.pattern + r"\b")
LONGEST_OUTCODE = 4
SECTOR = re.compile(OUTWARD + r" ([0-9])")


@dataclass(frozen=True, slots=True)
class PostcodeParts:
    """An outward code ("RG14"), and the sector ("RG14 5") where one was given."""

    outcode: str
    sector: str | None


def split_postcode(text: str, known_outcodes: frozenset[str]) -> PostcodeParts | None:
    """Return the parts of a postcode, sector or outward code, or None where it is none of them.

    Case and punctuation do not matter, nor do spaces save before a lone sector: "B1 1" is a sector
    of B1, "B11" an outward code. A whole postcode is found within an address too.
    """
    compact = _compact(text)
    spaced = " ".join(re.findall(r"[A-Z0-9]+", text.upper()))
    sector = WHOLE.fullmatch(compact) or SECTOR.fullmatch(spaced) or WITHIN.search(spaced)
    if sector and sector[1] in known_outcodes:
        return PostcodeParts(sector[1], f"{sector[1]} {sector[2]}")
    return PostcodeParts(compact, None) if compact in known_outcodes else None


def lettered_outcodes(text: str, known_outcodes: frozenset[str]) -> list[str]:
    """Return the inner London codes that people shorten to ``text``: EC1A, EC1M … for "EC1"."""
    compact = _compact(text)
    if len(compact) >= LONGEST_OUTCODE:
        return []
    return sorted(code for code in known_outcodes if code[:-1] == compact and code[-1].isalpha())


def _compact(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())
