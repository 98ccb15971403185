"""Other people's calendar files: read as far as they can be, refused quickly where they cannot."""

from datetime import date

import pytest

from matcher.mail.calendar_files import MOST_BYTES, CalendarRefused, read_calendar

CAMP = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@camp\r\nDTSTART;VALUE=DATE:20270120\r\n"
    "DTEND;VALUE=DATE:20270122\r\nSUMMARY:{name}\r\nLOCATION:Town Hall\\, Leeds\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)
EVENT = (
    "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART:20270120T090000Z\r\nSUMMARY:A\r\nLOCATION:B\r\n"
    "END:VEVENT\r\n"
)
WRAP = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n"
HOSTILE = {
    "empty": b"",
    "no calendar": b"<html>",
    "not UTF-8": b"BEGIN:VCALENDAR\r\nX:\xff\xfe\r\nEND:VCALENDAR",
    "UTF-16": CAMP.encode("utf-16"),
    "too large": b"BEGIN:VCALENDAR\r\n" + b"X" * MOST_BYTES,
    "too many events": WRAP.format("".join(EVENT.format(n) for n in range(501))).encode(),
    "too deep": ("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 50).encode(),
    "one endless line": WRAP.format("X:" + "a\r\n " * 200_000).encode()[:MOST_BYTES],
    "never ended": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A\r\n",
    "cut in the middle": CAMP.encode()[:120],
}


def test_an_event_of_whole_days_is_read_with_its_last_day():
    (event,) = read_calendar(CAMP.format(name="Camp").encode()).events
    assert (event.first_on, event.last_on) == (date(2027, 1, 20), date(2027, 1, 21))
    assert (event.name, event.place) == ("Camp", "Town Hall, Leeds")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_or_holds_nothing(content):
    with pytest.raises(CalendarRefused, match="file"):
        read_calendar(content)


def test_a_rule_that_repeats_for_ever_is_one_event():
    forever = CAMP.format(name="Camp\r\nRRULE:FREQ=SECONDLY")
    assert len(read_calendar(forever.encode()).events) == 1


def test_markup_in_a_name_is_only_words_on_one_line():
    name = "<script>alert(1)</script>\\nBcc: a@b.example"
    (event,) = read_calendar(CAMP.format(name=name).encode()).events
    assert event.name == "<script>alert(1)</script> Bcc: a@b.example"


def test_what_is_wrong_with_one_event_leaves_the_others():
    without_place = EVENT.format(2).replace("LOCATION:B\r\n", "")
    found = read_calendar(WRAP.format(EVENT.format(1) + without_place).encode())
    assert len(found.events) == 1
    assert found.problems == ("Event 2: its place (LOCATION) is missing",)
