"""Which column is which: headings by the names that people give them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.sheets.table import Line, Table

#: A title or a note may stand above the headings.
HEADINGS_AMONG = 10
BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a table may say of each row.

    ``title`` heads the column in our own template, ``also`` are other names for it. A ``needed``
    column must be there, unless all of ``instead`` are. ``hint`` and ``example`` are for people.
    """

    name: str
    title: str
    also: tuple[str, ...] = ()
    needed: bool = False
    instead: tuple[str, ...] = ()
    hint: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One row below the headings: what it says, by column, and the row as it stood."""

    line: Line
    cells: Mapping[str, str]
    formulas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headed:
    """A table whose headings were found.

    ``unread`` are headings that name no column, ``missing`` columns that are needed and not there,
    ``twice`` columns that two headings name.
    """

    headings: Line
    records: tuple[Record, ...]
    unread: tuple[str, ...]
    missing: tuple[Column, ...]
    twice: tuple[Column, ...]


def read_headings(table: Table, columns: Sequence[Column]) -> Headed:
    """Find the headings, and read what stands below them."""
    names = {key: column.name for column in columns for key in _keys(column)}
    best = max(table.lines[:HEADINGS_AMONG], key=lambda line: len(_positions(line, names)))
    positions = _positions(best, names)
    below = table.lines[table.lines.index(best) + 1 :]
    return Headed(
        headings=best,
        records=tuple(_records(below, positions)),
        unread=tuple(cell for cell in best.cells if cell.strip() and _key(cell) not in names),
        missing=tuple(each for each in columns if _is_missing(each, positions)),
        twice=tuple(each for each in columns if _count(best, names, each) > 1),
    )


def _keys(column: Column) -> Iterator[str]:
    yield from (_key(each) for each in (column.title, column.name, *column.also))


def _key(heading: str) -> str:
    """Return a heading as it is compared: "E-mail address *" is "e mail address"."""
    return BETWEEN_WORDS.sub(" ", str(heading).lower()).strip()


def _positions(line: Line, names: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, cell in enumerate(line.cells):
        name = names.get(_key(cell))
        if name:
            found.setdefault(name, position)
    return found


def _records(lines: Sequence[Line], positions: Mapping[str, int]) -> Iterator[Record]:
    for line in lines:
        width = len(line.cells)
        yield Record(
            line,
            {name: line.cells[at].strip() for name, at in positions.items() if at < width},
            tuple(name for name, at in positions.items() if at in line.formulas),
        )


def _is_missing(column: Column, positions: Mapping[str, int]) -> bool:
    if not column.needed or column.name in positions:
        return False
    return not column.instead or any(each not in positions for each in column.instead)


def _count(line: Line, names: Mapping[str, str], column: Column) -> int:
    return sum(names.get(_key(cell)) == column.name for cell in line.cells)
