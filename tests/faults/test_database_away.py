"""A full disk and a database that is away: 503 with Retry-After, never 500, and it recovers.

benchmarks/outages.py plays the same against gunicorn, with a real full disk and real crashes.
"""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from matcher.records.database import db
from tests.web.requester.test_help_form import ANSWERS

AWAY = 503, "30"


@contextmanager
def full_disk():
    """SQLite may not grow any further: the same fault as of a full disk."""

    def no_more_pages(connection, _entry):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", no_more_pages)
    yield
    event.remove(db.engine, "connect", no_more_pages)
    db.engine.dispose()


@contextmanager
def nobody_let_in(postgresql):
    """PostgreSQL hangs up on everybody and lets nobody in, as while it recovers from a crash."""
    name = db.engine.url.database
    postgresql.psql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    hang_up(postgresql)
    yield
    postgresql.psql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def hang_up(postgresql):
    ours = f"datname = '{db.engine.url.database}'"
    hung_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
    postgresql.psql(hung_up + ours)


@contextmanager
def away(request):
    """The fault of each kind of database."""
    if db.engine.dialect.name == "sqlite":
        with full_disk():
            yield
    else:
        with nobody_let_in(request.getfixturevalue("postgresql")):
            yield


def send(client, need):
    answer = client.post("/ask/need", data={"need": need})
    return answer.status_code, answer.headers.get("Retry-After")


def test_a_form_that_cannot_be_kept_is_answered_by_503_and_kept_once_all_is_well(client, request):
    client.get("/ask/need")
    with away(request):
        answers = [send(client, "members " * 500) for _ in range(3)]
    assert AWAY in answers
    assert all(status != 500 for status, _ in answers)
    assert send(client, ANSWERS["need"]["need"]) == (303, None)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_hung_up_connections_are_opened_anew_without_anybody_noticing(client, postgresql):
    client.get("/ask/need")
    hang_up(postgresql)
    assert client.get("/ask/need").status_code == 200


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_page_that_is_made_is_shown_though_the_database_dies(app, client, postgresql):
    @app.after_request
    def die(response):
        hang_up(postgresql)
        return response

    assert client.get("/ask/need").status_code == 200
