"""Calendar entries, read by a small reader of our own that knows only RFC 5545's line rules."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from matcher.mail.calendar import Attendee, VisitEntry, cancellation, invitation

LONDON = ZoneInfo("Europe/London")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
PROPERTY = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)\Z', re.DOTALL)
PARAMETER = re.compile(r';([A-Z-]+)=(?:"([^"]*)"|([^";:,]*))')
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
DAY = date(2027, 1, 20)
ENTRY = {
    "uid": "visit-7@help.example",
    "sequence": 0,
    "starts": DAY,
    "ends": DAY,
    "title": "Visit to West Berkshire Council (H-1012)",
    "description": "Brief our members; bring examples, please.\n\nArranged through us.",
    "place": "RG14, West Berkshire",
    "organiser": Attendee("Ask for help in person", "ask@help.example"),
    "attendees": (
        Attendee("Ruth Adeyemi", "ruth@westberks.example"),
        Attendee("Victor Osei", "victor@walsall.example"),
    ),
    "stamped_at": datetime(2026, 11, 23, 10, tzinfo=UTC),
}
typed = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)


def read(part) -> list[tuple[str, dict[str, str], str]]:
    """Unfold, split into name, parameters and value, and unescape texts."""
    lines = part.content.decode().replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    properties = []
    for line in lines:
        name, parameters, value = PROPERTY.match(line).groups()
        known = {key: quoted or bare for key, quoted, bare in PARAMETER.findall(parameters)}
        properties.append((name, known, value))
    return properties


def values(part) -> dict[str, str]:
    return {name: value for name, _parameters, value in read(part)}


def unescaped(value: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def entry(**changes) -> VisitEntry:
    return VisitEntry(**{**ENTRY, **changes})


def test_an_invitation_asks_calendars_to_add_the_visit():
    part = invitation(entry())
    told = values(part)
    assert (part.method, told["METHOD"], told["STATUS"]) == ("REQUEST", "REQUEST", "CONFIRMED")
    assert (told["UID"], told["SEQUENCE"]) == ("visit-7@help.example", "0")
    assert told["DTSTAMP"] == "20261123T100000Z"


def test_a_cancellation_names_the_same_entry_with_a_higher_number():
    part = cancellation(entry(sequence=1))
    told = values(part)
    assert (part.method, told["METHOD"], told["STATUS"]) == ("CANCEL", "CANCEL", "CANCELLED")
    assert (told["UID"], told["SEQUENCE"]) == ("visit-7@help.example", "1")


def test_a_whole_day_ends_where_the_next_begins_and_blocks_nothing():
    told = {name: (known, value) for name, known, value in read(invitation(entry()))}
    assert told["DTSTART"] == ({"VALUE": "DATE"}, "20270120")
    assert told["DTEND"] == ({"VALUE": "DATE"}, "20270121")
    assert told["TRANSP"][1] == "TRANSPARENT"


def test_a_visit_at_an_hour_carries_the_rules_of_its_zone():
    starts, ends = (datetime(2027, 6, 16, hour, tzinfo=LONDON) for hour in (10, 12))
    told = {
        name: (known, value)
        for name, known, value in read(invitation(entry(starts=starts, ends=ends)))
    }
    assert told["DTSTART"] == ({"TZID": "Europe/London"}, "20270616T100000")
    assert told["DTEND"] == ({"TZID": "Europe/London"}, "20270616T120000")
    assert told["TZID"][1] == "Europe/London"
    assert told["TRANSP"][1] == "OPAQUE"


def test_the_service_invites_and_both_sides_have_said_yes():
    properties = read(invitation(entry()))
    (organiser,) = [value for name, _known, value in properties if name == "ORGANIZER"]
    coming = [(known, value) for name, known, value in properties if name == "ATTENDEE"]
    assert organiser == "mailto:ask@help.example"
    assert [value for _known, value in coming] == [
        "mailto:ruth@westberks.example",
        "mailto:victor@walsall.example",
    ]
    assert {(known["PARTSTAT"], known["RSVP"]) for known, _value in coming} == {
        ("ACCEPTED", "FALSE")
    }


def test_an_attendee_without_a_name_is_only_an_address():
    properties = read(invitation(entry(attendees=(Attendee("", "ruth@westberks.example"),))))
    (known,) = [known for name, known, _value in properties if name == "ATTENDEE"]
    assert "CN" not in known


@given(title=typed, description=typed, place=typed, name=typed)
def test_whatever_is_typed_adds_no_line_to_the_entry(title, description, place, name):
    people = (Attendee(name, "ruth@westberks.example"),)
    changed = entry(title=title, description=description, place=place, attendees=people)
    part = invitation(changed)
    plain = invitation(entry(attendees=(Attendee("Ruth", "ruth@westberks.example"),)))
    assert {name for name, *_rest in read(part)} <= {name for name, *_rest in read(plain)}
    assert max(len(line) for line in part.content.split(b"\r\n")) <= 75
    assert unescaped(values(part)["SUMMARY"]).split() == CONTROL.sub(" ", title).split()
