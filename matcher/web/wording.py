"""How moments, dates and distances are said on pages: in London, in plain words."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from flask import Flask
from flask_babel import format_date
from markupsafe import Markup, escape

from matcher.lifecycle.working_days import LONDON
from matcher.places.place import KM_PER_MILE
from matcher.web.words import gettext

NOON = 12
MINUTES_PER_HOUR = 60


def date_words(day: date | str) -> str:
    """Return a day as "Monday 23 November 2026"; an ISO text is read first."""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return str(format_date(known, "EEEE d MMMM y"))


def time_words(moment: datetime) -> str:
    """Return the time in London as "9am", "2:30pm", "midday" or "midnight"."""
    local = moment.astimezone(LONDON)
    if local.minute == 0 and local.hour in {0, NOON}:
        return gettext("midnight") if local.hour == 0 else gettext("midday")
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{(local.hour - 1) % NOON + 1}{minutes}{'am' if local.hour < NOON else 'pm'}"


def moment_words(moment: datetime) -> str:
    """Return a moment as "Monday 23 November 2026 at 9am"."""
    local = moment.astimezone(LONDON)
    return gettext("%(day)s at %(time)s", day=date_words(local.date()), time=time_words(moment))


def miles_words(kilometres: float | None) -> str:
    """Return a distance as "about 85 miles"; to the next 5 above 20, and "under 5 miles"."""
    if kilometres is None:
        return gettext("distance not known")
    miles = kilometres / KM_PER_MILE
    if miles < 5:
        return gettext("under 5 miles")
    rounded = round(miles) if miles < 20 else 5 * round(miles / 5)
    return gettext("about %(miles)s miles", miles=rounded)


def minutes_words(minutes: float) -> str:
    """Return a time on the way as "about 45 minutes" or "about 2 hours 10 minutes"."""
    hours, rest = divmod(5 * max(1, round(minutes / 5)), MINUTES_PER_HOUR)
    if not hours:
        return gettext("about %(minutes)s minutes", minutes=rest)
    if hours == 1:
        return gettext("about 1 hour %(minutes)s minutes", minutes=rest)
    return gettext("about %(hours)s hours %(minutes)s minutes", hours=hours, minutes=rest)


def highlight(text: str, words: Iterable[str]) -> Markup:
    """Return the text, escaped, with each of the words marked where it stands as a word."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    either = "|".join(re.escape(word) for word in wanted)
    pieces = re.split(rf"\b({either})\b", text, flags=re.IGNORECASE)
    marked = (
        Markup("<mark>{}</mark>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )
    return Markup("").join(marked)


def register_wording(app: Flask) -> None:
    """Give the templates these words."""
    for words in (date_words, time_words, moment_words, miles_words, minutes_words, highlight):
        app.jinja_env.filters[words.__name__] = words
