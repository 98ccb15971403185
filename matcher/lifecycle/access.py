"""What somebody at the desk may do: three roles, each of which holds the one before."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A role at the desk, from the one that may least to the one that may most."""

    READER = "reader"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class AccessEvent(StrEnum):
    """What can happen to somebody's access."""

    INVITE = "invite"
    CHANGE_ROLE = "change_role"
    LIMIT = "limit"
    UNLIMIT = "unlimit"
    END = "end"


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody at the desk sees: the requests of some councils (GSS codes), None for all.

    ``words`` name the areas, for the history.
    """

    councils: tuple[str, ...] | None = None
    words: str = ""


_ORDER = tuple(Role)


def holds(role: Role, least: Role) -> bool:
    """Return whether somebody of this role may do what ``least`` may."""
    return _ORDER.index(role) >= _ORDER.index(least)
