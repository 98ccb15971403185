"""What each role may do at the desk, tried on every route there is."""

import re

import pytest
import time_machine

from matcher.lifecycle.access import Role, holds
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from tests.house.test_get_changes_nothing import digest, sign_in

ADDRESS = re.compile(r"[\w.]+@(?:westberks|walsall)\.example")


def desk_routes(app):
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if Actor.COORDINATOR in getattr(view, "users", ()):
            yield rule, view.least_role


def path_of(rule):
    path = re.sub("<int:[a-z_]+>", "1", rule.rule)
    return re.sub("<[a-z_:]+>", "requester" if "<side>" in rule.rule else "volunteers", path)


@pytest.fixture
def colin(client, cast):
    """A browser in which Colin is signed in, in a role, on Cora's programme with its first rows."""
    cast.coordinator()
    cast.accepted(cast.request(), cast.volunteer())
    coordinator_id = cast.coordinator("colin@programme.example", "Colin Field")

    def signed_in_as(role):
        cast.coordinator("colin@programme.example", "Colin Field", role)
        sign_in(client, Actor.COORDINATOR, cast.get(Coordinator, coordinator_id))
        return client

    with time_machine.travel(cast.occasion.now, tick=False):
        yield signed_in_as


def test_what_readers_may_see_takes_no_form(app):
    pages = [rule for rule, least in desk_routes(app) if least == Role.READER]
    assert [rule.rule for rule in pages if rule.methods - {"GET", "HEAD", "OPTIONS"}] == []


@pytest.mark.parametrize("role", [Role.READER, Role.COORDINATOR])
def test_no_route_above_a_role_answers_or_changes_anything(app, colin, role):
    browser = colin(role)
    before = digest()
    above = [
        (method, path_of(rule))
        for rule, least in desk_routes(app)
        for method in rule.methods & {"GET", "POST"}
        if not holds(role, least)
    ]
    answers = {each: browser.open(each[1], method=each[0]).status_code for each in above}
    assert answers
    assert set(answers.values()) == {403}
    assert digest() == before


def test_a_reader_is_shown_no_button_and_no_address(app, colin):
    browser = colin(Role.READER)
    open_pages = [
        path_of(rule)
        for rule, least in desk_routes(app)
        if least == Role.READER and "GET" in rule.methods
    ]
    pages = {path: browser.get(path).get_data(as_text=True) for path in open_pages}
    buttons = {path: page.count('method="post"') for path, page in pages.items()}
    assert {path: number for path, number in buttons.items() if number > 1} == {}  # signing out
    assert {
        path: ADDRESS.findall(page) for path, page in pages.items() if ADDRESS.search(page)
    } == {}


def test_an_administrator_is_refused_nowhere(app, colin):
    browser = colin(Role.ADMINISTRATOR)
    answers = {
        path_of(rule): browser.get(path_of(rule)).status_code
        for rule, _least in desk_routes(app)
        if "GET" in rule.methods
    }
    assert {path: status for path, status in answers.items() if status in {403, 500}} == {}
