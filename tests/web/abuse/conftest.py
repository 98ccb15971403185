"""What tests of abuse share."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from matcher.mail.links import Purpose, make_token
from matcher.records.database import db
from matcher.records.links import Link


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite: to most of these tests the kind of database makes no difference."""
    return sqlite_url


@pytest.fixture
def everybody(app: Flask, cast) -> dict[str, str]:
    """A working link of every purpose that the cast's emails carry, by purpose."""
    request_id, volunteer_id = cast.request(), cast.volunteer()
    cast.request(confirmed=False)
    cast.volunteer(confirmed=False)
    cast.confirmed(request_id, volunteer_id)
    cast.coordinator()
    db.session.rollback()
    keys = app.extensions["link_keys"]
    return {
        link.purpose: make_token(keys, link.key_id, Purpose(link.purpose), link.id)
        for link in db.session.query(Link).order_by(Link.made_at)
    }


@pytest.fixture
def paths(app: Flask, everybody: dict[str, str]) -> Callable[[str], Iterator[str]]:
    """Every address of the service that takes a method, with ids and links that there are."""

    def all_of(method: str) -> Iterator[str]:
        for rule in app.url_map.iter_rules():
            if method in rule.methods:
                purpose = rule.rule.split("/")[2] if rule.rule.startswith("/t/") else ""
                path = re.sub("<int:[a-z_]+>", "1", rule.rule)
                path = path.replace("<side>", "requester").replace("<decision>", "keep")
                yield re.sub("<[a-z_:]+>", everybody.get(purpose, "need"), path)

    return all_of
