"""Lists that coordinators bring in, and where each of their lines stands."""

from enum import StrEnum


class Intake(StrEnum):
    """What a list is of."""

    VOLUNTEERS = "volunteers"
    REQUESTS = "requests"


class LineState(StrEnum):
    """Where one line of a list stands between its being read and its being taken."""

    GOOD = "good"
    BAD = "bad"
    KNOWN = "known"
    TAKEN = "taken"


class KnownAs(StrEnum):
    """Why a line is not taken although nothing is wrong with it."""

    SAME_FILE = "same_file"
    MEMBER = "member"
    WAITING = "waiting"
    LEFT = "left"
    ERASED = "erased"
    SAME_REQUEST = "same_request"
