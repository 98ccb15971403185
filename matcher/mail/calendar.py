"""A visit as a calendar entry that both sides' programs understand (RFC 5545, RFC 5546).

The service is the organiser, so that neither side can move the other's entry. UID and SEQUENCE
come from the visit's row: a later entry with the same UID replaces the earlier one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, vCalAddress

from matcher.mail.message import CONTROL, CalendarPart
from matcher.mail.wording import LONDON

#: RFC 7986, section 5.7; older programs read X-PUBLISHED-TTL.
FETCH_EVERY = timedelta(hours=6)
#: How long a visit is in calendars where only its beginning is known.
USUAL_LENGTH = timedelta(hours=2)
PRODUCT = "-//Ask for help in person//EN"
#: London as calendar programs write it, with the rule in force since 1996. The table of every
#: change since 1970, which the library would write, is misread by some: winter came out as summer.
LONDON_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is named in a calendar entry."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """What a calendar entry says.

    ``starts`` and ``ends`` are both days, the last one included, or both aware moments in a named
    zone. ``stamped_at`` stays the same on every try.
    """

    uid: str
    sequence: int
    starts: date | datetime
    ends: date | datetime
    title: str
    description: str
    place: str
    organiser: Attendee
    attendees: tuple[Attendee, ...]
    stamped_at: datetime


def invitation(entry: VisitEntry) -> CalendarPart:
    """Return what adds the entry, or replaces an earlier one."""
    return _part(entry, "REQUEST", "CONFIRMED")


def cancellation(entry: VisitEntry) -> CalendarPart:
    """Return what takes the entry out of a calendar."""
    return _part(entry, "CANCEL", "CANCELLED")


def edges(
    on: date, begins: time | None, ends: time | None
) -> tuple[date | datetime, date | datetime]:
    """Return when a visit begins and ends: times in London, or the day alone where none is set."""
    if begins is None:
        return on, on
    starts = datetime.combine(on, begins, LONDON)
    return starts, datetime.combine(on, ends, LONDON) if ends else starts + USUAL_LENGTH


def feed(entries: Iterable[VisitEntry], name: str) -> bytes:
    """Return a calendar that programs fetch from time to time; ``name`` is what they call it."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", _clean(name))
    calendar.add("X-WR-CALNAME", _clean(name))
    calendar.add("REFRESH-INTERVAL", FETCH_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", FETCH_EVERY)
    for entry in entries:
        calendar.add_component(_event(entry, "CONFIRMED"))
    _add_zone(calendar)
    content: bytes = calendar.to_ical()
    return content


def _part(entry: VisitEntry, method: str, status: str) -> CalendarPart:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method)
    calendar.add_component(_event(entry, status))
    _add_zone(calendar)
    return CalendarPart(calendar.to_ical(), method)


def _event(entry: VisitEntry, status: str) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.stamped_at.astimezone(UTC))
    event.add("DTSTART", entry.starts)
    event.add("DTEND", _end(entry))
    event.add("SUMMARY", _clean(entry.title))
    event.add("DESCRIPTION", entry.description.strip())
    event.add("LOCATION", _clean(entry.place))
    event.add("STATUS", status)
    # A whole day that only says "somebody visits" leaves the rest of the diary free to book.
    event.add("TRANSP", "OPAQUE" if isinstance(entry.starts, datetime) else "TRANSPARENT")
    event.add("ORGANIZER", _address(entry.organiser), encode=False)
    for each in entry.attendees:
        event.add("ATTENDEE", _attending(each), encode=False)
    return event


def _add_zone(calendar: Calendar) -> None:
    """Say what London's time is, where a moment is given in it."""
    if "Europe/London" in calendar.get_used_tzids():
        calendar.subcomponents.insert(0, Timezone.from_ical(LONDON_ZONE))


def _end(entry: VisitEntry) -> date | datetime:
    """Return the end as iCalendar counts it: of whole days, the first that is no longer meant."""
    if isinstance(entry.ends, datetime):
        return entry.ends
    return entry.ends + timedelta(days=1)


def _address(person: Attendee) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.address}")
    if person.name:
        address.params["CN"] = _clean(person.name).replace('"', "'")
    return address


def _attending(person: Attendee) -> vCalAddress:
    address = _address(person)
    address.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    return address


def _clean(text: str) -> str:
    return CONTROL.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One public event of whole days, the last one included."""

    uid: str
    first_on: date
    last_on: date
    title: str
    description: str
    place: str
    address: str
    called_off: bool = False


def events_calendar(entries: Iterable[EventEntry], stamped_at: datetime) -> bytes:
    """Return public events as a calendar file that programs may follow."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    for entry in entries:
        calendar.add_component(_public(entry, stamped_at))
    content: bytes = calendar.to_ical()
    return content


def _public(entry: EventEntry, stamped_at: datetime) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", stamped_at.astimezone(UTC))
    event.add("DTSTART", entry.first_on)
    event.add("DTEND", entry.last_on + timedelta(days=1))
    event.add("SUMMARY", _clean(entry.title))
    event.add("DESCRIPTION", entry.description.strip())
    event.add("LOCATION", _clean(entry.place))
    event.add("URL", entry.address)
    event.add("STATUS", "CANCELLED" if entry.called_off else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    return event
