"""What tests of pages share: the cast's Monday, and the links that emails would carry."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from matcher.actions.occasion import Occasion
from matcher.actions.volunteer.volunteering import send_page_link
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose, make_token
from matcher.records.database import db
from matcher.records.links import Link
from matcher.records.volunteers import Volunteer
from tests.cast import Cast

Address = Callable[..., str]


@pytest.fixture
def monday(occasion: Occasion) -> Iterator[None]:
    """Pages are asked for at the moment at which the cast acts."""
    with time_machine.travel(occasion.now, tick=False):
        yield


@pytest.fixture
def address(app: Flask, cast: Cast) -> Address:
    """The newest link of a purpose for a subject, as an email would carry it."""

    def newest(purpose: Purpose, **subject: int) -> str:
        link = db.session.get_one(Link, cast.link_id(purpose, **subject))
        token = make_token(app.extensions["link_keys"], link.key_id, purpose, link.id)
        return f"/t/{purpose}/{token}"

    return newest


@pytest.fixture
def sign_in(client, cast: Cast, address: Address) -> Callable[[int], None]:
    """Sign a volunteer in, as they would by an emailed link."""

    def use_a_link(volunteer_id: int) -> None:
        volunteer = cast.get(Volunteer, volunteer_id)
        send_page_link(volunteer.email, "192.0.2.0/24", cast.acting(Actor.VOLUNTEER))
        client.post(address(Purpose.SIGN_IN_VOLUNTEER, volunteer_id=volunteer_id))

    return use_a_link


@pytest.fixture
def cora(client: FlaskClient, cast: Cast, address: Address, monday: None) -> FlaskClient:
    """A browser in which Cora, who coordinates, is signed in."""
    coordinator_id = cast.coordinator()
    client.post("/coordinator/sign-in", data={"email": "cora@programme.example"})
    client.post(address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id))
    return client


@pytest.fixture
def queries(app: Flask) -> Callable[[], object]:
    """Collect the statements that are sent to the database within a with-block."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        sent: list[str] = []

        def keep(_connection, _cursor, statement, *_rest) -> None:
            if statement.startswith("SELECT"):
                sent.append(statement)

        event.listen(db.engine, "before_cursor_execute", keep)
        yield sent
        event.remove(db.engine, "before_cursor_execute", keep)

    return collect
