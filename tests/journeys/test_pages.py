"""Every page, with and without errors: for assistive technology, the policy, and small screens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.driving import People, Visitor
from tests.journeys.scenes import SCENES, Scene, ask_as_far_as
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement.name || document.activeElement.innerText.trim()"
FOCUS_SEEN = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        || style.boxShadow !== "none";
}"""
MOST_STOPS = 40


@pytest.fixture(params=SCENES.items(), ids=list(SCENES))
def scene(request: pytest.FixtureRequest) -> Scene:
    return request.param[1]


@pytest.fixture
def guest(scene: Scene, chromium: Browser, known: People) -> Iterator[Visitor]:
    with Visitor.arriving(chromium, session=known.session(scene.role)) as visitor:
        yield visitor


def test_nothing_is_wrong_with_a_page(scene: Scene, guest: Visitor, demo: Site):
    scene.act(guest, demo)

    assert guest.problems() == []


def test_a_form_is_reached_by_keyboard_in_the_order_of_its_questions(visitor: Visitor, demo: Site):
    ask_as_far_as("you", visitor, demo)

    stops = [stop for stop, _ in tabbed(visitor)]

    assert [stop for stop in stops if stop in {"name", "email", "organisation", "Continue"}] == [
        "name",
        "email",
        "organisation",
        "Continue",
    ]


def test_the_focus_is_seen_wherever_it_goes(visitor: Visitor, demo: Site):
    ask_as_far_as("you", visitor, demo)

    unseen = [stop for stop, seen in tabbed(visitor) if not seen]

    assert unseen == []


def tabbed(visitor: Visitor) -> list[tuple[str, bool]]:
    """Where the Tab key goes, in order, and whether it can be seen there; once round the page."""
    visitor.page.evaluate("document.activeElement.blur()")
    stops: list[tuple[str, bool]] = []
    for _ in range(MOST_STOPS):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement === document.body"):
            break
        stops.append((visitor.page.evaluate(FOCUSED), visitor.page.evaluate(FOCUS_SEEN)))
    return stops


def test_a_link_in_the_error_summary_leads_to_its_box(visitor: Visitor, demo: Site):
    ask_as_far_as("need", visitor, demo)
    visitor.press("Continue")

    visitor.page.locator(".govuk-error-summary a").press("Enter")

    assert visitor.page.evaluate("document.activeElement.id") == "need"


def test_open_suggestions_do_not_pull_the_button_away(visitor: Visitor, demo: Site):
    ask_as_far_as("you", visitor, demo)
    button = visitor.page.get_by_role("button", name="Continue")
    before = button.bounding_box()

    visitor.write("Your organisation", "West")
    visitor.page.get_by_role("option").first.wait_for()

    assert button.bounding_box() == before
