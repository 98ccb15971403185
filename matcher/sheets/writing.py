"""Tables for spreadsheets: CSV that Excel reads as it is, and in which nothing is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

#: Excel takes a file for UTF-8 by this mark alone.
MARK = "\ufeff"
#: A cell that begins so may be taken for a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
GUARD = "'"
#: Lines are handed on so many at a time.
LINES_AT_ONCE = 200


def write_rows(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a CSV file in pieces: mark, headings, rows; every cell is words."""
    yield MARK + _lines([headings])
    waiting: list[Sequence[object]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == LINES_AT_ONCE:
            yield _lines(waiting)
            waiting = []
    if waiting:
        yield _lines(waiting)


def _lines(rows: Iterable[Sequence[object]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([safe_cell(each) for each in row] for row in rows)
    return written.getvalue()


def safe_cell(value: object) -> str:
    """Return a value as words that no spreadsheet takes for a formula."""
    words = _words(value)
    return GUARD + words if words.startswith(FORMULA_STARTS) else words


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(map(_words, value))
    return str(value).replace("\0", "")
