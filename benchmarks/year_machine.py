"""A small service in which everybody does anything in any order, and nothing may break.

    python benchmarks/year_machine.py [--runs 10000] [--steps 50] [--minutes 60] [--bugs]

Hypothesis chooses what requesters, volunteers, the coordinator, the clock and the mail server do,
through the service's own actions; after each step the tables are read by year_invariants.py. With
``--bugs``, ten bugs are planted one after the other, and each must be found.
"""

import argparse
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, func, select
from year import NO_LIMIT, settings_for, spare_the_disk
from year_bugs import BUGS
from year_invariants import broken
from year_people import make_request, make_volunteer
from year_world import NoServer, World, YearWorker, open_office

from matcher.actions.coordinator import reviewing
from matcher.actions.post.sending import Letter
from matcher.actions.requester import asking
from matcher.actions.volunteer import adjusting, answering, volunteering
from matcher.app import create_app
from matcher.delivery.postroom import Postroom
from matcher.delivery.transport import Answer, PutOff, RefusedForGood, Sent
from matcher.lifecycle import pairing
from matcher.lifecycle.choices import CloseReason, DeclineReason, DismissReason, WithdrawReason
from matcher.mail.links import Purpose
from matcher.operating.serving import migrate
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.programmes import ProgrammeSettings
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer

#: Monday 18 January 2027, ten in the morning.
START = datetime(2027, 1, 18, 10, tzinfo=UTC)
PEOPLE = 6
CAPS = (1, 3, 6)
#: Which volunteer the requester is a colleague of, if any.
COLLEAGUES = st.none() | st.integers(0, PEOPLE - 1)
SERVER = {
    "takes": Sent(),
    "puts off": PutOff("451 later", reached=True),
    "is down": PutOff("no answer", reached=False),
    "refuses": RefusedForGood("550 no such user"),
}


class InvariantError(AssertionError):
    """Invariants do not hold; ``names`` are theirs."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(str(wrong))
        self.names = frozenset(wrong)


class MachineWorld(World):
    """A world in which nobody reacts by themselves, and the mail server does as it is told."""

    server = "takes"

    def carry(self, _letter: Letter) -> Answer:
        return SERVER[self.server]

    def arrive(self, letter: Letter) -> None:
        """Nobody reads it."""


class Stage:
    """One application whose database is put back to its beginning before each run."""

    def __init__(self, folder: Path) -> None:
        self.database, self._start = folder / "machine.sqlite", folder / "new.sqlite"
        migrate(settings_for(self._start))  # whose connection stays open: not the one played on
        _copy(self._start, self.database)
        service = settings_for(self.database)
        self.app = create_app(service)
        self.context = self.app.app_context()
        self.context.push()
        event.listen(db.engine, "connect", spare_the_disk)
        templates = Path(self.app.root_path, str(self.app.template_folder))
        postroom = Postroom(service, self.app.extensions["link_keys"], templates, NoServer())
        self._worker = lambda: YearWorker(self.app, service, postroom)
        self.runs = 0
        world = self.world()
        open_office(world)
        for number in range(PEOPLE):
            world.join(self._near(number))
        self.close()
        self._start = folder / "start.sqlite"
        _copy(self.database, self._start)

    def _near(self, number: int) -> Any:
        """Volunteers who all live where the requests are, so that most can be asked."""
        made = make_volunteer(number, 1, START.date())
        where = make_volunteer(0, 1, START.date()).form.where
        page = replace(
            made.page,
            where=where,
            travel=Travel(),
            away=(),
            asks_per_quarter=CAPS[number % len(CAPS)],
        )
        return replace(made, form=replace(made.form, where=where, travel=Travel()), page=page)

    def world(self) -> MachineWorld:
        def make_worker(world: World) -> YearWorker:
            worker = self._worker()
            worker.world = world
            return worker

        policy = ProgrammeSettings(**NO_LIMIT, waves_follow_yes_rate=False)
        return MachineWorld(self.app, policy, 1, make_worker, START)

    def reset(self) -> MachineWorld:
        self.runs += 1
        self.close()
        for ending in ("-wal", "-shm"):
            self.database.with_name(self.database.name + ending).unlink(missing_ok=True)
        shutil.copy(self._start, self.database)
        return self.world()

    def close(self) -> None:
        db.session.remove()
        db.engine.dispose()


def _copy(source: Path, copy: Path) -> None:
    """Copy a database, with what still stands in its log."""
    with closing(sqlite3.connect(source)) as rows, closing(sqlite3.connect(copy)) as to:
        rows.backup(to)


class Machine(RuleBasedStateMachine):
    """What everybody can do; ``stage`` is set before it plays."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.world, self.since, self.sent = self.stage.reset(), START - timedelta(days=1), 0

    @initialize(together=st.booleans())
    def begin(self, together: bool) -> None:
        """Two ask, one after the other; or the coordinator finds both proposals in the morning."""
        if not together:
            for _ in range(2):
                self.start_asking(places=1, days=30, like=None)
            return
        for _ in range(2):
            self.send(places=1, days=30, like=None)
        self.world.tick(-1)
        for which in range(2):
            self.approve(which, 4)

    def pick(self, model: type, which: int) -> int | None:
        """Return the id of some row; None where there is none."""
        db.session.rollback()
        ids = db.session.scalars(select(model.id).order_by(model.id)).all()
        return ids[which % len(ids)] if ids else None

    def do(self, action: Callable[..., object], *given: object, **named: object) -> None:
        self.world.now += timedelta(seconds=1)
        if None not in given:
            self.world.do(action, *given, **named)

    @rule(places=st.integers(1, 2), days=st.sampled_from([3, 20, 30, 60]), like=COLLEAGUES)
    def start_asking(self, places: int, days: int, like: int | None) -> None:
        """Somebody asks, proves the address and is proposed people, whom Cora approves."""
        self.send(places=places, days=days, like=like)
        self.world.tick(-1)
        self.approve(self.sent - 1, 4)

    @rule(hours=st.sampled_from([24, 30, 50]))
    def ask_while_the_server_is_down(self, hours: int) -> None:
        """Asks are queued on one day, and go on another."""
        self.world.server = "is down"
        self.start_asking(places=1, days=30, like=None)
        self.let_time_pass(hours)
        self.world.server = "takes"
        self.let_time_pass(1)

    @rule(places=st.integers(1, 2), days=st.sampled_from([3, 20, 60]), like=COLLEAGUES)
    def send(self, places: int, days: int, like: int | None) -> None:
        """Somebody asks; ``like`` is the volunteer who works for the same organisation."""
        made = make_request(self.sent, 1, START.date(), 1)
        home = make_volunteer(0, 1, START.date()).form
        dates = (self.world.now.date() + timedelta(days=days),)
        form = replace(made.form, where=home.where, wanted_dates=dates)
        if like is not None:
            colleague = make_volunteer(like, 1, START.date()).form
            form = replace(form, organisation=colleague.organisation)
        requester = self.world.requester()
        asking.send_request(form, requester)
        self.sent += 1
        request_id = self.pick(HelpRequest, self.sent - 1)
        link = self.world.link(Purpose.CONFIRM_REQUEST, help_request_id=request_id)
        details = replace(made.details, places=places, unwanted=(), kind=None)
        self.do(asking.confirm_request, link, self.world.requester())
        self.do(asking.add_details, request_id, details, self.world.requester())

    @rule(which=st.integers(0, 5), places=st.integers(1, 3))
    def want_more(self, which: int, places: int) -> None:
        request_id = self.pick(HelpRequest, which)
        made = make_request(0, 1, START.date(), 1).details
        details = replace(made, places=places, unwanted=(), kind=None)
        self.do(asking.add_details, request_id, details, self.world.requester())

    @rule(which=st.integers(0, 5), count=st.integers(1, 4))
    def approve(self, which: int, count: int) -> None:
        request_id = self.pick(HelpRequest, which)
        proposed = select(Pairing.id).filter_by(
            help_request_id=request_id, state=pairing.State.PROPOSED
        )
        ids = list(db.session.scalars(proposed.order_by(Pairing.rank).limit(count)))
        self.do(reviewing.approve, request_id, ids, self.world.coordinator())

    @rule(which=st.integers(0, 30))
    def dismiss(self, which: int) -> None:
        why = DismissReason.NOT_A_FIT
        pair = self.pick(Pairing, which)
        self.do(reviewing.dismiss, pair, why, "", self.world.coordinator())

    @rule(which=st.integers(0, 30))
    def reconsider(self, which: int) -> None:
        self.do(reviewing.reconsider, self.pick(Pairing, which), self.world.coordinator())

    @rule(which=st.integers(0, 5))
    def look_again(self, which: int) -> None:
        request_id = self.pick(HelpRequest, which)
        self.do(reviewing.propose_again, request_id, self.world.coordinator())

    @rule(which=st.integers(0, 20))
    def close(self, which: int) -> None:
        if which > 5:
            return  # requests are seldom closed
        request_id = self.pick(HelpRequest, which)
        why = CloseReason.UNMET
        self.do(reviewing.close_request, request_id, why, "", self.world.coordinator())

    def asked(self, which: int) -> int | None:
        """Return a pairing whose volunteer knows of it."""
        db.session.rollback()
        known = select(Pairing.id).where(Pairing.wave > 0).order_by(Pairing.id.desc())
        ids = db.session.scalars(known).all()
        return ids[which % len(ids)] if ids else None

    @rule(which=st.integers(0, 30))
    def say_yes(self, which: int) -> None:
        self.do(answering.accept, self.asked(which), answering.Yes(), self.world.volunteer())

    @rule(which=st.integers(0, 30))
    def say_no(self, which: int) -> None:
        why = DeclineReason.DATES
        self.do(answering.decline, self.asked(which), why, "", self.world.volunteer())

    @rule(which=st.integers(0, 30))
    def ask_manager(self, which: int) -> None:
        self.do(answering.ask_manager, self.asked(which), self.world.volunteer())

    @rule(which=st.integers(0, 30))
    def confirm(self, which: int) -> None:
        self.do(asking.confirm_person, self.asked(which), self.world.requester())

    @rule(which=st.integers(0, 30))
    def turn_down(self, which: int) -> None:
        self.do(asking.turn_down_person, self.asked(which), "", self.world.requester())

    @rule(which=st.integers(0, 20))
    def withdraw(self, which: int) -> None:
        request_id = self.pick(HelpRequest, which) if which < 5 else None
        why = WithdrawReason.NOT_NEEDED
        self.do(asking.withdraw_request, request_id, why, "", self.world.requester())

    @rule(which=st.integers(0, 5), what=st.sampled_from(["pause", "resume", "leave", "away"]))
    def step_aside(self, which: int, what: str) -> None:
        who, today = self.pick(Volunteer, which), self.world.now.date()
        if what == "pause":
            until = today + timedelta(days=3)
            self.do(volunteering.pause, who, until, self.world.volunteer())
        elif what == "away":
            until = today + timedelta(days=2)
            self.do(adjusting.be_away, who, today, until, self.world.volunteer())
        else:
            act = volunteering.resume if what == "resume" else volunteering.leave
            self.do(act, who, self.world.volunteer())

    @rule(server=st.sampled_from(["takes", "takes", *SERVER]))
    def change_server(self, server: str) -> None:
        self.world.server = server

    @rule(hours=st.sampled_from([1, 4, 24, 24, 50, 100, 200]))
    def let_time_pass(self, hours: int) -> None:
        self.world.now += timedelta(hours=hours)
        for _ in range(2):  # the worker looks every second: what one turn began, the next goes on
            self.world.tick(-1)

    @rule()
    def wait_for_an_answer(self) -> None:
        """Let the time to answer of some ask run out, and no more."""
        db.session.rollback()
        due = db.session.scalar(
            select(func.min(Pairing.answer_by)).filter_by(state=pairing.State.INVITED)
        )
        if due is not None and due > self.world.now:
            self.world.now = due
            self.let_time_pass(0)

    @invariant()
    def nothing_is_broken(self) -> None:
        db.session.rollback()
        found = broken(self.stage.database, self.world.now, self.since)
        self.since = self.world.now
        self.world.now += timedelta(seconds=1)  # what comes next comes after this look
        wrong = {name: lines[0] for name, lines in found.items() if lines}
        if wrong:
            raise InvariantError(wrong)


@contextmanager
def stage() -> Iterator[Stage]:
    """Give a stage that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        made = Stage(Path(folder))
        try:
            yield made
        finally:
            made.close()
            made.context.pop()


def play(on: Stage, runs: int, steps: int, *, random: bool = True) -> None:
    """Play so many runs; raises AssertionError where something broke."""
    Machine.stage = on
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=not random,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def find_bugs(on: Stage, runs: int, steps: int, names: Iterable[str] = BUGS) -> None:
    """Plant each bug and print by which invariant it was found, and in which run."""
    for name in names:
        began, on.runs = time.perf_counter(), 0
        print(f"  {name}: {find_bug(on, name, runs, steps)}", end="")
        took = time.perf_counter() - began
        print(f" (run {on.runs}, {took:.0f} s, load {os.getloadavg()[0]:.0f})", flush=True)


def find_bug(on: Stage, name: str, runs: int, steps: int) -> str:
    """Return the invariants that saw a planted bug, the one meant for it first."""
    bug = BUGS[name]
    with ExitStack() as planted:
        bug.plant(planted)
        try:
            play(on, runs, steps, random=False)
        except InvariantError as seen:
            found = seen.names
            others = sorted(found - {bug.invariant})
            return ", ".join([bug.invariant, *others] if bug.invariant in found else others)
    return "NOT FOUND"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--bugs", action="store_true")
    given = parser.parse_args()
    began, done = time.perf_counter(), 0
    with stage() as on:
        if given.bugs:
            find_bugs(on, min(given.runs, 200), given.steps)
            return
        while done < given.runs and time.perf_counter() - began < given.minutes * 60:
            part = min(20, given.runs - done)
            play(on, part, given.steps)
            done += part
            print(f"{done} runs of up to {given.steps} steps: nothing broken", flush=True)


if __name__ == "__main__":
    main()
