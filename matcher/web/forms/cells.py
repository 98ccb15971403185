"""Fields that read one cell of a table: no page shows them, and they say what would mend the cell.

Whoever reads the message has the table before them, not the form: it names the column.
"""

from functools import lru_cache
from typing import ClassVar

from wtforms.form import BaseForm

from matcher.places.place import Place
from matcher.web.forms.basis import AnyField
from matcher.web.forms.cleaning import clean_line
from matcher.web.forms.fields import Email
from matcher.web.forms.places import PlaceName, gazetteer
from matcher.web.words import gettext as _

YES = frozenset({"yes", "y", "true", "1", "x", "✓"})
NO = frozenset({"", "no", "n", "false", "0", "-"})


class EmailCell(Email):
    """An email address, also where it stands as a link: "mailto:" is left out."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the address."""
        super().process_formdata([each.removeprefix("mailto:") for each in valuelist])

    def find_problem(self, form: BaseForm) -> str:
        """Return a message that shows what stands there."""
        if super().find_problem(form):
            return _("“%(typed)s” is not an email address", typed=self.data[:80])
        return ""


class PlaceCell(PlaceName):
    """A place: where the name may mean several, the message says what to write instead."""

    def _settle(self) -> None:
        if self.data and len(self.data) <= self.limit:
            found = _look_up(self.data, keep_sector=self.keep_sector)
            self.place, self.choices = (found[0], ()) if len(found) == 1 else (None, found)

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where the place is not settled."""
        if self.place or len(self.data) > self.limit:
            return super().find_problem(form)
        self.choices = self.choices or (_suggest(self.data) if _may_suggest(form) else ())
        if not self.choices:
            return _(
                "We do not know the place “%(typed)s”. Write a postcode, or the name of a town or "
                "council",
                typed=self.data,
            )
        either = "; ".join(place.label for place in self.choices[:5])
        return _(
            "“%(typed)s” may mean several places. Write one of these: %(either)s",
            typed=self.data,
            either=either,
        )


@lru_cache(maxsize=4096)
def _look_up(words: str, *, keep_sector: bool) -> tuple[Place, ...]:
    """Return the places that may be meant. Many rows of a table name the same."""
    return gazetteer().find(words, keep_sector=keep_sector)


@lru_cache(maxsize=4096)
def _suggest(words: str) -> tuple[Place, ...]:
    return gazetteer().suggest(words)


def _may_suggest(form: BaseForm) -> bool:
    """Return whether there is time for similar names: each takes some milliseconds to find."""
    return bool(getattr(form, "may_suggest", True))


class YesNo(AnyField):
    """Yes or no as people write it; ``data`` is False where nothing stands there."""

    data: bool

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the word. Raises ValueError where it is neither."""
        word = clean_line(valuelist[0] if valuelist else "").words.casefold()
        self.data = word in YES
        if word not in YES | NO:
            raise ValueError(_("%(noun)s must be yes or no", noun=self.noun))


class Words(AnyField):
    """Some of a few words, with semicolons or commas between them.

    ``data`` are the values of the words that were found, in their order.
    """

    data: list[str]
    known: ClassVar[dict[str, str]] = {}

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the words. Raises ValueError naming one that is not known."""
        typed = clean_line(valuelist[0] if valuelist else "").words.replace(",", ";").split(";")
        words = [word.strip() for word in typed if word.strip()]
        self.data = [self.known[_plain(word)] for word in words if _plain(word) in self.known]
        strange = next((word for word in words if _plain(word) not in self.known), None)
        if strange is not None:
            raise ValueError(
                _(
                    "%(noun)s cannot be “%(typed)s”. Write one of these: %(known)s",
                    noun=self.noun,
                    typed=strange[:80],
                    known="; ".join(self.choices()),
                )
            )

    @classmethod
    def choices(cls) -> list[str]:
        """Return the words to write, each value's first."""
        first: dict[str, str] = {}
        for word, value in cls.known.items():
            first.setdefault(value, word)
        return list(first.values())


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").split())
