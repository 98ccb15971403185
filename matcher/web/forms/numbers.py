"""A whole number, typed the way people type numbers."""

import re
from typing import Unpack

from wtforms.form import BaseForm

from matcher.web.forms.basis import Box, BoxGiven, Look
from matcher.web.forms.cleaning import clean_line
from matcher.web.words import gettext as _

NUMBER = re.compile(r"-?[0-9]{1,9}")


class WholeNumber(Box):
    """A whole number from ``least`` to ``most``; ``data`` is None where none was given.

    ``unit`` ("miles") may be typed behind it, and commas do no harm.
    """

    data: int | None
    default_look = Look(width=4, inputmode="numeric", spellcheck=False)

    def __init__(
        self, question: str, *, least: int, most: int, unit: str = "", **given: Unpack[BoxGiven]
    ) -> None:
        super().__init__(question, **given)
        self.least, self.most, self.unit = least, most, unit
        self.words = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was given; nought is something."""
        return self.data is None

    @property
    def typed(self) -> str:
        """What the box shows: what was typed, a number or not."""
        return self.words

    @property
    def kept(self) -> str:
        """What was typed."""
        return self.words

    def process_data(self, value: object) -> None:
        """Take a number from a row, or what was typed from a draft."""
        self.words = "" if value is None else str(value)
        self.data = self._read()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a number from a form. Raises ValueError where it is none."""
        self.words = clean_line(valuelist[0] if valuelist else "").words
        self.data = self._read()
        if self.data is None and self.words:
            raise ValueError(_("%(noun)s must be a whole number, like 20", noun=self.noun))

    def _read(self) -> int | None:
        plain = self.words.replace(",", "").lower().removesuffix(str(self.unit).lower()).strip()
        return int(plain) if NUMBER.fullmatch(plain) else None

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message where the number is out of range."""
        if self.data is None or self.least <= self.data <= self.most:
            return ""
        return _(
            "%(noun)s must be between %(least)s and %(most)s",
            noun=self.noun,
            least=f"{self.least:,}",
            most=f"{self.most:,}",
        )
