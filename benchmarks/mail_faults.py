"""Mail servers that misbehave in twelve ways, and bad networks, at full size and with kills.

    python benchmarks/mail_faults.py [--emails 10000] [--kills 10] [--way "450 at the first try"]
                                     [--minutes 10] [--database sqlite]

What hits whole sessions comes in spells of a second in four; what hits messages hits one in ten.
Meanwhile the worker is killed with SIGKILL and started again. Emails that are put off become due
at once, for nobody waits a minute here. An email is lost where the outbox believes it is done, but
it never arrived; what is refused for good must have failed, and be shown.
"""

import argparse
import os
import random
import signal
import time
from contextlib import ExitStack

from bad_mail import CERTIFICATES, FOR_GOOD, WHOLE_SESSIONS, BadServer, Way, is_bad
from chaos import ChaosProxy, Trouble
from databases import KINDS, fresh_database, settings_for
from kills import count_waiting, queue_emails, start_worker
from sqlalchemy import select

from matcher.app import create_app
from matcher.records.database import db
from matcher.records.outbox import OutgoingEmail, given_up, still_waiting

ONE_IN = 10
SPELL_SECONDS = 1.0
PAUSE_SECONDS = 3.0


def addresses(condition) -> set[str]:
    """Return to whom the emails go for which this holds."""
    db.session.rollback()
    return set(db.session.scalars(select(OutgoingEmail.to_address).where(condition)))


def run(kind: str, way: Way | Trouble, given: argparse.Namespace) -> bool:
    """Play one way through, print what was seen, and return whether nothing was lost."""
    dice, began = random.Random(given.seed), time.monotonic()
    with ExitStack() as stack:
        url = stack.enter_context(fresh_database(kind))
        stack.enter_context(create_app(settings_for(url)).app_context())
        queue_emails(given.emails)
        server = stack.enter_context(BadServer(_behaviour(way), every=ONE_IN))
        port, healing = server.port, server
        if isinstance(way, Trouble):
            server.heal()
            healing = stack.enter_context(ChaosProxy(way, server.port, every=100))
            port = healing.port
        killed = _play(url, port, healing, given, dice)
        passed = _report(f"{kind}, {way}", server, given.emails, killed, time.monotonic() - began)
        db.session.remove()
        db.engine.dispose()
    return passed


def _behaviour(way: Way | Trouble) -> Way:
    return way if isinstance(way, Way) else Way.CLOSES


def _settings(way: Way | None) -> dict[str, str]:
    silent = {"SMTP_TIMEOUT_SECONDS": "1"}
    if way != Way.CERTIFICATE:
        return silent
    return silent | {
        "SMTP_HOST": "localhost",
        "SMTP_TLS": "starttls",
        "SMTP_CA_FILE": str(CERTIFICATES / "localhost.pem"),
    }


def _play(url: str, port: int, server, given: argparse.Namespace, dice: random.Random) -> int:
    """Let the worker work until nothing waits; return how often it was killed."""
    way = getattr(server, "way", None)
    changes = _settings(way)
    worker, killed = start_worker(url, port, **changes), 0
    until = time.monotonic() + given.minutes * 60
    next_kill = time.monotonic() + dice.uniform(3, 8)
    while count_waiting() and time.monotonic() < until:
        if way in WHOLE_SESSIONS:
            server.set_bad(True)
            time.sleep(SPELL_SECONDS)
            server.set_bad(False)
        time.sleep(PAUSE_SECONDS)
        if killed < given.kills and time.monotonic() > next_kill:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            worker, killed = start_worker(url, port, **changes), killed + 1
            next_kill = time.monotonic() + dice.uniform(3, 8)
    worker.terminate()
    worker.wait()
    return killed


def _report(name: str, server: BadServer, emails: int, killed: int, seconds: float) -> bool:
    everybody, waiting = addresses(OutgoingEmail.id > 0), addresses(still_waiting())
    failed = addresses(given_up())
    refused = {to for to in everybody if server.way in FOR_GOOD and is_bad(to)} - waiting
    lost = everybody - waiting - failed - server.copies.keys()
    extra = sum(len(ids) - 1 for ids in server.copies.values())
    strays = sum(1 for ids in server.copies.values() if len(set(ids)) > 1)
    print(
        f"| {name} | {emails} | {killed} | {len(server.copies)} | {len(failed)} | {len(lost)} "
        f"| {extra} | {strays} | {len(waiting)} | {seconds:.0f} |",
        flush=True,
    )
    return not lost and not strays and failed == refused


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--emails", type=int, default=10000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", choices=[*Way, *Trouble])
    parser.add_argument("--database", choices=KINDS)
    given = parser.parse_args()
    print("| way | emails | kills | arrived | failed | lost | extra | strays | waiting | seconds |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    passed = [
        run(kind, way, given)
        for kind in ([given.database] if given.database else KINDS)
        for way in (*Way, *Trouble)
        if given.way in (None, way)
    ]
    print(f"  load of the machine: {os.getloadavg()[0]:.1f}; violations: {passed.count(False)}")


if __name__ == "__main__":
    main()
