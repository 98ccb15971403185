"""Reading other people's calendar files (RFC 5545): whatever is in them, quickly and safely.

A file is measured before it is parsed, so that none can take long or grow. Of each event only its
name, days, place, description and web address are read; rules of repetition are left alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component

from matcher.mail.message import CONTROL_IN_BODY, one_line

MOST_BYTES = 512 * 1024
MOST_EVENTS = 500
LONGEST_LINE = 20_000
DEEPEST = 4


class CalendarRefused(ValueError):  # noqa: N818  what is wrong is the file
    """A calendar file that is not read; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event of a file; ``last_on`` is included. Texts are plain and have no line ends."""

    uid: str
    name: str
    first_on: date
    last_on: date
    place: str
    description: str
    website: str


@dataclass(frozen=True, slots=True)
class Found:
    """The events that could be read, and for the others what is wrong with each."""

    events: tuple[FoundEvent, ...]
    problems: tuple[str, ...]


def read_calendar(content: bytes) -> Found:
    """Return the events of a calendar file. Raises CalendarRefused for what is no such file."""
    text = _measured(content)
    try:
        calendar = Calendar.from_ical(text)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise CalendarRefused("This is not a calendar file that can be read") from error
    if not isinstance(calendar, Calendar):
        raise CalendarRefused("This is not a calendar file")
    events: list[FoundEvent] = []
    problems: list[str] = []
    for number, each in enumerate(calendar.walk("VEVENT"), 1):
        try:
            events.append(_event(each))
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            problems.append(f"Event {number}: {error}")
    return Found(tuple(events), tuple(problems))


def _measured(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise CalendarRefused(f"The file is larger than {MOST_BYTES // 1024} KiB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarRefused("The file is not in UTF-8") from error
    lines = text.splitlines()
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise CalendarRefused("The file does not begin with BEGIN:VCALENDAR")
    _check_shape(lines)
    return text


def _check_shape(lines: list[str]) -> None:
    """Refuse what is too long, too deep or too much, without parsing it."""
    depth = events = unfolded = 0
    for line in lines:
        unfolded = unfolded + len(line) if line[:1] in {" ", "\t"} else len(line)
        upper = line[:13].upper()
        depth += upper.startswith("BEGIN:") - upper.startswith("END:")
        events += upper.startswith("BEGIN:VEVENT")
        if unfolded > LONGEST_LINE or depth > DEEPEST or events > MOST_EVENTS:
            raise CalendarRefused(
                f"The file has more than {MOST_EVENTS} events, or lines that are too long"
            )


def _event(each: Component) -> FoundEvent:
    first = _start(each)
    return FoundEvent(
        uid=_words(each, "UID")[:255],
        name=_needed(each, "SUMMARY", "its name (SUMMARY)"),
        first_on=first,
        last_on=max(first, _end(each, first)),
        place=_needed(each, "LOCATION", "its place (LOCATION)"),
        description=_words(each, "DESCRIPTION"),
        website=_words(each, "URL"),
    )


def _start(each: Component) -> date:
    if "DTSTART" not in each:
        raise ValueError("its day (DTSTART) is missing")
    return _day(each.decoded("DTSTART"))


def _end(each: Component, first: date) -> date:
    if "DTEND" not in each:
        return first
    end = each.decoded("DTEND")
    # Of whole days, the end is the first day that is no longer meant.
    return _day(end) if isinstance(end, datetime) else end - timedelta(days=1)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _words(each: Component, name: str) -> str:
    value = each.get(name, "")
    first = value[0] if isinstance(value, list) else value
    return one_line(CONTROL_IN_BODY.sub(" ", str(first)))


def _needed(each: Component, name: str, what: str) -> str:
    words = _words(each, name)
    if not words:
        raise ValueError(f"{what} is missing")
    return words
