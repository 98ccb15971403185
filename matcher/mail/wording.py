"""How days, moments, distances and people's own words are put into an email.

The names of the filters are those of the pages, so that both may share macros.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list
from markupsafe import Markup

LONDON = ZoneInfo("Europe/London")
LOCALE = "en_GB"
NOON = 12
#: The international mile, exact since 1959.
KM_PER_MILE = 1.609344
MINUTES_PER_HOUR = 60
HALF = 30
#: Characters that end a line in some program or other, beside those str.splitlines knows.
LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
#: Line ends and tabs are spaces; other control, format and lone surrogate characters show nothing,
#: or turn the reading direction of what follows.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
#: Format characters that words and emoji need: joiners, and the soft hyphen of long words.
NEEDED = frozenset("\u200c\u200d\u00ad")

Translate = Callable[[str], str]
Filter = Callable[..., object]


def line(words: str) -> str:
    """Return the words as one line, without characters that hide or turn what follows."""
    flat = " ".join(_seen(LINE_ENDS.sub(" ", words)).split())
    return Markup(flat) if isinstance(words, Markup) else flat  # noqa: S704  it was safe before


def _seen(words: str) -> str:
    spaced = words.replace("\t", " ")
    return "".join(
        each for each in spaced if each in NEEDED or unicodedata.category(each) not in UNSEEN
    )


def paragraphs(words: str) -> list[str]:
    """Return the lines of what a person wrote, each tidied, without the empty ones."""
    tidied = (line(each) for each in LINE_ENDS.split(words))
    return [each for each in tidied if each]


class Wording:
    """Words for days, times and distances in one language."""

    def __init__(self, gettext: Translate, locale: str = LOCALE) -> None:
        self._gettext = gettext
        self._locale = locale

    def date_words(self, day: date | str) -> str:
        """Return a day as "Monday 23 November 2026"; an ISO text is read first."""
        known = day if isinstance(day, date) else date.fromisoformat(str(day))
        return format_date(known, "EEEE d MMMM y", locale=self._locale)

    def clock_words(self, at: time | str) -> str:
        """Return a time of day as "9am", "2:30pm", "midday" or "midnight"; reads "14:00"."""
        known = at if isinstance(at, time) else time.fromisoformat(at)
        if known.minute == 0 and known.hour in {0, NOON}:
            return self._gettext("midnight") if known.hour == 0 else self._gettext("midday")
        minutes = f":{known.minute:02}" if known.minute else ""
        return f"{(known.hour - 1) % NOON + 1}{minutes}{'am' if known.hour < NOON else 'pm'}"

    def time_words(self, moment: datetime | str) -> str:
        """Return the time of a moment in London, as ``clock_words`` does."""
        return self.clock_words(_local(moment).time())

    def moment_words(self, moment: datetime | str) -> str:
        """Return a moment as "Monday 23 November 2026 at 9am"."""
        day, time = self.date_words(_local(moment).date()), self.time_words(moment)
        return self._gettext("%(day)s at %(time)s") % {"day": day, "time": time}

    def miles_words(self, kilometres: float) -> str:
        """Return a distance as "about 85 miles"; to the next 5 above 20, and "under 5 miles"."""
        miles = kilometres / KM_PER_MILE
        if miles < 5:
            return self._gettext("under 5 miles")
        rounded = round(miles) if miles < 20 else 5 * round(miles / 5)
        return self._gettext("about %(miles)s miles") % {"miles": rounded}

    def duration_words(self, minutes: int) -> str:
        """Return a time as "45 minutes", "1 hour 15 minutes", "2 hours" or "2 and a half hours"."""
        hours, rest = divmod(minutes, MINUTES_PER_HOUR)
        if not hours:
            return self._gettext("%(minutes)s minutes") % {"minutes": rest}
        if hours > 1 and rest in {0, HALF}:
            return self._gettext("%(number)s hours") % {"number": self.hours_words(minutes)}
        form = self._gettext("1 hour") if hours == 1 else self._gettext("%(hours)s hours")
        if rest:
            form = f"{form} {self._gettext('%(minutes)s minutes')}"
        return form % {"hours": hours, "minutes": rest}

    def hours_words(self, minutes: int) -> str:
        """Return whole and half hours without their unit, as "3" or "2 and a half"."""
        hours, rest = divmod(minutes, MINUTES_PER_HOUR)
        form = self._gettext("%(hours)s and a half") if rest else "%(hours)s"
        return form % {"hours": hours}

    def list_words(self, words: Sequence[str]) -> str:
        """Return "one, two and three"."""
        return format_list([str(each) for each in words], locale=self._locale)

    def filters(self) -> Mapping[str, Filter]:
        """Return the filters of the templates by name."""
        own = (
            self.date_words,
            self.clock_words,
            self.time_words,
            self.moment_words,
            self.miles_words,
            self.duration_words,
            self.hours_words,
            self.list_words,
        )
        return {each.__name__: each for each in (*own, line, paragraphs)}


def _local(moment: datetime | str) -> datetime:
    known = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    return known.astimezone(LONDON)
