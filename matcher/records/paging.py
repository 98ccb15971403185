"""Lists a page at a time, and finding rows by words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLCoreOperations

ON_A_PAGE = 20
MOST_WORDS = 8
ESCAPE = "\\"

RowT = TypeVar("RowT")
KeptT = TypeVar("KeptT")


@dataclass(frozen=True, slots=True)
class Page(Generic[RowT]):
    """One page of a list; numbers begin at 1."""

    rows: tuple[RowT, ...]
    number: int
    pages: int
    total: int


def read_page(
    session: Session,
    wanted: Select[KeptT],
    number: int,
    make: Callable[[Sequence[KeptT]], tuple[RowT, ...]],
) -> Page[RowT]:
    """Return a page of what was selected; a number beyond the last page is the last."""
    # The columns and the order cost time and cannot change how many rows there are.
    counted = wanted.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    total = session.scalar(counted) or 0
    pages = max(1, -(-total // ON_A_PAGE))
    number = min(max(1, number), pages)
    kept = session.scalars(wanted.limit(ON_A_PAGE).offset((number - 1) * ON_A_PAGE)).all()
    return Page(make(kept), number, pages, total)


def has_words(
    words: str,
    # Columns of several classes of row, and functions that make a condition of a pattern.
    columns: Sequence[SQLCoreOperations[str]],
    others: Callable[[str], ColumnElement[bool]],
) -> ColumnElement[bool]:
    """Return the condition that each of the words stands in one of the columns, or in ``others``.

    ``others`` makes a condition of a LIKE pattern whose escape character is ``ESCAPE``.
    """
    patterns = [pattern_of(word) for word in words.split()[:MOST_WORDS]]
    return and_(
        *(
            or_(others(each), *(column.ilike(each, escape=ESCAPE) for column in columns))
            for each in patterns
        )
    )


def pattern_of(word: str) -> str:
    """Return the LIKE pattern that finds a word anywhere, whatever characters it has."""
    escaped = "".join(f"{ESCAPE}{letter}" if letter in r"\%_" else letter for letter in word)
    return f"%{escaped}%"
