"""Interim catalogue."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """How an email is sent."""

    sent_at_once: bool = True


CATALOGUE: dict[str, Entry] = defaultdict(Entry, {"invitation": Entry(False), "reminder": Entry(False)})
