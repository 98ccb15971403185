"""Checking the rows of a table that somebody sent, one form a row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from werkzeug.datastructures import MultiDict

from matcher.actions.lists.importing import CheckedLine, SentList
from matcher.actions.lists.intaking import Values
from matcher.lifecycle.intake import Intake
from matcher.sheets.columns import Column, Headed, Record
from matcher.web.forms import imported_requests, imported_volunteers
from matcher.web.forms.imported_requests import RequestRow
from matcher.web.forms.imported_volunteers import VolunteerRow
from matcher.web.words import gettext as _

COLUMNS: Mapping[Intake, Sequence[Column]] = {
    Intake.VOLUNTEERS: imported_volunteers.COLUMNS,
    Intake.REQUESTS: imported_requests.COLUMNS,
}
#: Similar names of places are looked for until so many rows are wrong.
SUGGEST_FOR = 300


class Row(Protocol):
    """What checks one row. ``may_suggest``: whether it may look for similar names of places."""

    may_suggest: bool

    def problems_of_row(self) -> tuple[str, ...]:
        """Return what is wrong with the row."""

    def values(self) -> Values:
        """Return what is kept of a valid row."""


@dataclass(frozen=True, slots=True)
class Checking:
    """What is checked: a list of what, and how far volunteers go where it does not say.

    ``usual_minutes`` are minutes by train; None: a row that does not say is wrong.
    """

    intake: Intake
    usual_minutes: int | None = None

    def row(self, cells: Mapping[str, str]) -> Row:
        """Return the form of one row."""
        given = {"formdata": MultiDict(_whole_name(cells)), "meta": {"csrf": False}}
        if self.intake == Intake.REQUESTS:
            return RequestRow(**given)
        row = VolunteerRow(**given)
        row.usual_minutes = self.usual_minutes
        return row

    def checked(self, headed: Headed, file_name: str) -> SentList:
        """Return a whole list with its rows checked."""
        lines = tuple(self.rows(headed))
        return SentList(self.intake, file_name, headed.headings.cells, headed.unread, lines)

    def rows(self, headed: Headed) -> Iterator[CheckedLine]:
        """Yield each row with what is wrong with it, or with what is kept of it."""
        titles = {column.name: column.title for column in COLUMNS[self.intake]}
        wrong = 0
        for record in headed.records:
            row = self.row(record.cells)
            row.may_suggest = wrong < SUGGEST_FOR
            problems = (*_formulas(record, titles), *row.problems_of_row())
            values = {} if problems else row.values()
            wrong += bool(problems)
            yield CheckedLine(record.line.number, record.line.cells, problems, values)


def _formulas(record: Record, titles: Mapping[str, str]) -> Iterator[str]:
    for name in record.formulas:
        yield _(
            "%(column)s holds a formula. Copy the cell and paste it as a value",
            column=titles[name],
        )


def _whole_name(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Return the cells with the name in one, where it stands in two."""
    if cells.get("name"):
        return cells
    parts = (cells.get("first_name", ""), cells.get("last_name", ""))
    return {**cells, "name": " ".join(part for part in parts if part)}
