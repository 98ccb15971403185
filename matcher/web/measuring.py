"""Counts requests and how long they took, by route and status, for ``matcher metrics``.

Routes are templates such as /t/<purpose>/<token>: no address that works is ever kept.
"""

import time

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram

UNKNOWN = "unknown"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("matcher_requests", "Answered requests.", ("method", "route", "status"))
DURATIONS = Histogram(
    "matcher_request_seconds", "How long answers took.", ("route",), buckets=SECONDS
)


def measure_requests(app: Flask) -> None:
    """Register the counting with an application."""
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.began = time.perf_counter()


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else UNKNOWN
    method = request.method if request.url_rule else UNKNOWN  # strangers may make methods up
    REQUESTS.labels(method, route, response.status_code).inc()
    if "began" in g:
        DURATIONS.labels(route).observe(time.perf_counter() - g.began)
    return response
