"""The whole main job, from the help form to the introduction, with real parts throughout."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from matcher.actions.occasion import Occasion
from matcher.demo.filler import DEMO_SETTINGS
from matcher.lifecycle.tables import Actor
from tests.cast import STORY_NEED, Cast
from tests.conftest import HOST
from tests.journeys.driving import Visitor, sign_in
from tests.journeys.site import Site, wait_for

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Names:
    """Who takes part in one run; no two runs share a name or an address."""

    volunteer_name: str
    requester: str
    volunteer: str
    coordinator: str
    organisation: str


@pytest.fixture(params=[True, False], ids=["with_script", "without_script"])
def somebody(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Visitor]:
    with Visitor.arriving(chromium, script=request.param) as visitor:
        yield visitor


@pytest.fixture
def names(site: Site) -> Names:
    """A coordinator who was invited, and a volunteer who joined."""
    run = uuid4().hex[:6]
    emails = (f"{name}.{run}@{name}.example" for name in ("ruth", "victor", "cora"))
    names = Names(f"Victor {run}", *emails, f"Newbury Health Trust {run}")
    with site.app.app_context():
        cast = Cast(Occasion(datetime.now(UTC), Actor.CLOCK, DEMO_SETTINGS, "one", HOST))
        cast.coordinator(names.coordinator)
        cast.volunteer(name=names.volunteer_name, email=names.volunteer)
    return names


def test_a_need_becomes_an_introduction(site: Site, names: Names, somebody: Visitor):
    ask_for_help(somebody, site, names)
    reference = confirm_request(somebody, site, names)
    approve_volunteer(somebody, site, names, reference)
    say_yes(somebody, site, names)
    confirm_person(somebody, site, names)

    to_requester = site.email(names.requester, "You are introduced")
    to_volunteer = site.email(names.volunteer, "You are introduced")

    assert names.volunteer_name in to_requester
    assert names.volunteer in to_requester
    assert "Ruth Adeyemi" in to_volunteer
    assert names.requester in to_volunteer
    assert somebody.complaints == []


def ask_for_help(ruth: Visitor, site: Site, names: Names) -> None:
    ruth.open(site.address)
    ruth.page.get_by_role("button", name="Ask for help").first.click()
    ruth.write("What do you need help with?", STORY_NEED)
    ruth.press("Continue")
    ruth.write("Where should they come to?", "RG14 5LD")
    ruth.press("Continue")
    ruth.choose("Our dates are flexible")
    ruth.press("Continue")
    ruth.choose("My organisation pays")
    ruth.press("Continue")
    ruth.write("Your name", "Ruth Adeyemi")
    ruth.write("Your work email address", names.requester)
    ruth.write("Your organisation", names.organisation)
    ruth.page.keyboard.press("Tab")
    ruth.press("Continue")
    ruth.press("Send your request")


def confirm_request(ruth: Visitor, site: Site, names: Names) -> str:
    """Press the button behind the emailed link; the reference on the request's own page."""
    ruth.open(site.link("confirm_request", to=names.requester))
    ruth.press("Yes, this is my request")
    caption = ruth.page.locator(".govuk-caption-l").inner_text()
    return caption.rpartition(" ")[2]


def approve_volunteer(cora: Visitor, site: Site, names: Names, reference: str) -> None:
    """Sign in, find the request by its reference, and ask this run's volunteer alone."""
    sign_in(cora, site, "coordinator", names.coordinator)
    cora.open(f"{site.address}/coordinator/requests")
    row = cora.page.get_by_role("row").filter(has_text=reference)
    with cora.page.expect_navigation():
        row.get_by_role("link").first.click()
    wait_for("a proposal", lambda: proposed(cora, names))
    for box in cora.page.get_by_role("checkbox").all():
        box.uncheck()
    cora.choose(f"Ask {names.volunteer_name}")
    cora.press("See what will be sent")
    cora.press("Approve 1 volunteer and start asking")
    cora.press("Ask them now")


def proposed(cora: Visitor, names: Names) -> bool:
    cora.page.reload()
    return cora.box(f"Ask {names.volunteer_name}").count() > 0


def say_yes(victor: Visitor, site: Site, names: Names) -> None:
    victor.open(site.link("answer", to=names.volunteer))
    victor.choose("Yes, I can come")
    victor.press("Send my answer")


def confirm_person(ruth: Visitor, site: Site, names: Names) -> None:
    ruth.open(site.link("confirm_person", to=names.requester))
    ruth.choose("Yes, introduce us")
    ruth.press("Send your answer")
