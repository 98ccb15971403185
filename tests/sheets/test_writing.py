"""Files for spreadsheets: nothing in them is a formula, and a reader gets back what stood there."""

import csv
import io

import pytest

from matcher.sheets.plain_text import read_text
from matcher.sheets.writing import FORMULA_STARTS, MARK, safe_cell, write_rows


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_begins_as_a_formula_does(start):
    assert not safe_cell(f"{start}HYPERLINK(1)").startswith(FORMULA_STARTS)


def test_a_file_is_read_back_as_it_was_written():
    row = ["Ann", 'said "no", then\nleft', "+44 20", "=1+1", "-5", "é"]
    written = "".join(write_rows(["a", "b", "c", "d", "e", "f"], [row]))
    assert read_text(written.encode()).lines[1].cells == tuple(row)


def test_excel_is_told_that_it_is_utf_8():
    assert next(write_rows(["a"], [])).startswith(MARK)


def test_many_rows_come_in_pieces():
    pieces = list(write_rows(["a"], ([number] for number in range(450))))
    assert len(pieces) == 4
    assert len(list(csv.reader(io.StringIO("".join(pieces))))) == 451
