"""The clock and the post: runs what is due, sends what waits. Any number of these may run."""

import os
import signal
import socket
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from matcher.actions.clock.upkeep import run_upkeep
from matcher.actions.network.asking_others import ask_others_due
from matcher.actions.occasion import Occasion
from matcher.actions.post import sending
from matcher.actions.proposals.auto_approving import auto_approve_due
from matcher.actions.proposals.driving import Drives
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.proposing import propose_due
from matcher.actions.proposals.rescoring import rescore_due
from matcher.delivery.postroom import Postroom
from matcher.delivery.transport import Answer, PutOff, RefusedForGood, Sent, Transport
from matcher.lifecycle.tables import Actor
from matcher.mail.links import LinkKeys
from matcher.matching.warming import warm_up
from matcher.records.database import db, writing
from matcher.records.programmes import get_settings
from matcher.records.workers import WorkerSign
from matcher.settings import Settings, parse_link_keys

log = structlog.get_logger("matcher.worker")

POLL_SECONDS = 1.0
BATCH = 50


@dataclass(slots=True)
class Worker:
    """One worker process: its live index, its mail connections and its wish to go on.

    ``helpers`` are further ways to the mail server: as many more emails go at a time.
    """

    app: Flask
    settings: Settings
    postroom: Postroom
    helpers: tuple[Postroom, ...] = ()
    live: LiveIndex = field(default_factory=LiveIndex)
    stopping: threading.Event = field(default_factory=threading.Event)
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")

    def run(self) -> None:
        """Work until told to stop; a fault of the database is waited out."""
        while not self.stopping.is_set():
            with self.app.app_context():
                busy = self.run_once()
            if not busy:
                self.stopping.wait(POLL_SECONDS)

    def run_once(self) -> bool:
        """Do everything that is due now, once; return whether there was anything."""
        try:
            occasion = self.occasion()
            self._show_sign(occasion)
            done = self._tick(occasion) + propose_due(self.live, occasion)
            done += rescore_due(self.live, occasion) + ask_others_due(self.live, occasion)
            done += auto_approve_due(occasion)
            return bool(done + self._send_waiting())
        except SQLAlchemyError:
            db.session.rollback()
            log.exception("the database did not answer; trying again")
            return False

    def _tick(self, occasion: Occasion) -> int:
        """Do what is due. What fails is told of, and holds up neither the rest nor the post."""
        try:
            return run_upkeep(occasion)
        except ExceptionGroup:
            db.session.rollback()
            log.exception("steps of the clock failed")
            return 0

    def occasion(self) -> Occasion:
        """Return this moment, with the clock as the one who acts."""
        session = db.session()
        programme = get_settings(session)
        session.rollback()
        keys = parse_link_keys(self.settings.link_keys.get_secret_value())
        return Occasion(
            now=self.now(),
            actor=Actor.CLOCK,
            settings=programme,
            key_id=next(iter(keys)),
            mail_domain=self.settings.mail_from.rpartition("@")[2],
        )

    def now(self) -> datetime:
        """Return this moment."""
        return datetime.now(UTC)

    def _show_sign(self, occasion: Occasion) -> None:
        with writing() as session:
            session.merge(WorkerSign(name=self.name, seen_at=occasion.now))

    def _send_waiting(self) -> int:
        """Send a batch of what waits, over several connections; return how many were tried."""
        occasion = self.occasion()
        ids = sending.take(occasion, BATCH, self._lease())
        if not ids:
            for each in (self.postroom, *self.helpers):
                each.rest()
            return 0
        batch = Batch(occasion, deque(ids))
        with ThreadPoolExecutor(max(1, len(self.helpers))) as pool:
            helped = [pool.submit(self._help, batch, each) for each in self.helpers[: len(ids) - 1]]
            self._send_in_turn(batch, self.postroom)
        for done in helped:
            done.result()
        if batch.left:
            sending.give_back(list(batch.left))
        return 0 if batch.unreached else len(ids) - len(batch.left)

    def _help(self, batch: "Batch", postroom: Postroom) -> None:
        with self.app.app_context():
            self._send_in_turn(batch, postroom)

    def _send_in_turn(self, batch: "Batch", postroom: Postroom) -> None:
        """Send one email after the other until none is left or all are to stop."""
        while batch.left and not batch.unreached and not self._should_stop(batch.occasion.now):
            try:
                email_id = batch.left.popleft()
            except IndexError:  # a helper was quicker
                return
            if not self._send(email_id, batch.occasion, postroom):
                batch.unreached = True

    def _should_stop(self, taken_at: datetime) -> bool:
        half_over = self.now() - taken_at > self._lease() / 2
        return self.stopping.is_set() or half_over

    def _lease(self) -> timedelta:
        return timedelta(seconds=self.settings.outbox_lease_seconds)

    def _send(self, email_id: int, taken: Occasion, postroom: Postroom) -> bool:
        """Send one email and mark it; return whether the mail server could be reached."""
        letter = sending.look(email_id, replace(taken, now=self.now()))
        if letter is None:
            return True
        answer = self._hand_over(letter, taken, postroom)
        occasion = replace(taken, now=self.now())
        match answer:
            case Sent():
                sending.mark_sent(email_id, occasion)
            case RefusedForGood(why):
                sending.mark_refused(email_id, why, occasion)
            case PutOff(why, reached):
                sending.mark_put_off(email_id, why, occasion)
                return reached
        return True

    def _hand_over(self, letter: sending.Letter, occasion: Occasion, postroom: Postroom) -> Answer:
        """Hand one email over; one that cannot be written is put off, and holds up no other."""
        try:
            return postroom.send(letter, occasion.settings)
        except Exception as fault:
            log.exception("an email could not be written", email=letter.id, name=letter.name)
            return PutOff(f"could not be written: {type(fault).__name__}", reached=True)


@dataclass(slots=True)
class Batch:
    """Emails that were leased together, and what is left of them."""

    occasion: Occasion
    left: deque[int]
    unreached: bool = False


def run_worker(app: Flask, settings: Settings) -> None:
    """Work in the foreground until SIGTERM or SIGINT; what is begun is finished."""
    keys: LinkKeys = app.extensions["link_keys"]
    warm_up()
    templates = Path(app.root_path, str(app.template_folder))
    with ExitStack() as open_ways:
        ways = [
            open_ways.enter_context(Transport(app, settings))
            for _ in range(settings.smtp_connections)
        ]
        first, *others = [Postroom(settings, keys, templates, way) for way in ways]
        drives = Drives.at(settings.router_url, settings.router_timeout_seconds)
        live = LiveIndex(drives=drives)
        worker = Worker(app, settings, first, tuple(others), live)
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda _signal, _frame: worker.stopping.set())
        worker.run()
