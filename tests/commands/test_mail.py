"""The command that reads a mailbox: its sources, its counts, and what it refuses."""

import io

import pytest
from click.testing import CliRunner

from matcher.cli import commands
from matcher.commands.mail import list_messages, split
from matcher.lifecycle.pairing import State
from matcher.mail.received import MOST_BYTES
from matcher.mail.return_path import return_path
from matcher.records.pairings import Pairing
from matcher.records.received import ReceivedEmail
from tests.builders_received import reply, report

LINE = b"From MAILER-DAEMON Mon Nov 23 10:00:00 2026\n"


def mailbox(*messages):
    return b"".join(LINE + each + b"\n" for each in messages)


def test_a_mailbox_holds_its_emails():
    found = list(split(io.BytesIO(mailbox(report(), reply()))))
    assert [each.strip() for each in found] == [report().strip(), reply().strip()]


def test_a_line_that_only_looks_like_a_new_email_belongs_to_its_own():
    (found,) = split(io.BytesIO(mailbox(reply("Hello\n\n>From Monday on I am away."))))
    assert b"\nFrom Monday on" in found


def test_a_single_email_is_one_whatever_it_says():
    raw = reply("Hello\n\nFrom Monday on I am away.")
    assert list(split(io.BytesIO(raw))) == [raw]


def test_an_email_in_a_mailbox_never_fills_the_memory():
    (found,) = split(io.BytesIO(mailbox(b"X: y\n\n" + b"words\n" * 400_000)))
    assert len(found) <= MOST_BYTES + 10


def test_a_maildir_is_read_old_and_new(tmp_path):
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1").write_bytes(folder.encode())
    assert list(list_messages(tmp_path)) == [b"cur", b"new"]


@pytest.fixture
def run(settings, app, monkeypatch):
    for name in ("database_url", "base_url", "mail_from"):
        monkeypatch.setenv(name.upper(), getattr(settings, name))
    monkeypatch.setenv("SECRET_KEY", settings.secret_key.get_secret_value())
    monkeypatch.setenv("LINK_KEYS", settings.link_keys.get_secret_value())
    return lambda *words, **given: CliRunner().invoke(commands, ["bounces", *words], **given)


def test_the_command_counts_what_it_read_and_reads_nothing_twice(run, cast, tmp_path):
    path = tmp_path / "mbox"
    path.write_bytes(mailbox(report(), reply(), reply(headers="Auto-Submitted: auto-replied")))
    first, again = run(str(path)), run(str(path))
    assert first.output.splitlines()[0] == "3 new."
    assert "1 written by people" in first.output
    assert again.output == "0 new.\n"
    assert len(cast.rows(ReceivedEmail)) == 3


def test_the_command_reads_a_pipe(run, cast):
    assert run("-", input=report()).output.startswith("1 new.")


def test_the_command_stops_after_so_many_and_says_so(run, cast, tmp_path):
    path = tmp_path / "mbox"
    path.write_bytes(mailbox(*(reply(f"Reply {number}") for number in range(5))))
    assert "run the command again" in run(str(path), "--most", "2").output
    assert len(cast.rows(ReceivedEmail)) == 2


def test_a_report_without_our_headers_is_matched_by_its_return_path(run, cast, app, tmp_path):
    cast.invited(cast.request(), cast.volunteer())
    (email,) = cast.emails("invitation")
    path = return_path("bounces@help.test", app.extensions["link_keys"], email.id)
    lost = report(to=email.to_address, message_id="<lost@elsewhere.test>", came_to=path)
    (tmp_path / "mbox").write_bytes(mailbox(lost))
    assert "1 bounced." in run(str(tmp_path / "mbox")).output
    assert cast.rows(Pairing)[0].state == State.LAPSED
