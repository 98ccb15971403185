"""Networks that delay, reset, swallow and cut lose no email."""

import pytest
from bad_mail import BadServer, Way
from chaos import ChaosProxy, Trouble
from kills import queue_emails

from matcher.records.outbox import OutgoingEmail, still_waiting
from tests.conftest import make_settings
from tests.faults.test_bad_mail import EMAILS, addresses, work


@pytest.mark.parametrize("trouble", Trouble)
def test_no_email_is_lost_by(trouble, app, settings):
    queue_emails(EMAILS)
    with BadServer(Way.CLOSES) as server, ChaosProxy(trouble, server.port, every=7) as network:
        server.heal()
        given = make_settings(
            settings.database_url,
            smtp_host="127.0.0.1",
            smtp_port=network.port,
            smtp_timeout_seconds=0.5 if trouble == Trouble.BLACK_HOLE else 20,
        )
        work(app, given, rounds=2)
        done = addresses(OutgoingEmail.id > 0) - addresses(still_waiting())
        assert done <= server.copies.keys()
        network.heal()
        work(app, given, rounds=3)
    assert addresses(still_waiting()) == set()
    assert len(server.copies) == EMAILS
