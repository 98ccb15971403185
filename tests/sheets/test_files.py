"""Files of every kind, honest and hostile, read in a process of their own."""

import codecs
import io
import zipfile

import pytest
from openpyxl import Workbook

from matcher.sheets.apart import read_apart
from matcher.sheets.files import read_file
from matcher.sheets.table import CannotRead, Unreadable

HEAD = b'<?xml version="1.0"?>'
SHEET = (
    HEAD
    + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
END = b"</sheetData></worksheet>"
LAUGHS = b"".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">'.encode() for number in range(1, 10)
)
BILLION = HEAD + b'<!DOCTYPE w [<!ENTITY l0 "ha">' + LAUGHS + b"]><worksheet>&l9;</worksheet>"
WORDS = "Name;Email\nÉlodie;e@a.example\n"


def workbook(*rows: list[object]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def with_sheet(sheet: bytes) -> bytes:
    """A workbook whose first sheet is these bytes."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["x"]))) as honest,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in honest.namelist():
            changed.writestr(name, sheet if name.endswith("sheet1.xml") else honest.read(name))
    return written.getvalue()


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_file(content).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_list_is_read_in_each_encoding_that_spreadsheets_write(encoding):
    assert cells(WORDS.encode(encoding))[1] == ("Élodie", "e@a.example")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = WORDS.replace(";", separator) + f'"Dr, Who; BA"{separator}w@a.example\n'
    assert cells(text.encode())[2] == ("Dr, Who; BA", "w@a.example")


def test_excels_own_line_about_the_separator_is_no_heading():
    lines = read_file(b"sep=;\r\n" + WORDS.encode()).lines
    assert [line.number for line in lines] == [2, 3]


def test_a_line_is_numbered_by_where_it_begins():
    lines = read_file(b'Name,About\nA,"two\nlines"\n\nB,one\n').lines
    assert [line.number for line in lines] == [1, 2, 5]


def test_what_our_own_files_guard_is_read_back_as_it_was():
    assert cells(b"Name,About\nA,'=1+1\nB,it's\n")[1:] == [("A", "=1+1"), ("B", "it's")]


def test_a_workbook_is_read_as_it_would_be_typed():
    read = cells(workbook(["Name", "Miles", "Video"], ["A", 90.0, True], ["B", 1.5, None]))
    assert read == [("Name", "Miles", "Video"), ("A", "90", "yes"), ("B", "1.5")]


@pytest.mark.parametrize("content", [workbook(["A", "=1+1"]), b"A,=1+1\n"], ids=["xlsx", "csv"])
def test_a_formula_is_named_and_never_worked_out(content):
    (line,) = read_file(content).lines
    assert (line.cells[1], line.formulas) == ("=1+1", (1,))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b" \n", Unreadable.EMPTY),
        (b"a" * (2 * 1024**2 + 1), Unreadable.TOO_LARGE),
        (b"a,b\n" * 5_002, Unreadable.TOO_MANY_ROWS),
        (b"a," * 60 + b"a\n", Unreadable.TOO_WIDE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unreadable.OLD_SPREADSHEET),
        (b"%PDF-1.7", Unreadable.NO_TABLE),
        (b"Name\n\x81\x8d\n", Unreadable.ENCODING),
        (b"Name\nA\0B\n", Unreadable.CONTROL_CHARACTERS),
        (codecs.BOM_UTF16_LE + b"a\0b", Unreadable.ENCODING),
        (b'Name\n"A,b\nB,c\n', Unreadable.QUOTES),
        (b"PK\x03\x04 and no more", Unreadable.BROKEN),
        (workbook(["x"])[:-500], Unreadable.BROKEN),
        (with_sheet(b" " * 30_000_000), Unreadable.UNPACKS_TOO_LARGE),
        (with_sheet(SHEET + b"<a/>" * 1_500_000 + END), Unreadable.UNPACKS_TOO_LARGE),
        (with_sheet(BILLION), Unreadable.BROKEN),
        (with_sheet(BILLION.decode().encode("utf-16")), Unreadable.BROKEN),
        (
            with_sheet(SHEET + b'<row r="1"><c r="XFD1"><v>1</v></c></row>' + END),
            Unreadable.TOO_WIDE,
        ),
        (
            with_sheet(SHEET + b'<row r="99999999"><c><v>1</v></c></row>' + END),
            Unreadable.TOO_MANY_ROWS,
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_no_list_is_refused_with_the_reason(content, why):
    with pytest.raises(CannotRead) as refused:
        read_file(content)
    assert refused.value.why == why


def test_a_file_is_read_in_a_process_that_has_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "s" * 32)
    lines = read_apart(workbook(["Name"], ["Élodie"])).lines
    assert [line.cells for line in lines] == [("Name",), ("Élodie",)]


def test_what_the_process_refuses_is_refused_here():
    with pytest.raises(CannotRead) as refused:
        read_apart(b"Name\nA\0B\n")
    assert (refused.value.why, refused.value.line) == (Unreadable.CONTROL_CHARACTERS, 2)
