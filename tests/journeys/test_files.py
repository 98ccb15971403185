"""A list in a real browser, and the pages of what goes in and out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.driving import People, Visitor
from tests.journeys.files import FILES, send
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def cora(chromium: Browser, known: People) -> Iterator[Visitor]:
    with Visitor.arriving(chromium, session=known.session("coordinator")) as visitor:
        yield visitor


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_wrong_with_a_page(name: str, cora: Visitor, demo: Site):
    FILES[name].act(cora, demo)

    assert cora.problems() == []


def test_a_list_is_looked_at_taken_in_and_told_of(cora: Visitor, demo: Site):
    send(cora, demo)
    cora.press("Take in 1 line")

    assert "1 line was taken in" in cora.page.locator("main").inner_text()
    assert "has put you down" in demo.email("ann.lee@walsall.gov.uk", "Please confirm")
