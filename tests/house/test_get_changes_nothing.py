"""Every route by GET, HEAD and OPTIONS leaves every table as it was; new routes are found here."""

import re

import pytest
import time_machine
from sqlalchemy import text

from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose, make_token
from matcher.records.coordinators import Coordinator
from matcher.records.database import Base, db
from matcher.records.links import Link
from matcher.records.volunteers import Volunteer

METHODS = ("GET", "HEAD", "OPTIONS")
ROWS = {Actor.COORDINATOR: Coordinator, Actor.VOLUNTEER: Volunteer}


def digest():
    """All rows of all tables, as the database has them."""
    db.session.rollback()
    names = sorted(Base.metadata.tables)
    rows = {name: db.session.execute(text(f"SELECT * FROM {name}")).all() for name in names}  # noqa: S608
    db.session.rollback()
    return {name: sorted(map(repr, found)) for name, found in rows.items()}


@pytest.fixture
def tokens(app, cast):
    """A working link of every purpose that the cast's emails carry."""
    request_id, volunteer_id = cast.request(), cast.volunteer()
    cast.request(confirmed=False)
    cast.volunteer(confirmed=False)
    cast.accepted(request_id, volunteer_id)
    cast.coordinator()
    db.session.rollback()
    links = {link.purpose: link for link in db.session.query(Link).all()}
    keys = app.extensions["link_keys"]
    return {
        purpose: make_token(keys, link.key_id, Purpose(purpose), link.id)
        for purpose, link in links.items()
    }


def addresses(app, tokens):
    for rule in app.url_map.iter_rules():
        path = re.sub("<int:[a-z_]+>", "1", rule.rule)
        purpose = rule.rule.split("/")[2] if rule.rule.startswith("/t/") else ""
        yield re.sub("<[a-z_:]+>", tokens.get(purpose, "need"), path)


def sign_in(client, actor, row):
    with client.session_transaction(base_url="http://help.test") as session:
        session["_user_id"] = f"{actor}:{row.id}:{row.session_key}"
        session["_fresh"] = True


@pytest.mark.parametrize("actor", [None, Actor.COORDINATOR, Actor.VOLUNTEER])
def test_looking_changes_nothing_and_breaks_nothing(app, client, cast, tokens, actor):
    before = digest()
    with time_machine.travel(cast.occasion.now, tick=False):
        if actor is not None:  # a session of another time would count as run out
            sign_in(client, actor, cast.rows(ROWS[actor])[0])
        answers = look(client, addresses(app, tokens))
    assert {at: status for at, status in answers.items() if status == 500} == {}
    assert digest() == before


def look(client, every):
    return {
        (method, address): client.open(address, method=method).status_code
        for address in every
        for method in METHODS
    }
