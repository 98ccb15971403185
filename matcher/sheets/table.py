"""A table that somebody sent, as plain words; and why a file is not one."""

from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
#: A spreadsheet may have a title above its headings, and gaps; a table of gaps is none.
MOST_GAPS = 20_000


class Unreadable(StrEnum):
    """Why a file cannot be read as a table."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_WIDE = "too_wide"
    OLD_SPREADSHEET = "old_spreadsheet"
    NO_TABLE = "no_table"
    ENCODING = "encoding"
    CONTROL_CHARACTERS = "control_characters"
    QUOTES = "quotes"
    BROKEN = "broken"
    TOOK_TOO_LONG = "took_too_long"


class CannotRead(ValueError):  # noqa: N818  says what happened, as Refused does
    """A file that is no table we can read; ``line`` is where, 0 where no line is to blame."""

    def __init__(self, why: Unreadable, line: int = 0) -> None:
        super().__init__(f"{why} (line {line})" if line else why)
        self.why = why
        self.line = line


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file, beginning with 1, and its cells.

    ``formulas`` are the columns, beginning with 0, that hold a formula instead of a value.
    """

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that are not empty, the headings among them."""

    lines: tuple[Line, ...]


class Collector:
    """Takes rows one by one and keeps within the limits on them."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._letters = 0

    def take(self, number: int, cells: list[str], formulas: tuple[int, ...] = ()) -> None:
        """Keep a row unless it is empty. Raises CannotRead beyond a limit."""
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            return
        if len(cells) > MOST_COLUMNS:
            raise CannotRead(Unreadable.TOO_WIDE, number)
        self._letters += sum(map(len, cells))
        if self._letters > MOST_UNPACKED:
            raise CannotRead(Unreadable.UNPACKS_TOO_LARGE, number)
        # One row more than the most: the headings.
        if len(self._lines) > MOST_ROWS:
            raise CannotRead(Unreadable.TOO_MANY_ROWS, number)
        if any("\0" in cell for cell in cells):
            raise CannotRead(Unreadable.CONTROL_CHARACTERS, number)
        self._lines.append(Line(number, tuple(cells), formulas))

    def table(self) -> Table:
        """Return what was taken. Raises CannotRead where it is nothing."""
        if not self._lines:
            raise CannotRead(Unreadable.EMPTY)
        return Table(tuple(self._lines))
