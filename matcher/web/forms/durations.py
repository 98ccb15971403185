"""A time on the way, typed the way people say it: "90 minutes", "2 and a half hours", "1h30"."""

import re
from dataclasses import dataclass
from typing import Unpack

from wtforms.form import BaseForm

from matcher.web.forms.basis import Box, BoxGiven, Look
from matcher.web.forms.cleaning import clean_line
from matcher.web.wording import duration_words
from matcher.web.words import gettext as _

MINUTES_PER_HOUR = 60
#: A number by itself up to here is hours, from there on minutes; in between nobody can tell.
MOST_BARE_HOURS = 8
FEWEST_BARE_MINUTES = 15

CLOCK = re.compile(r"\b(\d{1,2}):([0-5]\d)\b")
FRACTIONS = (
    (re.compile(r"\b(?:three|3)[ -]quarters\b|\b3/4"), "¾"),
    (re.compile(r"\bhalf\b|\b1/2"), "½"),
    (re.compile(r"\bquarter\b|\b1/4"), "¼"),
)
TOKEN = re.compile(r"\d{1,3}(?:\.(?:\d|25|50|75)(?!\d))?(?![.\d])|[a-z]+|[½¼¾]")
BETWEEN = re.compile(r"[\s,.-]*")
PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
SPELT = {
    word: float(number)
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
} | {"fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0}
UNSAID = frozenset(
    {"a", "about", "an", "and", "around", "at", "by", "car", "max", "most", "of", "or", "so"}
    | {"to", "train", "up"}
)
HOURS = frozenset({"h", "hr", "hrs", "hour", "hours"})
MINUTES = frozenset({"m", "min", "mins", "minute", "minutes"})


def read_duration(words: str) -> int | None:
    """Return the minutes that are meant, or None where nobody can tell."""
    plain = CLOCK.sub(r"\1 hours \2", words.lower())
    for pattern, sign in FRACTIONS:
        plain = pattern.sub(sign, plain)
    tokens = [token for token in TOKEN.findall(plain) if token not in UNSAID]
    if not tokens or not BETWEEN.fullmatch(TOKEN.sub("", plain)) or plain.startswith("-"):
        return None
    return _Sum().of(tokens)


@dataclass(slots=True)
class _Sum:
    """Adds up what is said, from left to right: numbers and parts wait for their unit."""

    minutes: float = 0.0
    waiting: float = 0.0
    hours_said: bool = False

    def of(self, tokens: list[str]) -> int | None:
        if not all(self._take(token) for token in tokens):
            return None
        rest = self._rest()
        return None if rest is None else round(self.minutes + rest)

    def _take(self, token: str) -> bool:
        if token in HOURS:
            self.minutes += (self.waiting or 1.0) * MINUTES_PER_HOUR
            self.waiting, self.hours_said = 0.0, True
        elif token in MINUTES:
            self.minutes, self.waiting = self.minutes + self.waiting, 0.0
        elif token in PARTS:
            self.waiting += PARTS[token]
        else:
            number = SPELT.get(token) or (float(token) if token[0].isdigit() else None)
            if number is None or self.waiting >= 1.0:
                return False
            self.waiting += number
        return True

    def _rest(self) -> float | None:
        """Return the minutes of what had no unit: "1h30", "an hour and a half", "2", "90"."""
        if self.hours_said:
            return self.waiting if self.waiting >= 1.0 else self.waiting * MINUTES_PER_HOUR
        if self.minutes and not self.waiting:
            return 0.0
        if self.waiting <= MOST_BARE_HOURS + 0.75:
            return self.waiting * MINUTES_PER_HOUR
        whole = self.waiting == int(self.waiting) and self.waiting >= FEWEST_BARE_MINUTES
        return self.waiting if whole else None


class Duration(Box):
    """A time from ``least`` to ``most`` minutes; ``data`` is None where none was given."""

    data: int | None
    default_look = Look(width=10, spellcheck=False)

    def __init__(self, question: str, *, least: int, most: int, **given: Unpack[BoxGiven]) -> None:
        super().__init__(question, **given)
        self.least, self.most = least, most
        self.words = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was given."""
        return self.data is None

    @property
    def typed(self) -> str:
        """What the box shows: what was typed, a time or not."""
        return self.words

    @property
    def kept(self) -> str:
        """What was typed."""
        return self.words

    def process_data(self, value: object) -> None:
        """Take minutes from a row, or what was typed from a draft."""
        self.words = duration_words(value) if isinstance(value, int) else str(value or "")
        self.data = read_duration(self.words)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a time from a form. Raises ValueError where it is none."""
        self.words = clean_line(valuelist[0] if valuelist else "").words
        self.data = read_duration(self.words)
        if self.data is None and self.words:
            raise ValueError(
                _("%(noun)s must be a time, like 90 minutes or 2 and a half hours", noun=self.noun)
            )

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message where the time is too short or too long."""
        if self.data is None or self.least <= self.data <= self.most:
            return ""
        return _(
            "%(noun)s must be between %(least)s and %(most)s",
            noun=self.noun,
            least=duration_words(self.least),
            most=duration_words(self.most),
        )
