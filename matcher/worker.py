"""The clock and the post: runs what is due, sends what waits. Any number of these may run."""

import os
import signal
import socket
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from matcher.actions import sending
from matcher.actions.auto_approving import auto_approve_due
from matcher.actions.driving import Drives
from matcher.actions.live_index import LiveIndex
from matcher.actions.occasion import Occasion
from matcher.actions.proposing import propose_due
from matcher.actions.rescoring import rescore_due
from matcher.actions.upkeep import run_upkeep
from matcher.lifecycle.tables import Actor
from matcher.mail.links import LinkKeys
from matcher.matching.warming import warm_up
from matcher.postroom import Postroom
from matcher.records.database import db, writing
from matcher.records.programmes import get_programme, get_settings
from matcher.records.workers import WorkerSign
from matcher.settings import Settings, parse_link_keys
from matcher.transport import Answer, PutOff, RefusedForGood, Sent, Transport

log = structlog.get_logger("matcher.worker")

POLL_SECONDS = 1.0
BATCH = 50


@dataclass(slots=True)
class Worker:
    """One worker process: its live index, its mail connection and its wish to go on."""

    app: Flask
    settings: Settings
    postroom: Postroom
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
            done += rescore_due(self.live, occasion)
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
        programme = get_settings(session, get_programme(session).id)
        session.rollback()
        keys = parse_link_keys(self.settings.link_keys.get_secret_value())
        return Occasion(
            now=datetime.now(UTC),
            actor=Actor.CLOCK,
            settings=programme,
            key_id=next(iter(keys)),
            mail_domain=self.settings.mail_from.rpartition("@")[2],
        )

    def _show_sign(self, occasion: Occasion) -> None:
        with writing() as session:
            session.merge(WorkerSign(name=self.name, seen_at=occasion.now))

    def _send_waiting(self) -> int:
        """Send a batch of what waits, each email marked by itself; return how many were tried."""
        occasion = self.occasion()
        ids = sending.take(occasion, BATCH, self._lease())
        for tried, email_id in enumerate(ids, start=1):
            reached = self._send(email_id)
            if not reached or self._should_stop(occasion.now):
                sending.give_back(ids[tried:])
                return tried if reached else 0
        if not ids:
            self.postroom.rest()
        return len(ids)

    def _should_stop(self, taken_at: datetime) -> bool:
        half_over = datetime.now(UTC) - taken_at > self._lease() / 2
        return self.stopping.is_set() or half_over

    def _lease(self) -> timedelta:
        return timedelta(seconds=self.settings.outbox_lease_seconds)

    def _send(self, email_id: int) -> bool:
        """Send one email and mark it; return whether the mail server could be reached."""
        occasion = self.occasion()
        letter = sending.look(email_id, occasion)
        if letter is None:
            return True
        answer = self._hand_over(letter, occasion)
        occasion = self.occasion()
        match answer:
            case Sent():
                sending.mark_sent(email_id, occasion)
            case RefusedForGood(why):
                sending.mark_refused(email_id, why, occasion)
            case PutOff(why, reached):
                sending.mark_put_off(email_id, why, occasion)
                return reached
        return True

    def _hand_over(self, letter: sending.Letter, occasion: Occasion) -> Answer:
        """Hand one email over; one that cannot be written is put off, and holds up no other."""
        try:
            return self.postroom.send(letter, occasion.settings)
        except Exception as fault:
            log.exception("an email could not be written", email=letter.id, name=letter.name)
            return PutOff(f"could not be written: {type(fault).__name__}", reached=True)


def run_worker(app: Flask, settings: Settings) -> None:
    """Work in the foreground until SIGTERM or SIGINT; what is begun is finished."""
    keys: LinkKeys = app.extensions["link_keys"]
    warm_up()
    with Transport(app, settings) as transport:
        postroom = Postroom(
            settings, keys, Path(app.root_path, str(app.template_folder)), transport
        )
        drives = Drives.at(settings.router_url, settings.router_timeout_seconds)
        live = LiveIndex(drives=drives)
        worker = Worker(app, settings, postroom, live)
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda _signal, _frame: worker.stopping.set())
        worker.run()
