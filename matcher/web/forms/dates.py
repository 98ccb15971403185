"""A date in three boxes. Whatever comes in, it answers with a date or with a sentence."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Unpack

from markupsafe import Markup
from wtforms.form import BaseForm
from wtforms.utils import unset_value

from matcher.web.forms.basis import AnyField, Given
from matcher.web.forms.cleaning import clean_line
from matcher.web.forms.markup import Params, legend, render, render_blank
from matcher.web.words import format_day
from matcher.web.words import gettext as _

PARTS = ("day", "month", "year")
SHORT_NUMBER = re.compile(r"[0-9]{1,2}")
YEAR = re.compile(r"[0-9]{4}")
#: People write "March" and "Sept" as well as 3 and 9.
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Day(AnyField):
    """One date. ``data`` is None where none was given; boxes are ``<name>-day`` and so on.

    A view may set ``earliest`` and ``latest``, both included.
    """

    data: date | None
    earliest: date | None = None
    latest: date | None = None

    def __init__(self, question: str, **given: Unpack[Given]) -> None:
        super().__init__(question, **given)
        self.typed: dict[str, str] = dict.fromkeys(PARTS, "")
        self.wrong: tuple[str, ...] = PARTS

    @property
    def empty(self) -> bool:
        """Whether all three boxes are."""
        return not any(self.typed.values())

    @property
    def anchor(self) -> str:
        """The id of the first box that is wrong."""
        return self.part_id(self.wrong[0])

    @property
    def kept(self) -> dict[str, str]:
        """What was typed, by part."""
        return dict(self.typed)

    def part_id(self, part: str) -> str:
        """Return the id of one box."""
        return f"{self.id}-{part}"

    def process(
        self,
        formdata: Any,  # noqa: ANN401  as WTForms has it
        data: object = unset_value,
        extra_filters: Any = None,  # noqa: ANN401
    ) -> None:
        """Read the three boxes of a form, or a date or what was typed from elsewhere."""
        super().process(None, data, extra_filters)
        if formdata is None:
            return
        self.raw_data = [_first(formdata.getlist(f"{self.name}-{part}")) for part in PARTS]
        self._read(dict(zip(PARTS, self.raw_data, strict=True)))

    def process_data(self, value: object) -> None:
        """Take a date from a row, or what was typed from a draft."""
        if isinstance(value, date):
            value = dict(zip(PARTS, (str(value.day), str(value.month), f"{value:%Y}"), strict=True))
        self._read(value if isinstance(value, Mapping) else {})

    def _read(self, typed: Mapping[str, object]) -> None:
        self.typed = {part: clean_line(str(typed.get(part, ""))).words for part in PARTS}
        self.data = _to_date(**self.typed)

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message where this is no date, or one outside the limits."""
        self.wrong = tuple(part for part in PARTS if not self.typed[part])
        if self.wrong:
            return self._say_missing()
        if not YEAR.fullmatch(self.typed["year"]):
            self.wrong = ("year",)
            return _("Year must include 4 numbers")
        self.wrong = PARTS
        if self.data is None:
            return _("%(noun)s must be a real date", noun=self.noun)
        return self._say_outside(self.data)

    def _say_missing(self) -> str:
        names = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
        missing = [names[part] for part in self.wrong]
        if len(missing) == 1:
            return _("%(noun)s must include %(part)s", noun=self.noun, part=missing[0])
        return _(
            "%(noun)s must include %(part)s and %(other)s",
            noun=self.noun,
            part=missing[0],
            other=missing[1],
        )

    def _say_outside(self, day: date) -> str:
        if self.earliest and day < self.earliest:
            limit = format_day(self.earliest)
            return _("%(noun)s must be on or after %(day)s", noun=self.noun, day=limit)
        if self.latest and day > self.latest:
            limit = format_day(self.latest)
            return _("%(noun)s must be on or before %(day)s", noun=self.noun, day=limit)
        return ""

    def __call__(self, *, size: str = "", page_heading: bool = False) -> Markup:  # type: ignore[override]
        """Return the markup: three boxes in a group, only the wrong ones marked."""
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        items = [self._item(part, labels[part]) for part in PARTS]
        named = legend(self.label.text, size, page_heading=page_heading)
        params: Params = {"id": self.id, "items": items}
        draw = render if any(self.typed.values()) else render_blank
        return draw("date-input", "govukDateInput", self.describe() | params | named)

    def _item(self, part: str, label: str) -> Params:
        width = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
        marked = bool(self.errors) and part in self.wrong
        return {
            "name": f"{self.name}-{part}",
            "id": self.part_id(part),
            "label": label,
            "value": self.typed[part],
            "classes": f"{width} govuk-input--error" if marked else width,
        }


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _to_date(*, day: str, month: str, year: str) -> date | None:
    number = _month_number(month)
    if not (SHORT_NUMBER.fullmatch(day) and number and YEAR.fullmatch(year)):
        return None
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _month_number(month: str) -> int | None:
    if SHORT_NUMBER.fullmatch(month):
        return int(month)
    start = month.lower()[:3]
    return MONTH_NAMES.index(start) + 1 if start in MONTH_NAMES else None
