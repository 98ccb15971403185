"""Calendar entries as another library reads them: vobject, which shares no code with ours."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import vobject

from matcher.mail.calendar import cancellation, invitation
from tests.mail.test_calendar import DAY, entry

LONDON = ZoneInfo("Europe/London")
SUMMER = datetime(2027, 6, 16, 14, tzinfo=LONDON)
WINTER = datetime(2027, 1, 20, 14, tzinfo=LONDON)


def parsed(part):
    return vobject.readOne(part.content.decode())


def timed(begins):
    return entry(starts=begins, ends=begins.replace(hour=16))


@pytest.mark.parametrize(
    ("make", "method", "status"),
    [(invitation, "REQUEST", "CONFIRMED"), (cancellation, "CANCEL", "CANCELLED")],
)
def test_the_method_and_the_status_say_what_to_do(make, method, status):
    calendar = parsed(make(entry()))
    assert (calendar.method.value, calendar.vevent.status.value) == (method, status)
    assert make(entry()).method == method


def test_a_later_entry_replaces_the_earlier_one():
    first, second = (parsed(invitation(entry(sequence=number))).vevent for number in (0, 1))
    assert first.uid.value == second.uid.value
    assert int(first.sequence.value) < int(second.sequence.value)


def test_the_organiser_and_those_who_meet_are_named():
    event = parsed(invitation(entry())).vevent
    assert event.organizer.value == "mailto:ask@help.example"
    assert [each.value for each in event.attendee_list] == [
        "mailto:ruth@westberks.example",
        "mailto:victor@walsall.example",
    ]


def test_a_whole_day_is_a_day():
    event = parsed(invitation(entry())).vevent
    assert (event.dtstart.value, event.dtend.value) == (DAY, date(2027, 1, 21))


@pytest.mark.parametrize(("begins", "hour"), [(WINTER, 14), (SUMMER, 13)])
def test_a_time_is_the_same_moment_in_winter_and_in_summer(begins, hour):
    event = parsed(invitation(timed(begins))).vevent
    assert event.dtstart.value.astimezone(UTC).hour == hour


def test_the_time_zone_rides_with_a_time():
    calendar = parsed(invitation(timed(SUMMER)))
    assert calendar.vtimezone.tzid.value == "Europe/London"
