"""Real routers behind the estimator: better minutes for the few journeys that are shown.

A ``Router`` is asked only through ``CodeRouter``, which knows outward codes: no home is ever sent,
answers are kept by pair of codes, and when a router is late or wrong the estimator answers.
"""

import json
import math
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from typing import Protocol

from matcher.places.place import Point
from matcher.places.travel import Estimator, Mode

TIMEOUT_SECONDS = 2.0
LONGEST_ANSWER_BYTES = 1_000_000
MOST_DESTINATIONS = 100
REQUESTS_AT_ONCE = 4
MOST_REMEMBERED_PAIRS = 100_000


class RouterError(Exception):
    """A router was late, could not be reached, or did not answer as its protocol says."""


class Router(Protocol):
    """Minutes from one point to some others."""

    def minutes(self, origin: Point, destinations: Sequence[Point]) -> list[float | None]:
        """Return minutes or None (no way) for each destination; raise RouterError."""
        ...


class EstimatingRouter:
    """The estimator as a router; it never fails."""

    def __init__(self, estimator: Estimator, mode: Mode) -> None:
        self._estimator = estimator
        self._mode = mode

    def minutes(self, origin: Point, destinations: Sequence[Point]) -> list[float | None]:
        """Return the estimates."""
        found = self._estimator.reach_points(origin, destinations).minutes(self._mode)
        return [None if math.isnan(value) else float(value) for value in found]


class OsrmRouter:
    """Driving minutes from a server of the Open Source Routing Machine, by its table service.

    https://project-osrm.org/docs/v5.24.0/api/#table-service
    """

    def __init__(self, address: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        """``address`` is the server's, as "http://localhost:5000"; ValueError if it is none."""
        if not address.startswith(("http://", "https://")):
            raise ValueError(f"The address of a router begins with http:// or https://: {address}")
        self._address = address.rstrip("/")
        self._timeout_seconds = timeout_seconds
        self._threads = ThreadPoolExecutor(REQUESTS_AT_ONCE, thread_name_prefix="router")

    def minutes(self, origin: Point, destinations: Sequence[Point]) -> list[float | None]:
        """Return driving minutes; RouterError if there is no good answer within the timeout."""
        if not destinations:
            return []
        if len(destinations) > MOST_DESTINATIONS:
            raise RouterError(f"At most {MOST_DESTINATIONS} destinations can be asked about.")
        asked = self._threads.submit(self._fetch, _table_path(origin, destinations))
        try:
            body = asked.result(self._timeout_seconds)
        except (OSError, HTTPException) as error:  # TimeoutError and URLError are OSErrors
            asked.cancel()
            raise RouterError(f"The router did not answer: {error!r}") from error
        return _read_table(body, len(destinations))

    def _fetch(self, path: str) -> bytes:
        request = urllib.request.Request(  # noqa: S310 the scheme was checked above
            f"{self._address}{path}", headers={"Accept": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_seconds) as answer:  # noqa: S310
                body: bytes = answer.read(LONGEST_ANSWER_BYTES + 1)
        except urllib.error.HTTPError as error:
            error.close()  # it holds the connection open
            raise
        return body


@dataclass(frozen=True, slots=True)
class Times:
    """Minutes by outward code, None where there is no way.

    ``fault`` says why the fallback answered for the router; empty where it did not have to.
    """

    minutes: Mapping[str, float | None]
    fault: str = ""


class CodeRouter:
    """Asks a router about outward codes, remembers its answers, and falls back on another."""

    def __init__(self, router: Router, fallback: Router, points: Mapping[str, Point]) -> None:
        """``points`` are where the outward codes lie; nothing finer is ever asked about."""
        self._router = router
        self._fallback = fallback
        self._points = points
        self._answers: dict[tuple[str, str], float | None] = {}

    def times(self, origin: str, destinations: Iterable[str]) -> Times:
        """Return the minutes from one outward code to others; KeyError for an unknown one."""
        wanted = list(dict.fromkeys(destinations))
        known = {
            code: self._answers[origin, code] for code in wanted if (origin, code) in self._answers
        }
        unknown = [code for code in wanted if code not in known]
        found = self._ask(origin, unknown) if unknown else Times({})
        return Times({**known, **found.minutes}, found.fault)

    def _ask(self, origin: str, destinations: Sequence[str]) -> Times:
        """Return the router's answers and remember them; the fallback's are not remembered."""
        start, ends = self._points[origin], [self._points[code] for code in destinations]
        try:
            found = dict(zip(destinations, self._router.minutes(start, ends), strict=True))
        except RouterError as error:
            estimates = self._fallback.minutes(start, ends)
            return Times(dict(zip(destinations, estimates, strict=True)), str(error))
        if len(self._answers) > MOST_REMEMBERED_PAIRS:
            self._answers.clear()
        self._answers.update({(origin, code): minutes for code, minutes in found.items()})
        return Times(found)


def _table_path(origin: Point, destinations: Sequence[Point]) -> str:
    """Return the path of a table request: longitude first, from the first place to the others."""
    places = ";".join(
        f"{longitude:.5f},{latitude:.5f}" for latitude, longitude in (origin, *destinations)
    )
    wanted = ";".join(str(number + 1) for number in range(len(destinations)))
    return f"/table/v1/driving/{places}?sources=0&destinations={wanted}&annotations=duration"


def _read_table(body: bytes, expected: int) -> list[float | None]:
    """Return minutes from an answer {"code": "Ok", "durations": [[seconds or null, …]]}."""
    try:
        answer = json.loads(body)
        seconds = answer["durations"][0] if answer["code"] == "Ok" else None
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise RouterError("The router's answer cannot be read.") from error
    if not isinstance(seconds, list) or len(seconds) != expected:
        raise RouterError("The router's answer does not fit the question.")
    return [_minutes(value) for value in seconds]


def _minutes(seconds: object) -> float | None:
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise RouterError(f"The router answered with {seconds!r} for a time.")
    if not (math.isfinite(seconds) and seconds >= 0):
        raise RouterError(f"The router answered with {seconds!r} seconds.")
    return seconds / 60
