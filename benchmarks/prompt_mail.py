"""How soon emails are handed over to a mail server 20 ms away, and how many a second.

    python benchmarks/prompt_mail.py [--emails 2000] [--rate 40] [--seconds 30] [--workers 1]
                                     [--database sqlite]

First emails come at a steady rate, and it is measured how long each waited until the server had it;
then many wait at once, and it is measured how many a second go. The worker keeps its connections.
"""

import argparse
import os
import time

from bad_mail import BadServer, Way
from chaos import ChaosProxy, Trouble
from databases import KINDS, fresh_database, settings_for
from kills import queue_emails, start_worker
from sqlalchemy import func, select

from matcher.app import create_app
from matcher.records.database import db
from matcher.records.outbox import OutgoingEmail, still_waiting

PATIENCE_SECONDS = 300


def wait_until_sent() -> None:
    """Wait until nothing waits."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        db.session.rollback()
        if not db.session.scalar(select(func.count(OutgoingEmail.id)).where(still_waiting())):
            return
        time.sleep(0.2)
    raise AssertionError("emails still wait")


def waits() -> list[float]:
    """Return how long each email waited until it was handed over, in seconds, in order."""
    db.session.rollback()
    rows = db.session.execute(select(OutgoingEmail.sent_at, OutgoingEmail.queued_at))
    return sorted((sent - queued).total_seconds() for sent, queued in rows)


def come_steadily(rate: int, seconds: float) -> None:
    """Queue emails one by one at this rate."""
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        queue_emails(1, f"steady{number}-")


def run(kind: str, given: argparse.Namespace) -> None:
    """Play one database through and print what was seen."""
    with (
        fresh_database(kind) as url,
        BadServer(Way.FEW) as server,
        ChaosProxy(Trouble.LATENCY, server.port) as network,
        create_app(settings_for(url)).app_context(),
    ):
        server.heal()
        workers = [start_worker(url, network.port) for _ in range(given.workers)]
        queue_emails(1, "first")
        wait_until_sent()
        come_steadily(given.rate, given.seconds)
        wait_until_sent()
        waited = waits()[:-1]  # but for the first, for which the worker had to start
        began = time.monotonic()
        queue_emails(given.emails, "many")
        wait_until_sent()
        rate = given.emails / (time.monotonic() - began)
        for worker in workers:
            worker.terminate()
            worker.wait()
        db.session.remove()
        db.engine.dispose()
    print(
        f"{kind}, {given.workers} workers, a round trip of 20 ms: at {given.rate} a second each "
        f"waited p50 {waited[len(waited) // 2]:.2f} s, p99 {waited[len(waited) * 99 // 100]:.2f} s;"
        f" of {given.emails} at once {rate:.0f} a second went; load: {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--emails", type=int, default=2000)
    parser.add_argument("--rate", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--database", choices=KINDS)
    given = parser.parse_args()
    for kind in [given.database] if given.database else KINDS:
        run(kind, given)


if __name__ == "__main__":
    main()
