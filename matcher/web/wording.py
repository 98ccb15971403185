"""How moments, dates and distances are said on pages: in London, in plain words."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import format_date
from markupsafe import Markup, escape

from matcher.mail.wording import Wording
from matcher.places.place import KM_PER_MILE
from matcher.web.forms.areas import area_names
from matcher.web.words import gettext

#: Where people show what they do; any other address is named by itself.
SITES = {
    "linkedin.com": "LinkedIn",
    "x.com": "X",
    "twitter.com": "X",
    "bsky.app": "Bluesky",
}

_WORDING = Wording(gettext)


def date_words(day: date | str) -> str:
    """Return a day as "Monday 23 November 2026"; an ISO text is read first."""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return str(format_date(known, "EEEE d MMMM y"))


def clock_words(at: time) -> str:
    """Return a time of day as "9am", "2:30pm", "midday" or "midnight"."""
    return _WORDING.clock_words(at)


def time_words(moment: datetime) -> str:
    """Return the time of a moment in London, as ``clock_words`` does."""
    return _WORDING.time_words(moment)


def moment_words(moment: datetime) -> str:
    """Return a moment as "Monday 23 November 2026 at 9am"."""
    return _WORDING.moment_words(moment)


def miles_words(kilometres: float | None) -> str:
    """Return a distance as "about 85 miles"; to the next 5 above 20, and "under 5 miles"."""
    return gettext("distance not known") if kilometres is None else _WORDING.miles_words(kilometres)


def duration_words(minutes: int) -> str:
    """Return a time as "45 minutes", "1 hour 15 minutes", "2 hours" or "2 and a half hours"."""
    return _WORDING.duration_words(minutes)


def hours_words(minutes: int) -> str:
    """Return whole and half hours without their unit, as "3" or "2 and a half"."""
    return _WORDING.hours_words(minutes)


def longer_words(minutes: float | None) -> str:
    """Return by how much a journey is longer, to the next 5 minutes."""
    return duration_words(5 * max(1, math.ceil((minutes or 0.0) / 5)))


def limit_miles_words(miles: float) -> str:
    """Return a stated distance as "118 miles (190 km)"."""
    return gettext(
        "%(miles)s miles (%(km)s km)", miles=f"{miles:,.0f}", km=f"{miles * KM_PER_MILE:,.0f}"
    )


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


def handle_words(address: str) -> str:
    """Return where an address on the web leads, as "Mastodon: mastodon.social/@name"."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    place = SITES.get(host) or SITES.get(host.partition(".")[2]) or ""
    if not place and parts.path.startswith("/@"):
        place = "Mastodon"
    where = f"{host}{parts.path}".rstrip("/")
    return f"{place}: {where}" if place else where


FILTERS = (
    area_names,
    date_words,
    clock_words,
    time_words,
    moment_words,
    miles_words,
    duration_words,
    hours_words,
    limit_miles_words,
    longer_words,
    highlight,
    handle_words,
)


def register_wording(app: Flask) -> None:
    """Give the templates these words."""
    for words in FILTERS:
        app.jinja_env.filters[words.__name__] = words
