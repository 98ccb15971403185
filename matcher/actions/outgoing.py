"""Putting one email into the outbox, in the transaction that causes it."""

import secrets
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
    row = queue(session, email, to, occasion)
    sign_in = email.name in SIGN_INS
    limits = _limits(to.address, network, occasion.settings, sign_in=sign_in)
    if _over_a_limit(session, limits, occasion):
        row.skipped_at, row.skipped_because = occasion.now, OVER_THE_LIMIT


def _limits(
    address: str, network: str, settings: ProgrammeSettings, *, sign_in: bool
) -> tuple[tuple[str, int], ...]:
    """Return the keys under which an email is counted, each with the most that may go."""
    kind = "sign-in" if sign_in else "email"
    per_address, per_network = (
        settings.confirmations_per_address,
        settings.confirmations_per_network,
    )
    if sign_in:
        per_address, per_network = settings.sign_ins_per_address, settings.sign_ins_per_network
    return (
        (f"{kind} address {sha256(address.encode()).hexdigest()}", per_address),
        (f"{kind} network {network}", per_network),
        (f"{kind} in all", settings.confirmations_in_all),
    )


def _over_a_limit(
    session: Session, limits: tuple[tuple[str, int], ...], occasion: Occasion
) -> bool:
    period = timedelta(hours=occasion.settings.confirmations_hours)
    number = int(occasion.now.timestamp() // period.total_seconds())
    for name, limit in limits:
        if count_one(session, f"{number} {name}", occasion.now + period) > limit:
            return True
    return False
