"""What people write to each other before anybody travels, from both sides, with real parts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from matcher.actions.network.greeting import be_findable
from matcher.actions.occasion import Occasion
from matcher.demo.filler import DEMO_SETTINGS
from matcher.lifecycle.tables import Actor
from tests.cast import Cast
from tests.conftest import HOST
from tests.journeys.driving import Visitor, sign_in
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def somebody(chromium: Browser) -> Iterator[Visitor]:
    """They have no script: nothing here needs any."""
    with Visitor.arriving(chromium, script=False) as visitor:
        yield visitor


@pytest.fixture
def run() -> str:
    """What all words of one run have in common, and no others."""
    return f"falconry{uuid4().hex[:6]}"


def cast() -> Cast:
    return Cast(Occasion(datetime.now(UTC), Actor.CLOCK, DEMO_SETTINGS, "one", HOST))


def volunteer(site: Site, run: str, name: str, *, findable: bool) -> str:
    """Somebody who knows about this run's subject, and goes by another name; their address."""
    email = f"{name.lower()}.{run}@{name.lower()}.example"
    with site.app.app_context():
        people = cast()
        given = {"name": f"{name} {run}", "organisation": f"{name}shire {run}", "email": email}
        volunteer_id = people.volunteer(offer=f"I know about {run} and hawks.", **given)
        be_findable(volunteer_id, findable, people.acting(Actor.VOLUNTEER, volunteer_id))
    return email


def test_a_question_is_answered_and_nobody_travels(site: Site, run: str, somebody: Visitor):
    victor, ruth = volunteer(site, run, "Victor", findable=False), f"ruth.{run}@ruth.example"
    with site.app.app_context():
        need = f"Help our members to understand {run}."
        cast().request(need=need, email=ruth, organisation=f"Newbury Trust {run}")

    somebody.open(site.link("status", to=ruth))
    with somebody.page.expect_navigation():
        somebody.page.get_by_role("button", name="Ask a question first").click()
    somebody.write("What would you like to know?", f"Does {run} need a licence?")
    somebody.press("Ask")
    somebody.open(site.link("peer_question", to=victor))
    somebody.write("Your answer", "Only for hawks that are not your own.")
    somebody.press("Send my answer")
    told = site.email(ruth, "An answer to your question")
    somebody.open(site.link("status", to=ruth))
    somebody.press("That answers it: end my request")

    assert "Only for hawks" in told
    assert victor not in told
    assert "nobody had to travel" in somebody.page.locator("main").inner_text()


def test_two_volunteers_say_hello_without_an_address(site: Site, run: str, somebody: Visitor):
    victor, vera = (volunteer(site, run, name, findable=True) for name in ("Victor", "Vera"))

    sign_in(somebody, site, "volunteer", victor)
    somebody.press("People like you")
    with somebody.page.expect_navigation():
        somebody.page.get_by_role("link", name="Say hello").first.click()
    somebody.write("What would you like to say?", f"Hello from one who does {run}!")
    somebody.press("Say hello")
    first = site.email(vera, "says hello")
    somebody.open(site.link("hello", to=vera))
    with somebody.page.expect_navigation():
        somebody.page.get_by_role("link", name="Victor").first.click()
    somebody.write("What would you like to say?", "Hello back!")
    somebody.press("Pass it on")
    second = site.email(victor, "has written back")
    somebody.open(site.link("stop_hellos", to=vera))
    somebody.press("Be found by nobody")

    assert (run in first, victor in first) == (True, False)
    assert ("Hello back!" in second, vera in second) == (True, False)
    assert somebody.heading == "Nobody finds you"
