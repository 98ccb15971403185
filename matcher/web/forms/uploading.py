"""The form with which a list is sent, and what is said of a file that cannot be read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import request
from markupsafe import Markup
from wtforms.form import BaseForm
from wtforms.utils import unset_value

from matcher.records.uploads import LineView, UploadView
from matcher.sheets.columns import Headed
from matcher.sheets.table import MOST_BYTES, CannotRead, Unreadable
from matcher.web.forms.base import Form
from matcher.web.forms.basis import AnyField
from matcher.web.forms.cleaning import clean_line
from matcher.web.forms.durations import Duration
from matcher.web.forms.markup import Params, label, render
from matcher.web.forms.travelling import LONGEST_MINUTES, SHORTEST_MINUTES
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

LONGEST_NAME = 100
#: Headings of what stands beside a line that is wrong.
BESIDE = ("Line in the file sent", "What to mend")
USUAL_MINUTES = 90

WHY: Mapping[Unreadable, str] = {
    Unreadable.EMPTY: _("The file is empty. Choose one that has headings and at least one row"),
    Unreadable.TOO_LARGE: _("The file must be smaller than 2 MB. Divide the list in two"),
    Unreadable.UNPACKS_TOO_LARGE: _(
        "The file holds far more than a list of 5,000 rows. Copy the list alone into a new file"
    ),
    Unreadable.TOO_MANY_ROWS: _("The list must have 5,000 rows or fewer. Divide it"),
    Unreadable.TOO_WIDE: _("The list must have 60 columns or fewer. Delete those not needed"),
    Unreadable.OLD_SPREADSHEET: _(
        "This is an old Excel file (.xls), or one with a password. Save it as .xlsx or as CSV"
    ),
    Unreadable.NO_TABLE: _("This file is no table. Save the list as .xlsx or as CSV"),
    Unreadable.ENCODING: _(
        "The letters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx"
    ),
    Unreadable.CONTROL_CHARACTERS: _(
        "The file holds characters that no list has. Save it as “CSV UTF-8” or as .xlsx"
    ),
    Unreadable.QUOTES: _("A quotation mark is opened and not closed. Close it, or take it out"),
    Unreadable.BROKEN: _("The file is damaged. Open it in a spreadsheet and save it again"),
    Unreadable.TOOK_TOO_LONG: _(
        "Reading the file took too long. Copy the list alone into a new file"
    ),
}


def why_words(refused: CannotRead) -> str:
    """Return why a file cannot be read, where, and what to do."""
    words = str(WHY[refused.why])
    return (
        gettext("Line %(line)s: %(why)s", line=refused.line, why=words) if refused.line else words
    )


class SentFile(AnyField):
    """A file. ``data`` is what it holds, ``file_name`` what it is called."""

    data: bytes
    file_name = ""

    def process(
        self,
        formdata: Any,  # noqa: ANN401  as WTForms has it
        data: object = unset_value,
        extra_filters: Any = None,  # noqa: ANN401
    ) -> None:
        """Read the file that came with this request, if one did; one byte more than the most."""
        super().process(None, data, extra_filters)
        sent = request.files.get(self.name) if formdata is not None else None
        self.data, self.file_name = b"", ""
        if sent is not None:
            with sent.stream as stream:
                self.data = stream.read(MOST_BYTES + 1)
            self.file_name = clean_line(sent.filename or "").words[-LONGEST_NAME:]

    @property
    def empty(self) -> bool:
        """Whether no file was chosen; an empty one is a file."""
        return not self.file_name

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message where the file is too large."""
        return str(WHY[Unreadable.TOO_LARGE]) if len(self.data) > MOST_BYTES else ""

    def __call__(self, *, size: str = "") -> Markup:  # type: ignore[override]
        """Return the markup."""
        params: Params = {
            "id": self.id,
            "attributes": {"accept": ".csv,.tsv,.txt,.xlsx"},
        }
        named = label(self.label.text, size, page_heading=False)
        return render("file-upload", "govukFileUpload", self.describe() | params | named)


class UploadForm(Form):
    """A list."""

    file = SentFile(
        _("The list"),
        hint=_("CSV or Excel (.xlsx), at most 2 MB and 5,000 rows."),
        enter=_("Choose a file"),
    )


class VolunteersUploadForm(UploadForm):
    """A list of volunteers."""

    usual = Duration(
        _("How far do they go where the list does not say? (optional)"),
        noun=_("How far they go"),
        hint=_(
            "A time by train, one way, such as 90 minutes. Each can change it for themselves. "
            "If you leave it empty, rows that do not say how far are not taken."
        ),
        least=SHORTEST_MINUTES,
        most=LONGEST_MINUTES,
    )


def find_fault(headed: Headed) -> str:
    """Return what is wrong with a list's headings, or that nothing stands below them."""
    if headed.missing:
        titles = ", ".join(f"“{column.title}”" for column in headed.missing)
        return gettext(
            "We did not find these columns: %(titles)s. Give them one of the headings listed below",
            titles=titles,
        )
    if headed.twice:
        title = headed.twice[0].title
        return gettext("Two columns are read as “%(title)s”. Rename or delete one", title=title)
    if not headed.records:
        return gettext("There is no row below the headings")
    return ""


def lines_to_mend(view: UploadView, bad: Iterable[LineView]) -> Iterator[list[object]]:
    """Yield the rows of a file of wrong lines, as they were sent and with what to mend beside."""
    width = len(view.headings)
    for line in bad:
        cells = [*line.cells, *[""] * width][:width]
        yield [*cells, line.number, ". ".join(line.problems)]
