"""Kills the worker while emails go out, and counts what arrived.

    python benchmarks/kills.py [--emails 3000] [--kills 30] [--workers 1] [--minutes 60]
                               [--database sqlite]

A real SMTP server takes the emails and answers some with 451 at the end of DATA. Worker processes
are killed with SIGKILL at random moments and started again. In the end every email must have
arrived, and all copies of one must carry the same Message-ID. An email is lost where the outbox
believes it is done but it never arrived; what still waits when the time is over is counted apart.
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

from aiosmtpd.controller import Controller
from databases import KINDS, fresh_database, settings_for
from sqlalchemy import func, select

from matcher.app import create_app
from matcher.mail.emails_volunteer import offer_approved
from matcher.records.database import db, writing
from matcher.records.outbox import OutgoingEmail, still_waiting

LEASE_SECONDS = 5
PUT_OFF_SHARE = 0.05


class Sink:
    """Takes emails, puts some off, and remembers the Message-IDs of each recipient's copies."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.copies: dict[str, list[str]] = defaultdict(list)
        self.put_off = 0

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.dice.random() < PUT_OFF_SHARE:
            self.put_off += 1
            return "451 try again later"
        message = message_from_bytes(envelope.content)
        self.copies[envelope.rcpt_tos[0]].append(message["Message-ID"])
        return "250 taken"


def queue_emails(count: int, name: str = "cora") -> None:
    """Put emails into the outbox as an action does, all due now, at whatever hour."""
    now, email = datetime.now(UTC), offer_approved()
    with writing() as session:
        session.add_all(
            OutgoingEmail(
                message_id=f"<{name}{number}@bench.test>",
                name=email.name,
                to_name="Cora",
                to_address=f"{name}{number}@bench.test",
                context=dict(email.context),
                links=dict(email.links),
                queued_at=now,
                not_before=now,
            )
            for number in range(count)
        )


def count_waiting() -> int:
    """Return how many emails are neither sent, failed nor skipped; those put off become due."""
    db.session.rollback()
    waiting = db.session.scalar(select(func.count(OutgoingEmail.id)).where(still_waiting())) or 0
    with writing() as session:  # nobody waits a minute for a 4xx here
        soon = datetime.now(UTC) + timedelta(seconds=1)
        later = still_waiting(), OutgoingEmail.not_before > soon
        for row in session.scalars(select(OutgoingEmail).where(*later)):
            row.not_before = soon
    return waiting


def waiting_addresses() -> set[str]:
    """Return to whom emails still wait in the outbox."""
    db.session.rollback()
    return set(db.session.scalars(select(OutgoingEmail.to_address).where(still_waiting())))


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_worker(url: str, port: int, **changes: str) -> subprocess.Popen[bytes]:
    """Start a worker; ``changes`` are settings by their names in the environment."""
    settings = settings_for(url)
    environment = os.environ | {
        "DATABASE_URL": url,
        "BASE_URL": settings.base_url,
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "LINK_KEYS": settings.link_keys.get_secret_value(),
        "MAIL_FROM": settings.mail_from,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_TLS": "none",
        "OUTBOX_LEASE_SECONDS": str(LEASE_SECONDS),
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "matcher", "work"]
    return subprocess.Popen(command, env=environment | changes)


def run(kind: str, given: argparse.Namespace) -> None:
    """Play one database through and print what was seen."""
    sink = Sink(given.seed)
    port = free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    began = time.monotonic()
    with fresh_database(kind) as url, create_app(settings_for(url)).app_context():
        queue_emails(given.emails)
        alive = [start_worker(url, port) for _ in range(given.workers)]
        killed = 0
        while count_waiting() and time.monotonic() - began < given.minutes * 60:
            time.sleep(sink.dice.uniform(1.5, 4.0))
            if killed < given.kills:
                victim = sink.dice.randrange(given.workers)
                alive[victim].send_signal(signal.SIGKILL)
                alive[victim].wait()
                alive[victim] = start_worker(url, port)
                killed += 1
        for worker in alive:
            worker.terminate()
            worker.wait()
        seconds = time.monotonic() - began
        print(f"{kind}: {killed} kills, {given.emails} emails, {seconds:.0f} s")
        report(sink, given.emails, waiting_addresses())
        db.session.remove()
        db.engine.dispose()
    server.stop()


def report(sink: Sink, emails: int, waiting: set[str]) -> None:
    """Print what came of the emails, those that still wait apart."""
    lost = emails - len(sink.copies.keys() | waiting)
    extra = sum(len(ids) - 1 for ids in sink.copies.values())
    strays = sum(1 for ids in sink.copies.values() if len(set(ids)) > 1)
    print(
        f"  {len(sink.copies)} arrived, {sink.put_off} put off with 451, {lost} lost, "
        f"{extra} extra copies, {strays} with differing Message-IDs, {len(waiting)} still waiting"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--emails", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=KINDS)
    given = parser.parse_args()
    for kind in [given.database] if given.database else KINDS:
        run(kind, given)


if __name__ == "__main__":
    main()
