"""Each page of the desk sends few statements, and no more of them where there are more rows."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from sqlalchemy import event

from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.database import db, writing
from matcher.records.tasks import Task
from tests.house.test_get_changes_nothing import sign_in
from tests.house.test_roles import desk_routes, path_of

#: The dashboard and the page of a request send about 30.
MOST = 40
FIRST, MORE = ("York",), ("Derby", "Stirling", "Leeds", "Cardiff")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what is sent to the database within a with-block."""
    sent: list[str] = []

    def keep(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    yield sent
    event.remove(db.engine, "before_cursor_execute", keep)


def count_each(browser, paths):
    counts = {}
    for path in paths:
        browser.get(path, buffered=True)  # what is kept in memory from now on is not counted
        with statements() as sent:
            browser.get(path, buffered=True)
        counts[path] = len(sent)
    return counts


def add_rows(cast, organisations):
    """Add people to the first request, requests to the first volunteer, and emails and tasks."""
    for rank, organisation in enumerate(organisations, 2):
        helper = cast.volunteer(organisation=organisation)
        asked = cast.request(organisation=organisation, email=f"ruth@{organisation}.example")
        cast.proposal(1, helper, rank)
        cast.proposal(asked, 1)
        cast.invited(asked, helper)
        add_task(cast, asked)


def add_task(cast, request_id):
    with writing() as session:
        made = {"programme_id": 1, "key": f"phone {request_id}", "made_at": cast.occasion.now}
        session.add(Task(kind=TaskKind.PHONE_REQUESTER, help_request_id=request_id, **made))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_page_of_the_desk_sends_more_where_there_is_more(app, client, cast):
    coordinator = cast.get(Coordinator, cast.coordinator())
    cast.accepted(cast.request(), cast.volunteer())
    add_rows(cast, FIRST)
    paths = sorted({path_of(rule) for rule, _least in desk_routes(app) if "GET" in rule.methods})
    with time_machine.travel(cast.occasion.now, tick=False):
        sign_in(client, Actor.COORDINATOR, coordinator)
        few = count_each(client, paths)
        add_rows(cast, MORE)
        many = count_each(client, paths)
    grown = {path: (few[path], many[path]) for path in paths if many[path] > few[path]}
    assert grown == {}
    assert {path: sent for path, sent in many.items() if not 0 < sent <= MOST} == {}
