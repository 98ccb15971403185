"""What each kind of list has to know of its lines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle.intake import KnownAs
from matcher.mail.links import LinkKeys
from matcher.records.database import JsonObject

Values = JsonObject
#: By key, why whoever or whatever a line names is here already.
Known = Mapping[str, KnownAs]
#: A statement takes so many values at once.
AT_ONCE = 500
ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Supplied:
    """For which programme, and which coordinator supplied it; no name for the operator."""

    programme_id: int
    by: str


@dataclass(frozen=True, slots=True)
class Intaking:
    """How lines of one kind are told apart, found again, and made into rows.

    ``key`` is the same for two lines that say the same; ``add`` takes values with a form key each.
    """

    key: Callable[[Values], str]
    address: Callable[[Values], str]
    find_known: Callable[[Session, Sequence[Values], LinkKeys], Known]
    add: Callable[[Session, Sequence[tuple[Values, str]], Supplied, Occasion], None]


def read_in_parts(
    session: Session,
    items: Sequence[ItemT],
    wanted: Callable[[Sequence[ItemT]], Select[*tuple[object, ...]]],
) -> list[Row[*tuple[object, ...]]]:
    """Return what ``wanted`` finds for all items, asked for so many at a time."""
    found: list[Row[*tuple[object, ...]]] = []
    for start in range(0, len(items), AT_ONCE):
        found += session.execute(wanted(items[start : start + AT_ONCE])).all()
    return found
