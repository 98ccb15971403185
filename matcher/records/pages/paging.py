"""Lists a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func
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
    kept = session.scalars(wanted.limit(ON_A_PAGE).offset((number - 1) * ON_A_PAGE)).all()
    return Page(make(kept), number, pages, total)
