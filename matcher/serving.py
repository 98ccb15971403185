"""Serving the web application with gunicorn, and bringing the database up to date."""

from collections.abc import Callable

from flask import Flask
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication

from matcher.actions.organisations import refresh_councils
from matcher.app import create_app
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


def serve(settings: Settings, *, bind: str, processes: int, threads: int) -> None:
    """Serve until told to stop."""
    keep_for_good()
    Server(lambda: create_app(settings), bind=bind, processes=processes, threads=threads).run()


def migrate(settings: Settings) -> None:
    """Bring the database to the schema and the councils list of this release."""
    with create_app(settings).app_context():
        upgrade()
        refresh_councils(Gazetteer.load().councils())
