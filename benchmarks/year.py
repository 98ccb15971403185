"""Lives a year in fast time, three times: with waves, with everybody asked at once, one at a time.

    python benchmarks/year.py [--people 1000] [--requests 400] [--seed 1] [--json FILE]
                              [--days 365] [--at-once 2]

People behave as data/behaviour.json says, with the same dice all three times. They act through the
service's own actions, and its own worker ticks and sends, with a clock that is moved by hand and a
mail server that puts off and refuses; it is killed once a day and stands still for a week. After
each day the tables are read by year_invariants.py. What is broken is counted and the first of each
is printed.
"""

import argparse
import gc
import json
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import event
from year_invariants import as_moment, broken
from year_people import LONDON, MACHINES_DAYS, dice, make_volunteer
from year_visits import REACTIONS as ABOUT_VISITS
from year_visits import ask_by_phone
from year_world import REACTIONS, NoServer, World, YearWorker, open_office

from matcher.app import create_app
from matcher.delivery.postroom import Postroom
from matcher.lifecycle.waves import DEFAULT_WAVES, Wave
from matcher.mail.links import LinkKeys
from matcher.operating.serving import migrate
from matcher.records.database import db
from matcher.records.programmes import ProgrammeSettings
from matcher.settings import Settings

FIRST_DAY = date(2027, 1, 4)
#: The last requests come some time before the year ends, so that most of them see their end.
QUIET_DAYS = 45
EVERYBODY = 1000
NO_LIMIT = {"confirmations_per_network": 10**6, "confirmations_in_all": 10**6}


def waves_of(extra_asks: int) -> tuple[Wave, ...]:
    """Return the usual times to answer, with another number of asks at once."""
    return tuple(
        Wave(each.from_days, extra_asks, each.answer_working_days, each.reminder_working_days)
        for each in DEFAULT_WAVES
    )


POLICIES = {
    "waves": ProgrammeSettings(**NO_LIMIT),
    "all_at_once": ProgrammeSettings(
        waves=waves_of(EVERYBODY), waves_follow_yes_rate=False, **NO_LIMIT
    ),
    "one_at_a_time": ProgrammeSettings(waves=waves_of(0), waves_follow_yes_rate=False, **NO_LIMIT),
}


def settings_for(database: Path) -> Settings:
    """Return settings that reach no further than this machine."""
    return Settings(
        database_url=f"sqlite:///{database}",
        base_url="http://help.test",
        secret_key="s" * 32,
        link_keys="one:" + "k" * 32,
        smtp_tls="none",
        mail_from="ask@help.test",
        log_level="ERROR",
    )


def make_world(database: Path, policy: str, seed: int) -> World:
    """Return a world on a database, at the start of the year."""
    settings = settings_for(database)
    app = create_app(settings)
    keys: LinkKeys = app.extensions["link_keys"]
    templates = Path(app.root_path, str(app.template_folder))

    postroom = Postroom(settings, keys, templates, NoServer())  # whose templates are read once

    def make_worker(world: World) -> YearWorker:
        worker = YearWorker(app, settings, postroom)
        worker.world = world
        return worker

    start = datetime.combine(FIRST_DAY, datetime.min.time(), LONDON)
    return World(
        app,
        POLICIES[policy],
        seed,
        make_worker,
        start,
        reactions={**REACTIONS, **ABOUT_VISITS},
        on_rounds=[ask_by_phone],
    )


def gather(database: Path, people: int, seed: int) -> None:
    """Have everybody join, before the year begins."""
    migrate(settings_for(database))
    world = make_world(database, "waves", seed)
    with world.app.app_context():
        open_office(world)
        for number in range(people):
            world.join(make_volunteer(number, seed, FIRST_DAY))
        db.session.remove()
        db.engine.dispose()
    with sqlite3.connect(database) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def live(policy: str, start: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Live the year under one policy and return what came of it."""
    database = start.with_name(f"{policy}.sqlite")
    shutil.copy(start, database)
    world = make_world(database, policy, given.seed)
    began, worked = time.perf_counter(), time.process_time()
    with world.app.app_context():
        event.listen(db.engine, "connect", spare_the_disk)
        gc.freeze()  # what was loaded stays; the collector need not look at it again and again
        gc.set_threshold(20_000, 20, 50)
        days_of_asking = max(1, given.days - QUIET_DAYS)
        for number in range(given.requests):
            world.plan(number, FIRST_DAY, days_of_asking)
        violations, examples = _live_days(world, database, given)
        db.session.remove()
        db.engine.dispose()
    return {
        **results(database),
        "violations": dict(violations),
        "examples": examples,
        "seen": dict(sorted(world.seen.items())),
        "seconds": round(time.perf_counter() - began),
        "seconds_of_work": round(time.process_time() - worked),
    }


def spare_the_disk(connection: Any, _entry: object) -> None:
    """Nobody pulls the plug in this world: a commit need not wait for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


def _live_days(
    world: World, database: Path, given: argparse.Namespace
) -> tuple[Counter[str], dict[str, str]]:
    violations: Counter[str] = Counter()
    examples: dict[str, str] = {}
    still = dice(given.seed, "standstill").randrange(given.days // 4, max(2, given.days // 2))
    stands = range(still, still + MACHINES_DAYS)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    for offset in range(given.days):
        world.live_day(FIRST_DAY + timedelta(days=offset), ticking=offset not in stands)
        if offset in stands:
            continue
        for name, lines in broken(database, world.now, since).items():
            violations[name] += len(lines)
            if lines:
                examples.setdefault(name, f"day {offset}: {lines[0]}")
        since = world.now
    return violations, examples


def results(database: Path) -> dict[str, Any]:
    """Return the figures of a year, read from its tables."""
    rows = sqlite3.connect(database)
    ask = lambda query: rows.execute(query).fetchall()  # noqa: E731
    proved = ask("SELECT id, confirmed_at, places FROM help_request WHERE confirmed_at IS NOT NULL")
    counted = "SELECT help_request_id, count(*) FROM pairing WHERE state IN ({}) GROUP BY 1"
    held = dict(ask(counted.format("'confirmed','visited','missed'")))
    came = dict(ask(counted.format("'confirmed','visited'")))
    first_yes = dict(
        ask(
            "SELECT help_request_id, min(at) FROM happening WHERE subject='pairing'"
            " AND event IN ('accept','join_reserve') GROUP BY 1"
        )
    )
    asked = dict(
        ask(
            "SELECT volunteer_id, count(*) FROM happening WHERE subject='pairing'"
            " AND event='invite' GROUP BY 1"
        )
    )
    people = [row[0] for row in ask("SELECT id FROM volunteer WHERE confirmed_at IS NOT NULL")]
    states = dict(ask("SELECT state, count(*) FROM help_request GROUP BY 1"))
    known = dict(ask("SELECT state, count(*) FROM visit GROUP BY 1"))
    rows.close()
    waits = [
        (as_moment(first_yes[number]) - as_moment(at)).total_seconds() / 3600
        for number, at, _ in proved
        if number in first_yes
    ]
    visits, asks = sum(came.values()), sum(asked.values())
    filled = sum(held.get(number, 0) >= places for number, _, places in proved)
    return {
        "filled_share": round(filled / max(1, len(proved)), 3),
        "median_hours_to_first_yes": round(statistics.median(waits), 1) if waits else None,
        "asks_per_visit": round(asks / max(1, visits), 2),
        "gini_asks": round(gini([asked.get(each, 0) for each in people]), 3),
        "requests_proved": len(proved),
        "asks": asks,
        "visits": visits,
        "people_asked": len(asked),
        "states": states,
        "visit_states": known,
    }


def gini(counts: list[int]) -> float:
    """Return how unevenly something is shared: 0 where all have the same, 1 where one has all."""
    ordered, total = sorted(counts), sum(counts)
    if not total:
        return 0.0
    ranked = sum(rank * each for rank, each in enumerate(ordered, 1))
    return 2 * ranked / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--policy", choices=POLICIES)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    names = [given.policy] if given.policy else list(POLICIES)
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "start.sqlite"
        gather(start, given.people, given.seed)
        with ProcessPoolExecutor(given.at_once, mp_context=get_context("spawn")) as pool:
            running = {name: pool.submit(live, name, start, given) for name in names}
            found = {name: each.result() for name, each in running.items()}
    text = json.dumps(found, indent=2)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
