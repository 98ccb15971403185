"""What goes over the wire, read back by the standard library's parsers."""

from base64 import b64decode
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.mail.message import (
    CONTROL,
    LONGEST,
    BadAddress,
    CalendarPart,
    Envelope,
    Rendered,
    build,
    one_line,
)

SENT_AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
SAID = Rendered("We have your request (H-1001)", "Hello,\n", "<p>Hello,</p>\n")
CALENDAR = CalendarPart(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST")
TOKEN = "a" * 32 + "." + "b" * 32
STOP = f"https://ask-for-help-in-person.example.gov.uk/t/unsubscribe/{TOKEN}"
LONG_ID = f"<help_request-1@{'a-long-name-of-a-host.' * 4}example.gov.uk>"
HEADERS = {"Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"}
#: What a person may type or a database may hold, and what breaks mail programs.
any_text = st.text(st.characters(exclude_categories=()), max_size=300) | st.sampled_from(
    [
        "x\r\nBcc: everyone@example.org",
        "x\x0bBcc: y@example.org",
        "x\x1cBcc: y@example.org",
        "x\u2028Bcc: y@example.org",
        "Smith, John, evil@example.org " * 4,
        'quote " backslash \\ bracket > ' * 4,
        "Müller, evil@example.org " * 8,
        "=?utf-8?q?=0D=0ABcc=3A?=",
        "=??Q?=0D",
        "😀" * 250,
        "a" * 2000,
        ".\r\n.\r\nQUIT",
        "From the start\nFrom here",
    ]
)


def envelope(**changes):
    values = {
        "from_name": "Ask for help in person",
        "from_address": "ask@help.example",
        "to_name": "Ruth Adeyemi",
        "to_address": "ruth@westberks.example",
        "message_id": "<0123@help.example>",
        "sent_at": SENT_AT,
    }
    return Envelope(**{**values, **changes})


def wire(rendered=SAID, calendar=None, **changes):
    return build(rendered, envelope(**changes), calendar).as_bytes()


def sent(rendered=SAID, calendar=None, **changes):
    return message_from_bytes(wire(rendered, calendar, **changes), policy=policy.default)


def people(raw: bytes, header: str) -> list[tuple[str, str]]:
    """The addresses of a header, read by the parser of 1999, which joins encoded words rightly."""
    named = getaddresses([old(raw)[header]])
    return [(str(make_header(decode_header(name))), at) for name, at in named]


def old(raw: bytes):
    return message_from_bytes(raw, policy=policy.compat32)


def body(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n").rstrip("\n")


def cleaned(text: str) -> str:
    """A body as it should arrive: one kind of line end, no characters that are no text."""
    for end in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    kept = (each for each in text if each in "\n\t" or not CONTROL.match(each))
    return "".join(kept).rstrip("\n")


@given(subject=any_text, text=any_text, html=any_text, name=any_text, programme=any_text)
def test_whatever_is_typed_arrives_as_typed_and_becomes_no_header(
    subject, text, html, name, programme
):
    raw = wire(Rendered(subject, text, html), to_name=name, from_name=programme)
    read = message_from_bytes(raw, policy=policy.default)
    assert set(read.keys()) == HEADERS | {"Content-Type"}
    assert [at for _name, at in people(raw, "To")] == ["ruth@westberks.example"]
    assert [at for _name, at in people(raw, "From")] == ["ask@help.example"]
    assert str(make_header(decode_header(old(raw)["Subject"]))) == one_line(subject)[:LONGEST]
    assert body(read, "plain") == cleaned(text)
    assert body(read, "html") == cleaned(html)


@given(subject=any_text, text=any_text, html=any_text, name=any_text, programme=any_text)
def test_whatever_is_typed_goes_in_short_lines_of_seven_bits(subject, text, html, name, programme):
    raw = wire(Rendered(subject, text, html), CALENDAR, to_name=name, from_name=programme)
    assert raw.isascii()
    assert b"\x00" not in raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")


@given(name=any_text)
def test_a_name_arrives_as_it_was_typed_on_one_line(name):
    wanted = one_line(name)[:LONGEST]
    ((read, _at),) = people(wire(to_name=name), "To")
    assert read.split() == wanted.split()


def test_a_long_name_with_commas_is_still_one_person():
    message = sent(to_name="Smith, John, evil@example.org " * 4)
    assert len(message["To"].addresses) == 1


def test_a_name_that_looks_encoded_is_shown_as_it_stands():
    assert sent(to_name="=?utf-8?q?Boss?=")["To"].addresses[0].display_name == "=?utf-8?q?Boss?="


def test_an_addressee_without_a_name_is_only_an_address():
    assert b"\r\nTo: ruth@westberks.example\r\n" in wire(to_name="")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ruth",
        "@westberks.example",
        "ruth@",
        "<ruth@westberks.example>",
        "ruth@westberks.example, eve@example.org",
        "ruth@westberks.example\r\nBcc: eve@example.org",
        "ruth adeyemi@westberks.example",
        '"ruth adeyemi"@westberks.example',
        " ruth@westberks.example",
        "ruth@westberks.example (Ruth)",
        "rüth@westberks.example",
        "ruth@wéstberks.example",
        "ruth@west\x00berks.example",
        "ruth@@westberks.example",
    ],
)
def test_an_address_that_no_server_takes_is_refused_by_name(address):
    with pytest.raises(BadAddress):
        build(SAID, envelope(to_address=address))


@given(address=any_text)
def test_no_address_breaks_the_building_of_a_message(address):
    try:
        raw = wire(to_address=address)
    except BadAddress:
        return
    assert [at for _name, at in people(raw, "To")] == [address]


def test_the_link_to_unsubscribe_is_whole_and_can_be_pressed_once():
    raw = wire(unsubscribe=STOP)
    assert f"\r\nList-Unsubscribe: <{STOP}>\r\n".encode() in raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_an_email_without_that_link_offers_no_unsubscribing():
    assert b"List-Unsubscribe" not in wire()


def test_a_long_thread_is_named_whole():
    raw = wire(thread=LONG_ID)
    assert f"\r\nIn-Reply-To: {LONG_ID}\r\nReferences: {LONG_ID}\r\n".encode() in raw


def test_the_same_email_written_again_has_the_same_id_and_date():
    first, again = sent(), sent()
    assert first["Message-ID"] == again["Message-ID"] == "<0123@help.example>"
    assert first["Date"].datetime == again["Date"].datetime == SENT_AT


def test_no_program_answers_an_email_of_ours_by_itself():
    assert sent()["Auto-Submitted"] == "auto-generated"


def test_a_reply_goes_where_somebody_reads_it():
    message = sent(reply_to="help@programme.example")
    assert message["Reply-To"].addresses[0].addr_spec == "help@programme.example"


def test_the_text_comes_before_the_html():
    kinds = [part.get_content_type() for part in sent().iter_parts()]
    assert kinds == ["text/plain", "text/html"]


def test_a_calendar_entry_rides_as_a_part_and_as_a_file():
    message = sent(calendar=CALENDAR)
    (attached,) = message.iter_attachments()
    acted_on = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert acted_on.get_param("method") == "REQUEST"
    assert acted_on.get_content() == CALENDAR.content.decode()
    assert attached.get_filename() == "visit.ics"
    assert b64decode(attached.get_payload()) == CALENDAR.content
