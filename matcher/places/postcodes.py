"""Recognises UK postcodes, whole or in part."""

import re
from dataclasses import dataclass

SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])(?:[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class PostcodeParts:
    """An outward code ("RG14"), and the sector ("RG14 5") where one was given."""

    outcode: str
    sector: str | None


def split_postcode(text: str, known_outcodes: frozenset[str]) -> PostcodeParts | None:
    """Return the parts of a postcode, sector or outward code, or None where it is none of them.

    Spaces, case and punctuation do not matter. "RG145" may be read two ways; the outward codes
    that exist decide.
    """
    compact = _compact(text)
    if compact in known_outcodes:
        return PostcodeParts(compact, None)
    if (sector := SECTOR.fullmatch(compact)) and sector[1] in known_outcodes:
        return PostcodeParts(sector[1], f"{sector[1]} {sector[2]}")
    return None


def lettered_outcodes(text: str, known_outcodes: frozenset[str]) -> list[str]:
    """Return the inner London codes that people shorten to ``text``: EC1A, EC1M … for "EC1"."""
    compact = _compact(text)
    return sorted(code for code in known_outcodes if code[:-1] == compact and code[-1].isalpha())


def _compact(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())
