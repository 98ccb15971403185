"""Putting one email into the outbox, in the transaction that causes it."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle.working_days import NEVER, next_asking_time
from matcher.mail.catalogue import CATALOGUE
from matcher.mail.emails import Email
from matcher.records.help_requests import HelpRequest
from matcher.records.limits import count_one
from matcher.records.outbox import OutgoingEmail
from matcher.records.programmes import ProgrammeSettings

OVER_THE_LIMIT = "over_the_limit"
#: Whoever gets these is known, and may need several a day.
SIGN_INS = frozenset({"your_page", "coordinator_sign_in"})


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who an email goes to, and which rows it is about.

    ``nation`` and ``closed`` give their working days.
    """

    name: str
    address: str
    nation: str = "England"
    closed: frozenset[date] = NEVER
    help_request_id: int | None = None
    pairing_id: int | None = None
    volunteer_id: int | None = None
    coordinator_id: int | None = None


def queue(session: Session, email: Email, to: Addressee, occasion: Occasion) -> OutgoingEmail:
    """Add an email to the outbox; one that asks something waits for the hours of asking."""
    row = OutgoingEmail(
        message_id=f"<{secrets.token_hex(16)}@{occasion.mail_domain}>",
        thread=_thread(to, occasion),
        name=email.name,
        to_name=to.name,
        to_address=to.address,
        context=dict(email.context),
        links=dict(email.links),
        help_request_id=to.help_request_id,
        pairing_id=to.pairing_id,
        volunteer_id=to.volunteer_id,
        coordinator_id=to.coordinator_id,
        queued_at=occasion.now,
        not_before=_not_before(email, to, occasion),
    )
    session.add(row)
    return row


def _thread(to: Addressee, occasion: Occasion) -> str:
    """Return the id that all emails about one request to one person answer to."""
    if to.help_request_id is None:
        return ""
    return f"<{HelpRequest.__tablename__}-{to.help_request_id}@{occasion.mail_domain}>"


def _not_before(email: Email, to: Addressee, occasion: Occasion) -> datetime:
    if CATALOGUE[email.name].sent_at_once:
        return occasion.now
    return next_asking_time(occasion.now, occasion.settings.asking_hours, to.nation, to.closed)


def queue_limited(
    session: Session, email: Email, to: Addressee, network: str, occasion: Occasion
) -> None:
    """Add an email that a stranger caused, within the limits per address, network and in all.

    Beyond them the row is kept as skipped, with the reason, and nothing is sent. The counts are
    exact under any concurrency: each is one atomic upsert. Links to sign in are counted apart, so
    that a flood of forms keeps nobody out.
    """
    over = _over_a_limit(session, _kind(email.name), to.address, network, occasion)
    _queue_counted(session, email, to, occasion, over=over)


def queue_alike(
    session: Session,
    name: str,
    address: str,
    network: str,
    occasion: Occasion,
    *,
    known: bool,
    write: Callable[[], tuple[Email, Addressee]],
) -> None:
    """Add an email of this name to an address that somebody has, within the same limits.

    For one that nobody has, the same work is done, counted apart, and taken back: neither the
    answer nor the time it takes tells whether an address is known.
    """
    kind = _kind(name) if known else f"nobody's {_kind(name)}"
    over = _over_a_limit(session, kind, address, network, occasion)
    with in_vain(session, unless=known):
        email, to = write()
        _queue_counted(session, email, to, occasion, over=over)


@contextmanager
def in_vain(session: Session, *, unless: bool) -> Iterator[None]:
    """Take back what is done within, unless it is meant: the same work is done either way."""
    with session.begin_nested() as tried:
        yield
        session.flush()
        if not unless:
            tried.rollback()


def _queue_counted(
    session: Session, email: Email, to: Addressee, occasion: Occasion, *, over: bool
) -> None:
    row = queue(session, email, to, occasion)
    if over:
        row.skipped_at, row.skipped_because = occasion.now, OVER_THE_LIMIT


def _kind(name: str) -> str:
    return "sign-in" if name in SIGN_INS else "email"


def _limits(
    kind: str, address: str, network: str, settings: ProgrammeSettings
) -> tuple[tuple[str, int], ...]:
    """Return the keys under which an email is counted, each with the most that may go."""
    per_address, per_network = (
        settings.confirmations_per_address,
        settings.confirmations_per_network,
    )
    if kind.endswith("sign-in"):
        per_address, per_network = settings.sign_ins_per_address, settings.sign_ins_per_network
    return (
        (f"{kind} address {sha256(address.encode()).hexdigest()}", per_address),
        (f"{kind} network {network}", per_network),
        (f"{kind} in all", settings.confirmations_in_all),
    )


def _over_a_limit(
    session: Session, kind: str, address: str, network: str, occasion: Occasion
) -> bool:
    period = timedelta(hours=occasion.settings.confirmations_hours)
    number = int(occasion.now.timestamp() // period.total_seconds())
    for name, limit in _limits(kind, address, network, occasion.settings):
        if count_one(session, f"{number} {name}", occasion.now + period) > limit:
            return True
    return False
