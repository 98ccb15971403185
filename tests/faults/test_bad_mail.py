"""A mail server that misbehaves, in twelve ways, loses nothing; what is refused for good is shown.

The servers are those of benchmarks/bad_mail.py, which plays the same at full size.
"""

from datetime import UTC, datetime, timedelta

import pytest
from bad_mail import CERTIFICATES, FOR_GOOD, BadServer, Way, is_bad
from kills import queue_emails
from sqlalchemy import select, update

from matcher.app import shipped_folder
from matcher.delivery.postroom import Postroom
from matcher.delivery.transport import Transport
from matcher.records.database import db, writing
from matcher.records.outbox import OutgoingEmail, given_up, still_waiting
from matcher.worker import Worker
from tests.conftest import make_settings

EMAILS = 6
#: What stays silent is waited for as long as this.
SILENT = {Way.SILENT, Way.DRIPS}


def settings_of(server, url):
    tls = {"smtp_tls": "starttls", "smtp_ca_file": CERTIFICATES / "localhost.pem"}
    return make_settings(
        url,
        smtp_host="localhost" if server.way == Way.CERTIFICATE else "127.0.0.1",
        smtp_port=server.port,
        smtp_timeout_seconds=0.3 if server.way in SILENT else 20,
        **(tls if server.way == Way.CERTIFICATE else {}),
    )


def work(app, settings, rounds):
    """Let a worker with two connections go through the outbox; what was put off becomes due."""
    keys, templates = app.extensions["link_keys"], shipped_folder("templates")
    with Transport(app, settings) as one, Transport(app, settings) as other:
        ways = [Postroom(settings, keys, templates, way) for way in (one, other)]
        worker = Worker(app, settings, ways[0], (ways[1],))
        for _ in range(rounds):
            worker._send_waiting()
            with writing() as session:
                past = datetime.now(UTC) - timedelta(seconds=1)
                session.execute(update(OutgoingEmail).values(not_before=past))


def addresses(condition):
    db.session.rollback()
    return set(db.session.scalars(select(OutgoingEmail.to_address).where(condition)))


@pytest.mark.parametrize("way", Way)
def test_no_email_is_lost_by_a_server_that(way, app, settings):
    queue_emails(EMAILS)
    everybody = addresses(OutgoingEmail.id > 0)
    with BadServer(way) as server:
        given = settings_of(server, settings.database_url)
        work(app, given, rounds=2)
        sent = everybody - addresses(still_waiting() | given_up())
        assert sent <= server.copies.keys()
        server.heal()
        work(app, given, rounds=3)
    refused = {each for each in everybody if way in FOR_GOOD and is_bad(each)}
    assert addresses(given_up()) == refused
    assert server.copies.keys() == everybody - refused
    assert all(len(set(ids)) == 1 for ids in server.copies.values())
