"""Offers, needs and labels from CSV files. An error names the file and the line.

Volunteers: id, and any of title, skills (parted by ;), experience (paragraphs parted by a blank
line), latitude, longitude, outcode, miles, train_minutes, car_minutes, areas (;), remote,
organisation_id, kinds (;), asks_left, recent_asks, resting_until, away ("2027-01-04/2027-01-08",
;). Requests: id, and any of title, text, latitude, longitude, outcode, area, dates (;),
organisation_id, kind, remote_too, remote_only, places. Labels: request, volunteer, grade (from 0,
unsuitable, to 10). Other columns are left alone, and an empty cell is as good as none; but a file
without any column of text is refused.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

from matcher.matching.offers import Need, Offer, Point, TravelLimit

Value = TypeVar("Value")
_YES, _NO = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n"})
_HIGHEST_GRADE = 10
# Experience may be long; Python's own limit for a cell is 131,072 characters.
csv.field_size_limit(10_000_000)


class CsvError(ValueError):
    """A file that cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Row:
    """One line of a file by column, with what its errors need."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return the cell without blanks around it, empty where there is none."""
        return self.cells.get(column, "").strip()

    def needed(self, column: str) -> str:
        """Return the cell. Raises CsvError where it is empty."""
        return self.text(column) or self.fail(f"{column} is empty")

    def many(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell, parted by semicolons."""
        return tuple(part.strip() for part in self.text(column).split(";") if part.strip())

    def maybe(self, column: str, read: Callable[[str], Value]) -> Value | None:
        """Return the cell as `read` reads it, None where it is empty. Raises CsvError."""
        return self.read(self.text(column), column, read) if self.text(column) else None

    def read(self, text: str, column: str, read: Callable[[str], Value]) -> Value:
        """Return a text as `read` reads it. Raises CsvError where it cannot."""
        try:
            return read(text)
        except ValueError:
            self.fail(f"{column} cannot be {text!r}")

    def fail(self, what: str) -> NoReturn:
        """Raise CsvError with the file and the line."""
        raise CsvError(f"{self.file}, line {self.line}: {what}")


def read_offers(path: Path) -> list[Offer]:
    """Return the volunteers of a file. Raises CsvError, OSError."""
    rows = read_rows(path, needs=("id",), any_of=("title", "skills", "experience"))
    return [_offer(row) for row in _unique(rows)]


def read_needs(path: Path) -> list[Need]:
    """Return the requests of a file. Raises CsvError, OSError."""
    rows = read_rows(path, needs=("id",), any_of=("title", "text"))
    return [_need(row) for row in _unique(rows)]


def read_places(path: Path) -> dict[str, int]:
    """Return how many volunteers each request of a file wants, 1 where nothing is said."""
    rows = read_rows(path, needs=("id",))
    return {row.needed("id"): row.maybe("places", _count) or 1 for row in rows}


def read_labels(path: Path) -> dict[str, dict[str, int]]:
    """Return request to volunteer to grade. Raises CsvError, OSError."""
    labels: dict[str, dict[str, int]] = {}
    for row in read_rows(path, needs=("request", "volunteer", "grade")):
        grade = row.read(row.needed("grade"), "grade", _grade)
        labels.setdefault(row.needed("request"), {})[row.needed("volunteer")] = grade
    return labels


def read_rows(path: Path, *, needs: tuple[str, ...], any_of: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield the lines of a file in UTF-8 with or without its mark. Raises CsvError, OSError, also
    where a column of `needs` is missing, or all of `any_of`.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        try:
            columns = _columns(reader, path.name, needs, any_of)
            yield from _rows(reader, path.name, columns)
        except UnicodeDecodeError:
            raise CsvError(f"{path.name}: the file is not in UTF-8") from None
        except csv.Error as error:
            raise CsvError(f"{path.name}, line {reader.line_num}: {error}") from None


def _columns(
    reader: "csv.DictReader[str]", name: str, needs: tuple[str, ...], any_of: tuple[str, ...]
) -> list[str]:
    columns = [column.strip().lower() for column in reader.fieldnames or ()]
    for column in needs:
        if column not in columns:
            raise CsvError(f"{name}, line 1: there is no column {column}")
    if any_of and not set(any_of) & set(columns):
        raise CsvError(f"{name}, line 1: there is no column {' or '.join(any_of)}")
    return columns


def _rows(reader: "csv.DictReader[str]", name: str, columns: list[str]) -> Iterator[Row]:
    before = reader.line_num
    for cells in reader:
        row = Row(name, before + 1, dict(zip(columns, cells.values(), strict=False)))
        before = reader.line_num
        if cells.get(""):
            row.fail("there are more cells than columns")
        yield row


def _unique(rows: Iterator[Row]) -> Iterator[Row]:
    lines: dict[str, int] = {}
    for row in rows:
        row_id = row.needed("id")
        if row_id in lines:
            row.fail(f"the id {row_id} stands on line {lines[row_id]} already")
        lines[row_id] = row.line
        yield row


def _offer(row: Row) -> Offer:
    return Offer(
        id=row.needed("id"),
        title=row.text("title"),
        skills=row.many("skills"),
        experience=tuple(re.split(r"\n\s*\n", row.text("experience")))
        if row.text("experience")
        else (),
        place=_place(row),
        travel=_travel(row),
        away=tuple(row.read(span, "away", _span) for span in row.many("away")),
        organisation_id=row.text("organisation_id") or None,
        kinds=frozenset(row.many("kinds")),
        asks_left=row.maybe("asks_left", _count),
        resting_until=row.maybe("resting_until", date.fromisoformat),
        recent_asks=row.maybe("recent_asks", _count) or 0,
    )


def _travel(row: Row) -> TravelLimit:
    return TravelLimit(
        miles=row.maybe("miles", _amount),
        train_minutes=row.maybe("train_minutes", _count),
        car_minutes=row.maybe("car_minutes", _count),
        areas=row.many("areas"),
        remote=row.maybe("remote", _yes_or_no) or False,
    )


def _need(row: Row) -> Need:
    return Need(
        id=row.needed("id"),
        title=row.text("title"),
        text=row.text("text"),
        place=_place(row),
        area=row.text("area"),
        dates=tuple(row.read(day, "dates", date.fromisoformat) for day in row.many("dates")),
        organisation_id=row.text("organisation_id") or None,
        kind=row.text("kind"),
        remote_too=row.maybe("remote_too", _yes_or_no) or False,
        remote_only=row.maybe("remote_only", _yes_or_no) or False,
    )


def _place(row: Row) -> Point | None:
    latitude, longitude = row.maybe("latitude", _latitude), row.maybe("longitude", _longitude)
    if latitude is None or longitude is None:
        return None
    return Point(latitude, longitude, row.text("outcode"))


def _amount(text: str) -> float:
    return _between(float(text), 0.0, 1e6)


def _latitude(text: str) -> float:
    return _between(float(text), -90.0, 90.0)


def _longitude(text: str) -> float:
    return _between(float(text), -180.0, 180.0)


def _between(number: float, low: float, high: float) -> float:
    if not low <= number <= high:
        raise ValueError(number)
    return number


def _count(text: str) -> int:
    return int(_between(int(text), 0, 1_000_000))


def _grade(text: str) -> int:
    grade = _between(float(text), 0, _HIGHEST_GRADE)
    if not grade.is_integer():
        raise ValueError(text)
    return int(grade)


def _yes_or_no(text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise ValueError(text)


def _span(text: str) -> tuple[date, date]:
    first, _, last = text.partition("/")
    span = (date.fromisoformat(first), date.fromisoformat(last or first))
    if span[1] < span[0]:
        raise ValueError(text)
    return span
