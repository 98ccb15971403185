"""Mail bombs: many processes ask for emails to the same addresses at once; how many would go.

    python benchmarks/mail_bombs.py [--addresses 1000] [--at-once 50] [--processes 4]
                                    [--database sqlite]

Every address is asked for ``--at-once`` times, in an order of its own in each process, so that
the processes meet at the same addresses. Exactly the limit per address may go, and exactly the
limit of a network where all come from one. It prints the counts and ends with 1 where any is wrong.
"""

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context

from databases import KINDS, fresh_database, settings_for
from sqlalchemy import select

from matcher.actions.occasion import Occasion
from matcher.actions.post.outgoing import Addressee, queue_limited
from matcher.app import create_app
from matcher.lifecycle.tables import Actor
from matcher.mail.emails_own_data import your_data
from matcher.records.database import db, writing
from matcher.records.outbox import OutgoingEmail
from matcher.records.programmes import ProgrammeSettings

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ALLOWED = 1_000_000


def occasion(**limits: int) -> Occasion:
    settings = ProgrammeSettings().model_copy(update=limits)
    return replace(Occasion(NOW, Actor.CLOCK, settings, "one", "help.test"))


def bomb(url: str, seed: int, addresses: list[str], limits: dict[str, int]) -> int:
    """Ask for an email to each address once, in an order of this process's own."""
    app = create_app(settings_for(url))
    random.Random(seed).shuffle(addresses)
    with app.app_context():
        for address in addresses:
            with writing() as session:
                email = your_data(page="0" * 32)
                queue_limited(
                    session, email, Addressee("", address), "192.0.2.0/24", occasion(**limits)
                )
    return len(addresses)


def run(url: str, tasks: list[tuple[int, list[str]]], processes: int, **limits: int) -> None:
    given = [(url, seed, addresses, limits) for seed, addresses in tasks]
    with get_context("spawn").Pool(processes) as pool:
        pool.starmap(bomb, given)


def would_go(url: str) -> Counter[str]:
    """Return how many emails would go to each address."""
    with create_app(settings_for(url)).app_context():
        going = select(OutgoingEmail.to_address).where(OutgoingEmail.skipped_at.is_(None))
        return Counter(db.session.scalars(going))


def try_addresses(kind: str, addresses: int, at_once: int, processes: int) -> int:
    """Return how many addresses would get another number of emails than the limit."""
    names = [f"person{number}@x.example" for number in range(addresses)]
    limit = ProgrammeSettings().confirmations_per_address
    with fresh_database(kind) as url:
        tasks = [(seed, names) for seed in range(at_once)]
        loose = {"confirmations_per_network": ALLOWED, "confirmations_in_all": ALLOWED}
        run(url, tasks, processes, **loose)
        going = would_go(url)
    wrong = sum(going[name] != limit for name in names)
    print(f"  {addresses} addresses x {at_once} at once: {wrong} got another number than {limit}")
    return wrong


def try_network(kind: str, at_once: int, processes: int) -> int:
    """Return by how many the emails that one network caused miss its limit."""
    limit = ProgrammeSettings().confirmations_per_network
    with fresh_database(kind) as url:
        tasks = [
            (seed, [f"p{seed}-{n}@x.example" for n in range(limit)]) for seed in range(at_once)
        ]
        run(url, tasks, processes)
        going = would_go(url).total()
    print(f"  one network, {at_once} x {limit} addresses: {going} would go, {limit} may")
    return abs(going - limit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--database", choices=KINDS)
    given = parser.parse_args()
    wrong = 0
    for kind in [given.database] if given.database else KINDS:
        began = time.perf_counter()
        print(kind)
        wrong += try_addresses(kind, given.addresses, given.at_once, given.processes)
        wrong += try_network(kind, given.at_once, given.processes)
        print(f"  {time.perf_counter() - began:.0f} s")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
