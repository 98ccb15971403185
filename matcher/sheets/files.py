"""What kind of file it is, by what it holds rather than by what it is called."""

from matcher.sheets.plain_text import read_text
from matcher.sheets.table import MOST_BYTES, CannotRead, Table, Unreadable
from matcher.sheets.workbook import read_workbook

WORKBOOK = b"PK\x03\x04"
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"
NO_TABLES = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"<!DOCTYPE",
    b"<html",
    b"\x1f\x8b",
)


def read_file(content: bytes) -> Table:
    """Return the table that a file holds. Raises CannotRead."""
    if len(content) > MOST_BYTES:
        raise CannotRead(Unreadable.TOO_LARGE)
    if not content.strip():
        raise CannotRead(Unreadable.EMPTY)
    if content.startswith(OLD_SPREADSHEET):
        raise CannotRead(Unreadable.OLD_SPREADSHEET)
    if content.startswith(NO_TABLES):
        raise CannotRead(Unreadable.NO_TABLE)
    return read_workbook(content) if content.startswith(WORKBOOK) else read_text(content)
