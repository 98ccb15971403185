"""Serving the web application with gunicorn, and bringing the database up to date."""

import os
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker
from prometheus_client.multiprocess import mark_process_dead

from matcher.actions.organisations import refresh_councils
from matcher.app import create_app, opened_app
from matcher.matching.warming import keep_for_good, warm_up
from matcher.places.gazetteer import Gazetteer
from matcher.settings import Settings

GRACE_SECONDS = 20


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """gunicorn with threads, given an application factory and where to listen."""

    def __init__(
        self, factory: Callable[[], Flask], *, bind: str, processes: int, threads: int
    ) -> None:
        self._factory = factory
        self._options = {
            "bind": bind,
            "workers": processes,
            "threads": threads,
            "worker_class": "gthread",
            "graceful_timeout": GRACE_SECONDS,
            "control_socket_disable": True,
            "accesslog": None,  # it would hold link tokens; the application logs each request
            "child_exit": _forget_counts,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand the options to gunicorn."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application, once in each process, its matcher ready before anybody waits."""
        app = self._factory()
        warm_up()
        return app


def _forget_counts(_arbiter: Arbiter, worker: Worker) -> None:
    """Let the counts of a web process that ended go into those of all that ended."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def empty(folder: Path) -> None:
    """Take the counts of the time before away."""
    folder.mkdir(parents=True, exist_ok=True)
    for counts in folder.glob("*.db"):
        counts.unlink()


def serve(settings: Settings, *, bind: str, processes: int, threads: int) -> None:
    """Serve until told to stop."""
    if settings.prometheus_multiproc_dir is not None:
        empty(settings.prometheus_multiproc_dir)
    keep_for_good()
    Server(lambda: create_app(settings), bind=bind, processes=processes, threads=threads).run()


def migrate(settings: Settings) -> None:
    """Bring the database to the schema and the councils list of this release."""
    with opened_app(settings):
        upgrade()
        refresh_councils(Gazetteer.load().councils())
