"""Lists a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

ON_A_PAGE = 20

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
    return Page(make(_rows(session, wanted, number)), number, pages, total)


def _rows(session: Session, wanted: Select[KeptT], number: int) -> list[KeptT]:
    """Return the rows of one page: their ids are put in order, rather than all that they hold."""
    kind = wanted.column_descriptions[0]["entity"]
    ordered = wanted.with_only_columns(kind.id, maintain_column_froms=True)
    ids = session.scalars(ordered.limit(ON_A_PAGE).offset((number - 1) * ON_A_PAGE)).all()
    found = {row.id: row for row in session.scalars(select(kind).where(kind.id.in_(ids)))}
    return [found[each] for each in ids if each in found]
