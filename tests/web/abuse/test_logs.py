"""Logs hold no link that works, no address, no name and no key, whatever happens."""

import io
import logging

import pytest
from sqlalchemy.exc import IntegrityError

from matcher.app import shipped_folder
from matcher.delivery.postroom import Postroom
from matcher.delivery.transport import Transport
from matcher.logs import configure_logs
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.volunteers import Volunteer
from matcher.worker import Worker
from tests.web.requester.test_help_form import fill_in

pytestmark = pytest.mark.usefixtures("monday")

WRITTEN = "canary of a need"
SECRETS = (
    "ruth@westberks",
    "victor@walsall",
    "cora@programme",
    "Adeyemi",
    WRITTEN,
    "s" * 32,
    "k" * 32,
)


@pytest.fixture
def log(app):
    """Everything that is logged, down to the least of it."""
    configure_logs("DEBUG")
    written = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[0].setStream(written)
    yield written
    root.handlers[0].setStream(before)
    configure_logs("ERROR")


def journey(client, cast, address):
    """Ask, prove the address, offer help, sign in, be invited; return the links that were used."""
    fill_in(client, need={"need": f"Somebody to brief our members: {WRITTEN}."})
    client.post("/ask/check")
    links = [address(Purpose.CONFIRM_REQUEST, help_request_id=1)]
    client.post(links[0], follow_redirects=True)
    victor = cast.volunteer(email="victor@walsall.example")
    client.post("/volunteer/sign-in", data={"email": "victor@walsall.example"})
    cast.coordinator()
    client.post("/coordinator/sign-in", data={"email": "cora@programme.example"})
    links.append(address(Purpose.SIGN_IN_VOLUNTEER, volunteer_id=victor))
    links.append(address(Purpose.STATUS, help_request_id=1))
    for link in links:
        client.get(link), client.get(f"{link}/nothing?again={link}"), client.post(link)
    return links


def leaks(log, links=()):
    said = log.getvalue()
    return [each for each in (*SECRETS, *(link.split("/")[-1] for link in links)) if each in said]


def test_a_journey_leaves_no_secret_in_the_log(client, cast, address, log):
    links = journey(client, cast, address)
    assert '"request"' in log.getvalue()
    assert leaks(log, links) == []


def test_a_worker_whose_mail_server_is_away_logs_no_secret(
    client, cast, app, address, settings, log
):
    links = journey(client, cast, address)
    away = settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": 9})
    with Transport(app, away) as transport:
        templates = shipped_folder("templates")
        postroom = Postroom(away, app.extensions["link_keys"], templates, transport)
        Worker(app, away, postroom).run_once()
    assert leaks(log, links) == []


def test_a_fault_is_logged_without_what_was_sent(client, app, monkeypatch, log):
    def fail():
        raise ValueError("ruth@westberks.example could not be read at /t/status/" + "0" * 32)

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "public.start", fail)
    assert client.get("/").status_code == 500
    assert "ValueError" in log.getvalue()
    assert leaks(log, ["/0000000000000000"]) == []


def test_an_error_of_the_database_does_not_say_the_values_of_a_row(cast, log):
    cast.volunteer(email="victor@walsall.example")
    with pytest.raises(IntegrityError) as error, writing() as session:
        session.execute(Volunteer.__table__.insert().values(email=f"{WRITTEN} victor@walsall"))
    logging.getLogger("matcher").exception("it failed", exc_info=error.value)
    assert "IntegrityError" in log.getvalue()
    assert leaks(log) == []
