"""What is done to words as they come in, so that every row and email holds plain, whole text."""

import re
import unicodedata
from dataclasses import dataclass

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*\n")
SPACES = re.compile(r"\s+")
#: Invisible and harmless; web pages and word processors put them in.
SILENT = re.compile("[\u200b\u2060\ufeff]")
#: Control characters, halves of characters, and marks that turn the reading direction round.
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Words fit to keep, and the code points (such as "U+0007") that had to be taken out."""

    words: str
    removed: tuple[str, ...] = ()


def clean_text(typed: str) -> Cleaned:
    """Return text of several lines: NFC, lines ended by "\\n", at most one empty line together."""
    cleaned = _clean(LINE_ENDS.sub("\n", typed))
    return Cleaned(BLANK_LINES.sub("\n\n", cleaned.words), cleaned.removed)


def clean_line(typed: str) -> Cleaned:
    """Return text of one line: NFC, any run of white space as one space."""
    cleaned = _clean(LINE_ENDS.sub(" ", typed))
    return Cleaned(SPACES.sub(" ", cleaned.words), cleaned.removed)


def _clean(typed: str) -> Cleaned:
    visible = SILENT.sub("", typed)
    removed = dict.fromkeys(f"U+{ord(each):04X}" for each in FORBIDDEN.findall(visible))
    words = unicodedata.normalize("NFC", FORBIDDEN.sub("", visible))
    return Cleaned(words.strip(), tuple(removed))
