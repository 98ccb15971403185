"""What monitors read: nobody without the token, no address that works, and the right numbers."""

import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from matcher.app import create_app
from matcher.operating.metrics import make_registry, make_server
from matcher.records.database import writing
from matcher.records.pages.measures import read_measures
from matcher.records.workers import WorkerSign
from matcher.web.measuring import DURATIONS, REQUESTS, measure_requests
from tests.conftest import make_settings

TOKEN = "t" * 32


@pytest.fixture
def address(app, settings):
    given = make_settings(settings.database_url, metrics_token=TOKEN)
    with make_server(app, given, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/metrics"
        server.shutdown()
        thread.join()


def ask(address, token=TOKEN):
    request = urllib.request.Request(  # noqa: S310  our own
        address, headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return answer.read().decode()


def samples(text):
    found = [each for family in text_string_to_metric_families(text) for each in family.samples]
    return {(each.name, *each.labels.values()): each.value for each in found}


def test_the_outbox_and_the_open_requests_are_told(cast, address):
    cast.request()
    cast.request(confirmed=False)
    told = samples(ask(address))
    assert told["matcher_open_requests", "in_review"] == 1
    assert told["matcher_open_requests", "unconfirmed"] == 1
    assert told["matcher_emails_waiting",] >= 2
    assert told["matcher_database_up",] == 1


@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_nobody_is_answered_without_the_token(address, token):
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(address, token)
    assert refused.value.code == 401
    refused.value.close()


def test_a_database_that_is_away_is_told():
    away = create_app(make_settings("sqlite:////nowhere/at/all.sqlite"))
    told = samples(generate_latest(make_registry(away, None)).decode())
    assert told == {("matcher_database_up",): 0}


def test_ages_are_told_in_seconds(cast):
    now = datetime.now(UTC)
    with writing() as session:
        session.add(WorkerSign(name="one", seen_at=now - timedelta(seconds=90)))
        assert read_measures(session, now).tick_seconds == 90


def test_requests_are_counted_by_route_and_never_by_address(app, client):
    measure_requests(app)
    client.get("/t/status/ab12.cd34")
    client.get("/nothing/ab12")
    kept = [each.labels for metric in (REQUESTS, DURATIONS) for each in _samples(metric)]
    assert {"method": "unknown", "route": "unknown", "status": "404"} in kept
    assert "ab12" not in str(kept)


def _samples(metric):
    return [sample for family in metric.collect() for sample in family.samples]
