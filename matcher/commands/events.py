"""``matcher events``: events from calendar files, and from the addresses that an operator lists."""

import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import click

from matcher.actions.network.feeding import feed_events
from matcher.actions.occasion import Occasion
from matcher.app import opened_app
from matcher.lifecycle.tables import Actor
from matcher.mail.calendar_files import MOST_BYTES, CalendarRefused
from matcher.places.gazetteer import Gazetteer
from matcher.records.database import db
from matcher.records.programmes import get_settings
from matcher.settings import Settings, parse_link_keys, read_settings

FETCH_SECONDS = 10


@click.group("events")
def events_group() -> None:
    """Events from calendar files; coordinators publish them."""


@events_group.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def read_command(file: Path) -> None:
    """Propose the coming events of the calendar FILE (.ics)."""
    with file.open("rb") as opened:
        _feed([(str(file), opened.read(MOST_BYTES + 1))], read_settings())


@events_group.command("fetch")
def fetch_command() -> None:
    """Propose the coming events of every address in EVENT_FEEDS; run it once a day."""
    settings = read_settings()
    _feed([(address, _fetch(address)) for address in settings.event_feeds.split()], settings)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """An address that was listed is fetched, and no other."""

    def redirect_request(self, *_given: object) -> None:
        """Refuse."""


def _fetch(address: str) -> bytes:
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(address, timeout=FETCH_SECONDS) as answer:
            content: bytes = answer.read(MOST_BYTES + 1)
            return content
    except OSError as error:
        click.echo(f"{address}: could not be fetched ({error})", err=True)
        return b""


def _feed(files: list[tuple[str, bytes]], settings: Settings) -> None:
    with opened_app(settings):
        occasion, gazetteer = _clock(settings), Gazetteer.load()
        for name, content in files:
            try:
                fed = feed_events(content, gazetteer, occasion)
            except CalendarRefused as refused:
                click.echo(f"{name}: {refused}", err=True)
                continue
            click.echo(f"{name}: {fed.events} events to come, {len(fed.problems)} left out.")
            for problem in fed.problems:
                click.echo(f"  {problem}", err=True)


def _clock(settings: Settings) -> Occasion:
    keys = parse_link_keys(settings.link_keys.get_secret_value())
    session = db.session()
    return Occasion(
        now=datetime.now(UTC),
        actor=Actor.CLOCK,
        settings=get_settings(session),
        key_id=next(iter(keys)),
        mail_domain=settings.mail_from.rpartition("@")[2],
    )
