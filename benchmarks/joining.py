"""How long everybody else waits while organisations are joined and offers brought up to date.

    python benchmarks/joining.py [--volunteers 100000] [--kind sqlite]

It fills a fresh database in bulk, has one organisation share staff with another, makes it part of
a third, and fits the index anew with one offer in ten changed behind the log. For each it prints
how long it took and the longest single writing transaction: on SQLite, nobody else writes for
so long. ``matcher work`` does the fitting once a day.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from databases import KINDS, fresh_database, settings_for
from desk import NOW, fill
from sqlalchemy import delete, event, select, update
from sqlalchemy.engine import Connection

from matcher.actions.clock.upkeep import refit
from matcher.actions.occasion import Occasion
from matcher.actions.organisations import merge_into, share_staff
from matcher.app import create_app
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.database import db, writing
from matcher.records.offers import IndexVersion, OfferChange
from matcher.records.organisations import Organisation
from matcher.records.programmes import get_settings
from matcher.records.volunteers import Volunteer


@contextmanager
def held() -> Iterator[list[float]]:
    """Give the lengths of the writing transactions that end meanwhile, in seconds."""
    spans: list[float] = []
    begun: dict[int, float] = {}

    def begin(link: Connection) -> None:
        if link.get_execution_options().get("write"):
            begun[id(link)] = time.perf_counter()

    def end(link: Connection) -> None:
        if id(link) in begun:
            spans.append(time.perf_counter() - begun.pop(id(link)))

    listeners = (("begin", begin), ("commit", end), ("rollback", end))
    for name, listener in listeners:
        event.listen(db.engine, name, listener)
    try:
        yield spans
    finally:
        for name, listener in listeners:
            event.remove(db.engine, name, listener)


def show(name: str, act: Callable[[], object]) -> None:
    db.session.remove()
    before = len(db.session.scalars(select(OfferChange.number)).all())
    db.session.remove()
    with held() as spans:
        began = time.perf_counter()
        act()
        took = time.perf_counter() - began
    after = len(db.session.scalars(select(OfferChange.number)).all())
    longest = max(spans, default=0) * 1000
    print(
        f"{name:<28}{took:>9.2f} s {longest:>9.0f} ms longest of {len(spans):>4}"
        f" {after - before:>8} offers written",
        flush=True,
    )


def measure() -> None:
    with_people = Organisation.id.in_(select(Volunteer.organisation_id))
    first, second, third = db.session.scalars(
        select(Organisation).where(with_people).order_by(Organisation.id).limit(3)
    ).all()
    ids, names = (first.id, second.id, third.id), (first.name, second.name, third.name)
    coordinator = db.session.scalars(select(Coordinator.id)).one()
    settings = get_settings(db.session())
    by = {"settings": settings, "key_id": "one", "mail_domain": "help.test"}
    acting = Occasion(now=NOW, actor=Actor.COORDINATOR, actor_id=coordinator, **by)
    clock = Occasion(now=NOW + timedelta(days=2), actor=Actor.CLOCK, **by)
    show("share staff", lambda: share_staff(ids[0], names[1], acting))
    show("merge", lambda: merge_into(ids[0], names[2], acting))
    with writing() as session:
        some = update(Volunteer).where(Volunteer.id % 10 == 0)
        session.execute(some.values(job_title="Archivist"))
    show("fit anew, a tenth changed", lambda: refit(clock))
    with writing() as session:
        session.execute(delete(IndexVersion))
    show("fit anew, nothing changed", lambda: refit(clock))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--volunteers", type=int, default=100_000)
    parser.add_argument("--kind", choices=KINDS, default="sqlite")
    asked = parser.parse_args()
    with fresh_database(asked.kind) as url, create_app(settings_for(url)).app_context():
        fill(100, asked.volunteers)
        db.session.remove()
        print(f"{asked.kind}, {asked.volunteers} volunteers, load {os.getloadavg()[0]:.1f}")
        measure()
