"""``matcher doctor``: looks at everything that the service needs, and says what to do."""

import shutil
import smtplib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_mail import Mail
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from matcher.actions.post.holding import HELD
from matcher.delivery.tokens import NoToken, Tokens
from matcher.delivery.transport import SafeConnection, close_quietly
from matcher.operating.finding import Finding
from matcher.operating.mail_domain import look_at_domain, make_resolver
from matcher.records.database import db
from matcher.records.health import read_health
from matcher.records.history import Happening
from matcher.records.outbox import OutgoingEmail
from matcher.records.pages.measures import read_measures
from matcher.settings import Settings

CLOCK_MAY_DIFFER = timedelta(seconds=5)
LEAST_FREE_BYTES = 500 * 1024 * 1024


def examine(app: Flask, settings: Settings) -> Iterator[Finding]:
    """Look at one part after the other. A part that breaks is a finding, not a fault."""
    yield from _look_at_settings(settings)
    database = _look_at_database()
    yield database
    if database.well:
        checks: tuple[Callable[[], Finding], ...] = (_clock, _worker, _last_tick, _outbox, _held)
        yield from (check() for check in checks)
    yield _mail(app, settings)
    sender = settings.mail_from.rpartition("@")[2]
    resolver = make_resolver(settings.dns_server)
    yield from look_at_domain(sender, settings.dkim_selector, resolver)
    yield _disk()


def _look_at_settings(settings: Settings) -> Iterator[Finding]:
    secure = "" if settings.secure else "Set BASE_URL to an https address; cookies need it."
    yield Finding("pages are reached over HTTPS", secure)
    sender = settings.mail_from.rpartition("@")[2]
    known = "" if "." in sender else "Set MAIL_FROM to an address in a domain of your own."
    yield Finding(f"emails come from the domain {sender}", known)


def _look_at_database() -> Finding:
    try:
        with db.engine.connect() as connection:
            held = set(MigrationContext.configure(connection).get_current_heads())
    except SQLAlchemyError as fault:
        advice = f"Check DATABASE_URL and that the database runs: {type(fault).__name__}."
        return Finding("the database answers", advice)
    folder = current_app.extensions["migrate"].directory
    wanted = set(ScriptDirectory(folder).get_heads())
    advice = "" if held == wanted else "Run matcher migrate: the schema is of another release."
    return Finding("the database answers and has the schema of this release", advice)


def _clock() -> Finding:
    """Compare with the database's clock where it has one, else with what happened last."""
    now, session = datetime.now(UTC), db.session()
    if db.engine.dialect.name == "postgresql":
        ahead = abs(session.execute(text("SELECT clock_timestamp()")).scalar_one() - now)
        wrong = ahead > CLOCK_MAY_DIFFER
    else:
        latest = session.scalar(select(func.max(Happening.at)))
        wrong = latest is not None and latest > now + CLOCK_MAY_DIFFER
    session.rollback()
    advice = "Set this machine's clock by NTP; it differs from the database's." if wrong else ""
    return Finding("the clock is right", advice)


def _worker() -> Finding:
    health = read_health(db.session(), datetime.now(UTC))
    db.session.rollback()
    return Finding("a worker is at work", "" if health.worker else "Start matcher work.")


def _last_tick() -> Finding:
    """Say when a worker was last at work: how long the clock has stood still."""
    session = db.session()
    seconds = read_measures(session, datetime.now(UTC)).tick_seconds
    session.rollback()
    if seconds is None:
        return Finding("no worker was ever seen", "Start matcher work.")
    ahead = "Set the worker's clock by NTP: it says that it worked in the future."
    late = seconds < -CLOCK_MAY_DIFFER.total_seconds()
    return Finding(f"the worker's last tick was {max(0, round(seconds))} s ago", ahead * late)


def _outbox() -> Finding:
    health = read_health(db.session(), datetime.now(UTC))
    db.session.rollback()
    advice = "Look at the mail server: the oldest email is overdue." if not health.outbox else ""
    return Finding("no email is overdue", advice)


def _held() -> Finding:
    counted = select(func.count(OutgoingEmail.id)).filter_by(skipped_because=HELD)
    count = db.session().scalar(counted) or 0
    db.session.rollback()
    advice = f"{count} emails are held since a restore: matcher release lets them go."
    return Finding("no email is held", advice if count else "")


def _mail(app: Flask, settings: Settings) -> Finding:
    """Connect, encrypt and sign in as the worker does; nothing is sent."""
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        host = SafeConnection(Mail(app), settings, Tokens(settings)).configure_host()
    except smtplib.SMTPAuthenticationError:
        advice = "Check SMTP_USERNAME and its password or token: the server does not let us in."
    except NoToken as fault:
        advice = f"Check SMTP_TOKEN_COMMAND, or SMTP_TOKEN_URL and its credentials: {fault}."
    except smtplib.SMTPNotSupportedError:
        advice = "Set SMTP_TLS to what the server offers: none, starttls or tls."
    except (OSError, smtplib.SMTPException) as fault:
        advice = f"Check SMTP_HOST, SMTP_PORT, SMTP_TLS and SMTP_CA_FILE: {fault}."
    else:
        close_quietly(host)
        advice = ""
    return Finding(f"the mail server at {place} lets us in", advice)


def _disk() -> Finding:
    database = db.engine.url.database or ""
    on_disk = db.engine.dialect.name == "sqlite" and Path(database).exists()
    free = shutil.disk_usage(Path(database).parent if on_disk else Path.cwd()).free
    advice = f"Make room: {free // 1024**2} MB are free." if free < LEAST_FREE_BYTES else ""
    return Finding("the disk has room", advice)
