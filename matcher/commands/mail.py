"""The command that reads what came to the service's address: a mailbox, a file, or a pipe."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click

from matcher.actions.occasion import Occasion
from matcher.actions.post.receiving import receive
from matcher.app import opened_app
from matcher.lifecycle.tables import Actor
from matcher.mail.links import LinkKeys
from matcher.mail.received import MOST_BYTES, ReceivedKind, read_message
from matcher.mail.return_path import named_email
from matcher.records.database import db
from matcher.records.programmes import get_settings
from matcher.settings import Settings, parse_link_keys, read_settings

BEGINS = b"From "
#: A line of a mailbox; longer ones come in pieces, so that no line fills the memory.
LONGEST_LINE = 64 * 1024
WORDS = {
    ReceivedKind.BOUNCE: "bounced",
    ReceivedKind.REPORT: "reports that need nothing",
    ReceivedKind.OUT_OF_OFFICE: "out of office",
    ReceivedKind.REPLY: "written by people, queued for a coordinator",
    ReceivedKind.UNREADABLE: "not readable, queued for a coordinator",
}


@click.command("bounces")
@click.argument("source", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option(
    "--most",
    default=5000,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="Stop after so many emails that were not read before.",
)
def bounces_command(source: Path, most: int) -> None:
    """Read emails that came back, from SOURCE: an mbox file, a Maildir, one email, or - for a pipe.

    A bounce of one of our emails ends the ask and brings the next volunteer. What people wrote is
    queued for a coordinator. Nothing in SOURCE is changed, and reading it twice does nothing more.
    """
    settings = read_settings()
    with opened_app(settings):
        counted = read_all(list_messages(source), settings, most)
    click.echo(f"{sum(counted.values())} new.")
    for kind in ReceivedKind:
        if counted[kind]:
            click.echo(f"{counted[kind]} {WORDS[kind]}.")
    if sum(counted.values()) >= most:
        click.echo("There may be more: run the command again.")


def read_all(messages: Iterable[bytes], settings: Settings, most: int) -> Counter[ReceivedKind]:
    """Take in each email that was not read before, up to ``most``; count them by kind."""
    counted: Counter[ReceivedKind] = Counter()
    keys = LinkKeys(parse_link_keys(settings.link_keys.get_secret_value()))
    for raw in messages:
        received = read_message(raw)
        named = named_email(keys, received.came_to)
        if receive(received, _occasion(settings), named):
            counted[received.kind] += 1
        if sum(counted.values()) >= most:
            break
    return counted


def _occasion(settings: Settings) -> Occasion:
    session = db.session()
    programme = get_settings(session)
    session.rollback()
    keys = parse_link_keys(settings.link_keys.get_secret_value())
    return Occasion(
        now=datetime.now(UTC),
        actor=Actor.CLOCK,
        settings=programme,
        key_id=next(iter(keys)),
        mail_domain=settings.mail_from.rpartition("@")[2],
    )


def list_messages(source: Path) -> Iterator[bytes]:
    """Yield the emails of a source, each cut off where it is too long to be read anyway."""
    if str(source) == "-":
        yield from split(sys.stdin.buffer)
    elif source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file() and path.parent.name in {"new", "cur"}:
                with path.open("rb") as file:
                    yield file.read(MOST_BYTES + 1)
    else:
        with source.open("rb") as file:
            yield from split(file)


def split(file: BinaryIO) -> Iterator[bytes]:
    """Yield the emails of an mbox file; one that does not begin like it is a single email."""
    line = file.readline(LONGEST_LINE)
    if not line.startswith(BEGINS):
        yield line + file.read(MOST_BYTES)
        return
    kept, blank = bytearray(), False
    while line := file.readline(LONGEST_LINE):
        if blank and line.startswith(BEGINS):
            yield bytes(kept)
            kept = bytearray()
        elif len(kept) <= MOST_BYTES:
            kept += line.removeprefix(b">") if line.startswith(b">From ") else line
        blank = line in {b"\n", b"\r\n"}
    yield bytes(kept)
