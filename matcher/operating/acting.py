"""What every command of an operator needs: the application's context, and who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from matcher.actions.occasion import Occasion
from matcher.app import opened_app
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.programmes import get_settings
from matcher.settings import Settings, parse_link_keys, read_settings


@contextmanager
def operating() -> Iterator[Occasion]:
    """Open the application with the settings of the environment; the operator acts."""
    settings = read_settings()
    with opened_app(settings):
        yield operator_occasion(settings)


def operator_occasion(settings: Settings) -> Occasion:
    """Return this moment, with the operator standing in for a coordinator."""
    keys = parse_link_keys(settings.link_keys.get_secret_value())
    session = db.session()
    return Occasion(
        now=datetime.now(UTC),
        actor=Actor.COORDINATOR,
        settings=get_settings(session),
        key_id=next(iter(keys)),
        mail_domain=settings.mail_from.rpartition("@")[2],
    )
