from pathlib import Path

import pytest
from flask import render_template

from matcher.app import create_app
from matcher.lifecycle.refusals import LinkExpired, LinkUnknown, LinkUsed, MovedOn, NotAllowed
from matcher.web.errors import show_refusal
from tests.conftest import Browser, make_settings

PAGES = sorted((Path(__file__).parents[2] / "templates" / "errors").glob("[!b]*.html"))


AWAY = ["sqlite:////nowhere/at/all.sqlite", "postgresql+psycopg://nobody@127.0.0.1:1/nothing"]


@pytest.fixture(params=AWAY, ids=["sqlite", "postgresql"])
def stranded(request):
    """A signed-in browser, and an application whose database is away."""
    app = create_app(make_settings(request.param))
    app.test_client_class = Browser
    client = app.test_client()
    with client.session_transaction(base_url="http://help.test") as session:
        session["_user_id"] = "coordinator:1:key"
    return client


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_error_page_has_a_heading_and_a_way_on(app, page):
    with app.test_request_context(base_url="http://help.test"):
        shown = render_template(f"errors/{page.name}", refusal="No.")
    assert [shown.count("<h1"), "go to the start page" in shown] == [1, True]


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    [
        (LinkUnknown(), 404, "This link does not work"),
        (LinkExpired(), 410, "This link is too old"),
        (LinkUsed(), 410, "This link has been used"),
        (MovedOn(), 409, "This is no longer possible"),
        (NotAllowed("Three is <most>."), 409, "Three is &lt;most&gt;."),
    ],
)
def test_a_refusal_has_its_page(app, refusal, status, words):
    with app.test_request_context(base_url="http://help.test"):
        answer = show_refusal(refusal)
    assert [answer.status_code, words in answer.get_data(as_text=True)] == [status, True]


def test_a_request_for_another_host_is_turned_away(client):
    answer = client.get("/", base_url="http://evil.example")
    assert [answer.status_code, answer.text] == [400, "This address is not served here.\n"]


def test_without_its_records_the_service_says_when_to_come_back(stranded):
    answer = stranded.get("/")
    assert [answer.status_code, answer.headers["Retry-After"]] == [503, "30"]


def test_a_page_that_is_not_there_needs_no_records(stranded):
    assert stranded.get("/nothing-here").status_code == 404


def test_a_method_that_is_not_possible_names_those_that_are(client):
    assert "POST" in client.get("/sign-out").headers["Allow"]
