"""A browser, and the whole service on each database, shared by the tests of this folder."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import make_url

from matcher.demo import people
from matcher.demo.people import DEMO_SETTINGS
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


class Sites:
    """The service on each database, started when first asked for."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request = request
        self._folder = folder
        self._started: dict[str, Site] = {}
        self.stack = ExitStack()

    def on(self, database: str) -> Site:
        """The service on ``sqlite`` or ``postgresql``, with nobody in it."""
        if database not in self._started:
            folder = self._folder / database
            folder.mkdir()
            url = self._copy(database, folder)
            self._started[database] = self.stack.enter_context(running(url, folder, ask_always))
        return self._started[database]

    def demo(self) -> Site:
        """The service on SQLite with the demo's people in it."""
        if "demo" not in self._started:
            folder = self._folder / "demo"
            folder.mkdir()
            url = self._copy("sqlite", folder)
            self._started["demo"] = self.stack.enter_context(running(url, folder, people.fill))
        return self._started["demo"]

    def _copy(self, database: str, folder: Path) -> str:
        if database == "sqlite":
            shutil.copy(self._request.getfixturevalue("sqlite_template"), folder / "db.sqlite")
            return f"sqlite:///{folder / 'db.sqlite'}"
        server = self._request.getfixturevalue("postgresql")
        name = f"j{uuid4().hex}"
        server.psql(f"CREATE DATABASE {name} TEMPLATE template_for_tests")
        self.stack.callback(server.psql, f"DROP DATABASE {name} WITH (FORCE)")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)


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
def sites(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sites]:
    sites = Sites(request, tmp_path_factory.mktemp("sites"))
    with sites.stack:
        yield sites


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, chromium: Browser, sites: Sites) -> Site:
    """The service on each database; without a browser it is not started."""
    return sites.on(request.param)


@pytest.fixture
def demo(chromium: Browser, sites: Sites) -> Site:
    """The service with the demo's people in it."""
    return sites.demo()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Somebody with a window of their own, in which script runs."""
    with Visitor.arriving(chromium) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def known(chromium: Browser, sites: Sites) -> People:
    """The demo's people who are signed in, each signed in once for all tests."""
    return People(chromium, sites.demo())
