"""Real routers are asked by outward code only, and replaced by the estimator when they fail."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from matcher.places.routers import CodeRouter, EstimatingRouter, OsrmRouter, RouterError, Times

POINTS = {"RG14": (51.4, -1.32), "WS1": (52.58, -1.98), "ZE1": (60.15, -1.15)}


class StandIn:
    """A server on this machine that speaks the table protocol; ``answer`` makes its replies."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.status = 200
        self.answer: Callable[[int], bytes] = lambda count: json.dumps(
            {"code": "Ok", "durations": [[600.0 * (place + 1) for place in range(count)]]}
        ).encode()
        self.release = threading.Event()
        self.release.set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.paths.append(self.path)
                outer.release.wait(10)
                body = outer.answer(self.path.split("?")[0].count(";"))
                self.send_response(outer.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def server() -> Iterator[StandIn]:
    stand_in = StandIn()
    yield stand_in
    stand_in.release.set()
    stand_in.server.shutdown()
    stand_in.server.server_close()


def test_a_table_is_asked_for_and_read(server):
    router = OsrmRouter(server.address)

    assert router.minutes(POINTS["RG14"], [POINTS["WS1"], POINTS["ZE1"]]) == [10.0, 20.0]
    assert server.paths == [
        "/table/v1/driving/-1.32000,51.40000;-1.98000,52.58000;-1.15000,60.15000"
        "?sources=0&destinations=1;2&annotations=duration"
    ]


def test_no_way_is_none(server):
    server.answer = lambda _count: b'{"code": "Ok", "durations": [[null]]}'

    assert OsrmRouter(server.address).minutes(POINTS["RG14"], [POINTS["ZE1"]]) == [None]


def test_nothing_is_asked_about_no_destinations(server):
    assert OsrmRouter(server.address).minutes(POINTS["RG14"], []) == []
    assert server.paths == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>busy</html>",
        b"[]",
        b'{"code": "NoTable"}',
        b'{"code": "InvalidQuery", "durations": [[1]]}',
        b'{"code": "Ok"}',
        b'{"code": "Ok", "durations": []}',
        b'{"code": "Ok", "durations": [[1, 2]]}',
        b'{"code": "Ok", "durations": [["soon"]]}',
        b'{"code": "Ok", "durations": [[-5]]}',
        b'{"code": "Ok", "durations": [[NaN]]}',
        b'{"code": "Ok", "durations": [[true]]}',
        b"\xff\xfe",
    ],
)
def test_a_wrong_answer_is_an_error(server, body):
    server.answer = lambda _count: body

    with pytest.raises(RouterError):
        OsrmRouter(server.address).minutes(POINTS["RG14"], [POINTS["WS1"]])


def test_a_refusal_is_an_error(server):
    server.status = 500

    with pytest.raises(RouterError):
        OsrmRouter(server.address).minutes(POINTS["RG14"], [POINTS["WS1"]])


def test_a_late_answer_is_an_error(server):
    server.release.clear()

    with pytest.raises(RouterError):
        OsrmRouter(server.address, timeout_seconds=0.05).minutes(POINTS["RG14"], [POINTS["WS1"]])


def test_a_server_that_is_not_there_is_an_error(server):
    server.server.shutdown()
    server.server.server_close()

    with pytest.raises(RouterError):
        OsrmRouter(server.address).minutes(POINTS["RG14"], [POINTS["WS1"]])


def test_only_web_addresses_are_taken():
    with pytest.raises(ValueError, match="http"):
        OsrmRouter("file:///etc/passwd")


@pytest.fixture
def by_code(server, estimator):
    fallback = EstimatingRouter(estimator, "car")
    return CodeRouter(OsrmRouter(server.address, timeout_seconds=1), fallback, POINTS)


def test_a_pair_of_outward_codes_is_asked_about_once(server, by_code):
    by_code.times("RG14", ["WS1"])

    assert by_code.times("RG14", ["WS1", "ZE1", "WS1"]).minutes == {"WS1": 10.0, "ZE1": 10.0}
    assert len(server.paths) == 2


def test_the_estimator_answers_for_a_router_that_fails(server, by_code, estimator):
    server.status = 503

    found = by_code.times("RG14", ["WS1"])

    estimates = EstimatingRouter(estimator, "car").minutes(POINTS["RG14"], [POINTS["WS1"]])
    assert list(found.minutes.values()) == estimates
    assert "did not answer" in found.fault


def test_an_estimate_is_not_remembered_in_place_of_an_answer(server, by_code):
    server.status = 503
    by_code.times("RG14", ["WS1"])
    server.status = 200

    assert by_code.times("RG14", ["WS1"]) == Times({"WS1": 10.0})


def test_an_unknown_outward_code_is_an_error(by_code):
    with pytest.raises(KeyError):
        by_code.times("RG14", ["ZZ99"])
