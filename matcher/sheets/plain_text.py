"""Tables in plain text: CSV as Excel, LibreOffice and databases write it."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from matcher.sheets.table import CannotRead, Collector, Table, Unreadable

#: What stands at the beginning of a text says how it is encoded; the longer mark first.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = ",;\t|"
#: Excel's own way of naming the separator, on a line before the headings.
NAMED_SEPARATOR = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
HEADINGS_AMONG = 10
#: A spreadsheet would take a cell that begins so for a formula.
FORMULA = "="
#: We put this before a cell that a spreadsheet would take for a formula, as Excel does.
GUARD = re.compile(r"\A'(?=[=+\-@\t\r])")


def read_text(content: bytes) -> Table:
    """Return the table. Raises CannotRead."""
    text = decode(content)
    named = NAMED_SEPARATOR.match(text)
    separator = named[1] if named else _separator(text)
    skipped = 1 if named else 0
    collector = Collector()
    for number, cells in _rows(text[named.end() if named else 0 :], separator):
        formulas = tuple(at for at, cell in enumerate(cells) if cell.startswith(FORMULA))
        unguarded = [GUARD.sub("", cell) for cell in cells]
        collector.take(number + skipped, unguarded, formulas)
    return collector.table()


def decode(content: bytes) -> str:
    """Return the text: by its mark, else UTF-8, else Windows-1252. Raises CannotRead."""
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise CannotRead(
                Unreadable.CONTROL_CHARACTERS, text[: text.index("\0")].count("\n") + 1
            )
        return text
    raise CannotRead(Unreadable.ENCODING)


def _separator(text: str) -> str:
    """Return the separator of which the first lines have most, outside quotes."""
    start = "\n".join(text.split("\n", HEADINGS_AMONG)[:HEADINGS_AMONG])
    unquoted = re.sub(r'"[^"]*"', "", start)
    return max(SEPARATORS, key=lambda each: (unquoted.count(each), -SEPARATORS.index(each)))


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        raise CannotRead(Unreadable.QUOTES, before + 1) from None
