"""Tables in Excel workbooks (.xlsx): the first sheet, its values, and never a formula's result.

XML with entities is refused by defusedxml, which openpyxl uses where it is installed.
"""

import io
import zipfile
import zlib
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from matcher.sheets.table import (
    MOST_GAPS,
    MOST_UNPACKED,
    CannotRead,
    Collector,
    Table,
    Unreadable,
)

MOST_FILES = 1_000
#: A cell has four to six; parsing takes as long as there are many.
MOST_MARKS = 1_000_000
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OverflowError,
    RuntimeError,
)


def read_workbook(content: bytes) -> Table:
    """Return the first sheet. Raises CannotRead."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _weigh(archive)
        return _read(content)
    except CannotRead:
        raise
    except (DefusedXmlException, *BROKEN):
        raise CannotRead(Unreadable.BROKEN) from None


def _weigh(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to too much, before anything is unpacked or parsed.

    What an archive says of its sizes can be relied on: no more than that is ever unpacked.
    """
    files = archive.infolist()
    if len(files) > MOST_FILES or sum(each.file_size for each in files) > MOST_UNPACKED:
        raise CannotRead(Unreadable.UNPACKS_TOO_LARGE)
    if not any(each.filename.startswith("xl/") for each in files):
        raise CannotRead(Unreadable.NO_TABLE)
    if sum(archive.read(each).count(b"<") for each in files) > MOST_MARKS:
        raise CannotRead(Unreadable.UNPACKS_TOO_LARGE)


def _read(content: bytes) -> Table:
    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is not installed")
    # Formulas are wanted as they stand, so that they can be told from values.
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    if not book.worksheets:
        raise CannotRead(Unreadable.EMPTY)
    collector = Collector()
    for number, cells in enumerate(book.worksheets[0].iter_rows(), start=1):
        if number > MOST_GAPS:
            raise CannotRead(Unreadable.TOO_MANY_ROWS, number)
        formulas = tuple(at for at, cell in enumerate(cells) if cell.data_type == "f")
        collector.take(number, [_words(cell.value) for cell in cells], formulas)
    return collector.table()


def _words(value: object) -> str:
    """Return a value as it would be typed: days as 2027-01-20, yes and no, whole numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
