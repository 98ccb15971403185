"""Driving times of those who are proposed come from the router, when there is one."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from matcher.actions.clock.upkeep import refit
from matcher.actions.proposals.driving import Drives
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.proposing import propose
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.pages.journeys import read_journey
from matcher.records.pairings import Pairing


class OsrmStandIn(BaseHTTPRequestHandler):
    """Answers every table request with one hour and ten minutes."""

    def do_GET(self) -> None:
        wanted = self.path.split("?")[0].count(";")
        body = json.dumps({"code": "Ok", "durations": [[4200.0] * wanted]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def router() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), OsrmStandIn)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def propose_by(cast, drives):
    request_id = cast.request()
    cast.volunteer(car_minutes=150)
    refit(cast.acting(Actor.CLOCK))
    propose(LiveIndex(drives=drives), request_id, cast.acting(Actor.CLOCK))
    return db.session.scalars(select(Pairing)).one()


def test_the_routers_time_is_shown(app, cast, router):
    kept = propose_by(cast, Drives.at(f"http://127.0.0.1:{router.server_port}", 5))
    journey = read_journey(kept)
    assert (journey.car_minutes, journey.driving_from) == (75, "router")


def test_an_estimate_is_shown_and_said_where_the_router_is_down(app, cast, router):
    router.shutdown()
    router.server_close()
    kept = propose_by(cast, Drives.at(f"http://127.0.0.1:{router.server_port}", 0.5))
    journey = read_journey(kept)
    assert (journey.car_minutes, journey.driving_from) == (120, "estimate")


def test_without_an_address_there_is_no_router(app, cast):
    assert Drives.at("", 2) is None
    assert read_journey(propose_by(cast, None)).driving_from == ""
