"""Emails that come to the service: real shapes of reports and replies, and hostile ones."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.mail.received import MOST_BYTES, ReceivedKind, read_message
from tests.builders_received import OURS, reply, report

BOUNCE, REPORT = ReceivedKind.BOUNCE, ReceivedKind.REPORT
AWAY, REPLY, UNREADABLE = (
    ReceivedKind.OUT_OF_OFFICE,
    ReceivedKind.REPLY,
    ReceivedKind.UNREADABLE,
)


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_names_the_email_that_came_back_and_its_address(returned):
    came = read_message(report(returned=returned))
    assert (came.kind, came.answers) == (BOUNCE, (OURS,))
    (failure,) = came.failures
    assert (failure.address, failure.for_good) == ("victor@walsall.example", True)
    assert failure.why.startswith("5.1.1 smtp; 550 5.1.1")


def test_a_failure_that_may_pass_is_not_for_good():
    assert read_message(report(status="4.2.2")).failures[0].for_good is False


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_that_is_no_failure_needs_nothing(action):
    came = read_message(report(action=action))
    assert (came.kind, came.failures) == (REPORT, ())


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner-email=x",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Return-Path: <>",
        "Subject: Automatic reply: Could you help West Berkshire Council in person?",
        "Subject: Out of Office: Re: Could you help",
        "Subject: =?utf-8?q?Ateb_awtomatig=3A_ar_wyliau?=",
    ],
)
def test_a_note_that_somebody_is_away_is_known_by_its_headers(headers):
    assert read_message(reply(headers=headers)).kind == AWAY


def test_what_a_person_wrote_is_kept_with_the_email_it_answers():
    came = read_message(reply("Could we make it the 27th?\n\n> May we ask you?"))
    assert (came.kind, came.from_address) == (REPLY, "victor@walsall.example")
    assert came.text.startswith("Could we make it the 27th?")
    assert OURS in came.answers


def test_a_reply_that_says_it_was_not_sent_by_a_program_is_a_persons():
    assert read_message(reply(headers="Auto-Submitted: no")).kind == REPLY


def test_a_failure_told_in_a_mail_systems_own_words_is_for_a_person():
    told = reply(headers="Return-Path: <>", sender="MAILER-DAEMON@mx.example")
    assert read_message(told).kind == REPLY


def test_words_in_html_alone_are_kept_without_their_tags():
    raw = reply("<p>Yes, <b>gladly</b></p>", headers="Content-Type: text/html; charset=utf-8")
    assert " ".join(read_message(raw).text.split()) == "Yes, gladly"


def nested(depth):
    begins = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (each, each)
        for each in range(depth)
    )
    return b"From: a@b.example\r\n" + begins


HOSTILE = {
    "too long": b"From: a@b.example\r\n\r\n" + b"x" * MOST_BYTES,
    "headers without end": b"X: y\r\n" * 200_000,
    "one header of a megabyte": b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\r\n\r\n",
    "parts in parts": nested(10_000),
    "a few thousand parts": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + b"--b\r\nContent-Type: text/plain\r\n\r\n\r\n" * 20_000,
    "many parts without a type": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + b"--b\r\n\r\n\r\n" * 90_000,
    "tags without end": b"Content-Type: text/html\r\n\r\n" + b"<" * 900_000,
    "references without end": b"References: " + b"<" * 60_000 + b"\r\n\r\nhello",
    "an unknown character set": b'Content-Type: text/plain; charset="\x00nonsense"\r\n\r\n\xff\xfe',
    "nothing": b"",
    "not an email": bytes(range(256)) * 1000,
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n" + b"A" * 99_999,
    "broken uuencoding": b"Content-Transfer-Encoding: uuencode\r\n\r\nbegin 666 x\n"
    + b"M" * 50_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_hostile_mail_is_read_in_a_moment_or_not_at_all(raw):
    started = time.process_time()
    came = read_message(raw)
    assert came.kind in {UNREADABLE, REPLY, AWAY}
    assert "\x00" not in came.text + came.subject
    assert time.process_time() - started < 1


@settings(max_examples=300)
@given(st.binary(max_size=400), st.integers(0, 900), st.integers(0, 900))
def test_no_damage_to_a_report_breaks_the_reading(noise, start, end):
    raw = report()
    came = read_message(raw[:start] + noise + raw[end:])
    assert came.kind in set(ReceivedKind)
    assert "\x00" not in came.text + came.subject
