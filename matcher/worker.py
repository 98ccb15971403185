"""The clock and the post: runs what is due, sends what waits. Any number of these may run."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from matcher.actions import sending
from matcher.actions.occasion import Occasion
from matcher.actions.proposing import LiveIndex, propose_due
from matcher.actions.upkeep import run_upkeep
from matcher.lifecycle.tables import Actor
from matcher.postroom import Postroom
from matcher.records.database import db, writing
from matcher.records.programmes import get_programme, get_settings
from matcher.records.workers import WorkerSign
from matcher.settings import Settings, parse_link_keys

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
            done = run_upkeep(occasion) + propose_due(self.live, occasion)
            return bool(done + self._send_waiting())
        except SQLAlchemyError:
            db.session.rollback()
            log.exception("the database did not answer; trying again")
            return False

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
        taken_at = datetime.now(UTC)
        ids = sending.take(self.occasion(), BATCH)
        tried = 0
        for tried, email_id in enumerate(ids, start=1):  # noqa: B007  counted to know what is left
            reached = self._send(email_id)
            if not reached or self._should_stop(taken_at):
                break
        if tried < len(ids):
            sending.give_back(ids[tried:])
        return tried

    def _should_stop(self, taken_at: datetime) -> bool:
        return self.stopping.is_set() or sending.lease_is_short(taken_at, datetime.now(UTC))
