from datetime import datetime

import pytest
from pydantic import ValidationError

from matcher.app import create_app
from tests.conftest import Browser, make_settings

PATH = "/.well-known/security.txt"


@pytest.fixture
def browser(sqlite_url):
    """A browser of a service whose operator has said where holes are reported."""
    app = create_app(make_settings(sqlite_url, security_contact="mailto:it@walsall.example"))
    app.test_client_class = Browser
    return app.test_client()


def test_where_a_hole_is_reported_is_told_for_less_than_a_year(browser, occasion, monday):
    fields = dict(line.split(": ", 1) for line in browser.get(PATH).text.splitlines())
    assert fields["Contact"] == "mailto:it@walsall.example"
    assert 0 < (datetime.fromisoformat(fields["Expires"]) - occasion.now).days < 365


def test_without_a_contact_there_is_no_such_page(client):
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize("contact", ["it@walsall.example", "http://x.example", "mailto:a\nb@c"])
def test_a_contact_that_nobody_can_reach_is_refused(contact):
    with pytest.raises(ValidationError, match="must begin with mailto: or https://"):
        make_settings("sqlite://", security_contact=contact)
