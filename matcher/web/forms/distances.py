"""A distance, typed in miles or in kilometres."""

import re

from wtforms.form import BaseForm

from matcher.places.place import KM_PER_MILE
from matcher.web.forms.basis import Box, Look
from matcher.web.forms.cleaning import clean_line
from matcher.web.words import gettext as _

DISTANCE = re.compile(
    r"(?P<number>\d{1,4}(?:\.\d{1,2})?) ?(?P<unit>miles?|mi|m|kilomet(?:er|re)s?|kms?)?"
)
FEWEST_MILES = 1
#: Land's End to John o' Groats, and a little more.
FARTHEST_MILES = 1000


class Distance(Box):
    """Miles; ``data`` is None where none were given. "190 km" is as good as "118"."""

    data: float | None
    default_look = Look(width=10, spellcheck=False)

    def __init__(self, question: str, **given: object) -> None:
        super().__init__(question, **given)  # type: ignore[arg-type]  # they are a box's own
        self.words = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was given; nought is something."""
        return self.data is None

    @property
    def typed(self) -> str:
        """What the box shows: what was typed, a distance or not."""
        return self.words

    @property
    def kept(self) -> str:
        """What was typed."""
        return self.words

    def process_data(self, value: object) -> None:
        """Take miles from a row, or what was typed from a draft."""
        self.words = str(round(value)) if isinstance(value, int | float) else str(value or "")
        self.data = _read(self.words)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a distance from a form. Raises ValueError where it is none."""
        self.words = clean_line(valuelist[0] if valuelist else "").words
        self.data = _read(self.words)
        if self.data is None and self.words:
            raise ValueError(
                _("%(noun)s must be a number of miles or km, like 120 or 190 km", noun=self.noun)
            )

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message where the distance is out of range."""
        if self.data is None or FEWEST_MILES <= self.data <= FARTHEST_MILES:
            return ""
        return _(
            "%(noun)s must be between %(least)s mile and %(most)s miles",
            noun=self.noun,
            least=FEWEST_MILES,
            most=f"{FARTHEST_MILES:,}",
        )


def _read(words: str) -> float | None:
    found = DISTANCE.fullmatch(words.lower().replace(",", "").strip())
    if found is None:
        return None
    number = float(found["number"])
    kilometres = (found["unit"] or "").startswith("k")
    return round(number / KM_PER_MILE, 1) if kilometres else number
