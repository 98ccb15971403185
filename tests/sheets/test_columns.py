"""Headings by the names that people give them."""

from matcher.sheets.columns import Column, read_headings
from matcher.sheets.files import read_file

NAME = Column("name", "Name", ("full name",), needed=True, instead=("first", "last"))
EMAIL = Column("email", "Email", ("e mail address",), needed=True)
COLUMNS = (NAME, Column("first", "First name"), Column("last", "Surname"), EMAIL)


def headed(text: str):
    return read_headings(read_file(text.encode()), COLUMNS)


def test_headings_are_found_whatever_their_case_marks_and_order():
    (record,) = headed("E-Mail Address *,FULL NAME\na@b.example, Ann \n").records
    assert record.cells == {"email": "a@b.example", "name": "Ann"}


def test_headings_may_stand_below_a_title():
    read = headed("Our volunteers\n\nName,Email\nAnn,a@b.example\n")
    assert (read.headings.number, read.records[0].line.number) == (3, 4)


def test_what_names_no_column_is_told():
    assert headed("Name,Email,Shoe size\nAnn,a@b.example,4\n").unread == ("Shoe size",)


def test_a_column_that_is_needed_is_missed():
    assert headed("Name\nAnn\n").missing == (EMAIL,)


def test_a_name_in_two_parts_is_a_name():
    assert headed("First name,Surname,Email\nAnn,Lee,a@b.example\n").missing == ()


def test_two_headings_for_one_column_are_told():
    assert headed("Name,Full name,Email\nAnn,Ann,a@b.example\n").twice == (NAME,)
