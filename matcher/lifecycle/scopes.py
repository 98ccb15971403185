"""What another program may read."""

from enum import StrEnum


class Scope(StrEnum):
    """One part of the programming interface."""

    REQUESTS = "requests"
    PAIRINGS = "pairings"
    VISITS = "visits"
    COUNTS = "counts"
