"""``matcher metrics``: what monitors read, as Prometheus text, at an address of its own.

What the database knows is computed when it is asked for; requests are counted by the web processes
of this machine in files of prometheus-client, in the folder that PROMETHEUS_MULTIPROC_DIR names.
"""

import hmac
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from flask import Flask
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from matcher.records.database import db
from matcher.records.pages.measures import Measures, read_measures
from matcher.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class DatabaseCollector(Collector):
    """Asks the database each time."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give each measure; where the database is away, only that it is."""
        with self._app.app_context():
            try:
                measures = read_measures(db.session(), datetime.now(UTC))
            except SQLAlchemyError:
                measures = None
        answers = "Whether the database answers."
        yield _gauge("matcher_database_up", answers, 0.0 if measures is None else 1.0)
        if measures is not None:
            yield from _families(measures)


def _families(measures: Measures) -> Iterator[GaugeMetricFamily]:
    yield _gauge("matcher_emails_waiting", "Emails in the outbox.", measures.emails_waiting)
    failed = "Emails that failed for good and that nobody has looked into."
    yield _gauge("matcher_emails_failed", failed, measures.emails_failed)
    overdue = "For how long the oldest waiting email has been due."
    yield _gauge("matcher_oldest_email_seconds", overdue, measures.oldest_seconds)
    if measures.tick_seconds is not None:
        seen = "How long ago a worker was last at work."
        yield _gauge("matcher_tick_age_seconds", seen, measures.tick_seconds)
    requests = GaugeMetricFamily("matcher_open_requests", "Open help requests.", labels=["state"])
    for state, count in measures.open_requests.items():
        requests.add_metric([state], count)
    yield requests


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)


def make_registry(app: Flask, folder: Path | None) -> CollectorRegistry:
    """Return what is to be read: the database's measures, and the requests where counted."""
    registry = CollectorRegistry()
    registry.register(DatabaseCollector(app))
    if folder is not None:
        MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    return registry


class Metrics:
    """A WSGI application that answers whoever brings the token, and nobody else."""

    def __init__(self, registry: CollectorRegistry, token: str) -> None:
        self._registry = registry
        self._wanted = f"Bearer {token}".encode()

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        given = str(environ.get("HTTP_AUTHORIZATION", "")).encode("latin-1")
        if not hmac.compare_digest(given, self._wanted):
            start("401 Unauthorized", [("WWW-Authenticate", "Bearer")])
            return []
        start("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Cache-Control", "no-store")])
        return [generate_latest(self._registry)]


class _Quiet(WSGIRequestHandler):
    """Logs nothing: a monitor asks four times a minute."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Keep silent."""


class MetricsServer(ThreadingMixIn, WSGIServer):
    """Answers each monitor in a thread of its own."""

    daemon_threads = True


def make_server(app: Flask, settings: Settings, host: str, port: int) -> MetricsServer:
    """Return the server, listening but not yet answering."""
    server = MetricsServer((host, port), _Quiet)
    registry = make_registry(app, settings.prometheus_multiproc_dir)
    server.set_app(Metrics(registry, settings.metrics_token.get_secret_value()))
    return server
