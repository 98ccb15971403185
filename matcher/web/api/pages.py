"""What other programs read, at /api/v1: by a token, a page at a time, and nobody's name."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, Response, g, json, request

from matcher.actions.coordinator.api_tokens import REQUESTS_A_MINUTE, Admission, admit
from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.scopes import Scope
from matcher.records.api_rows import (
    PAIRINGS,
    REQUESTS,
    VISITS,
    Listing,
    find_one,
    read_part,
)
from matcher.records.database import db
from matcher.records.exports import count_states
from matcher.records.help_requests import REFERENCE_OFFSET
from matcher.records.programmes import get_settings
from matcher.records.sight import narrow
from matcher.web.api.description import MOST_AT_ONCE, USUAL_AT_ONCE, describe
from matcher.web.api.problems import Problem
from matcher.web.context import settings
from matcher.web.signed_in import open_to

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

HIGHEST = 2**31 - 1
BEARER = re.compile(r"Bearer +(\S{1,100})", re.IGNORECASE)
REFERENCE = re.compile(r"H-(\d{4,10})")

Given = ParamSpec("Given")


def reads(scope: Scope) -> Callable[[Callable[Given, Response]], Callable[Given, Response]]:
    """Return a decorator for what a token with this scope may read."""

    def decorate(view: Callable[Given, Response]) -> Callable[Given, Response]:
        @wraps(view)
        def run(*args: Given.args, **kwargs: Given.kwargs) -> Response:
            admission = _admitted()
            if scope not in admission.scopes:
                raise Problem(403, f"The token may not read {scope}. Make one that may.")
            narrow(db.session(), admission.person_id, admission.councils)
            return view(*args, **kwargs)

        return open_to("token")(run)

    return decorate


def _admitted() -> Admission:
    """Return what the token of this request may read. Raises Problem where there is none."""
    given = BEARER.fullmatch(request.headers.get("Authorization", ""))
    admission = admit(given[1], datetime.now(UTC)) if given else None
    if admission is None:
        raise Problem(
            401,
            "Send a token that works: Authorization: Bearer, a space, and the token.",
            {"WWW-Authenticate": 'Bearer realm="api"'},
        )
    g.admission = admission
    if admission.over:
        seconds = _seconds_left(admission)
        raise Problem(
            429,
            f"The token has {REQUESTS_A_MINUTE} requests a minute. Go on in {seconds} seconds.",
            {"Retry-After": str(seconds)},
        )
    return admission


def _seconds_left(admission: Admission) -> int:
    return max(1, round((admission.until - datetime.now(UTC)).total_seconds()))


@blueprint.after_request
def _say_what_is_left(answer: Response) -> Response:
    """Say how many requests the token has left, and keep the answer out of every cache."""
    answer.headers["Cache-Control"] = "no-store"
    admission = g.get("admission")
    if admission is not None:
        answer.headers["RateLimit-Limit"] = str(REQUESTS_A_MINUTE)
        answer.headers["RateLimit-Remaining"] = str(max(0, admission.left))
        answer.headers["RateLimit-Reset"] = str(_seconds_left(admission))
    return answer


@blueprint.get("/openapi.json")
@open_to("anybody")
def description() -> Response:
    """Describe all of this for programs."""
    session = db.session()
    name = get_settings(session).name
    return _answer(describe(settings().base_url, name))


@blueprint.get("/requests")
@reads(Scope.REQUESTS)
def requests() -> Response:
    """List requests."""
    return _list(REQUESTS, help_request.State)


@blueprint.get("/requests/<reference>")
@reads(Scope.REQUESTS)
def one_request(reference: str) -> Response:
    """Tell of one request."""
    found = REFERENCE.fullmatch(reference)
    number = int(found[1]) - REFERENCE_OFFSET if found else 0
    known = find_one(db.session(), REQUESTS, number) if 0 < number <= HIGHEST else None
    if known is None:
        raise Problem(404, "There is no such request.")
    return _answer(known)


@blueprint.get("/pairings")
@reads(Scope.PAIRINGS)
def pairings() -> Response:
    """List pairings."""
    return _list(PAIRINGS, pairing.State)


@blueprint.get("/visits")
@reads(Scope.VISITS)
def visits() -> Response:
    """List visits."""
    return _list(VISITS, visit.State)


@blueprint.get("/counts")
@reads(Scope.COUNTS)
def counts() -> Response:
    """Tell how many stand where."""
    return _answer(count_states(db.session()))


def _list(listing: Listing, states: type[StrEnum]) -> Response:
    state = request.args.get("state", "")
    if state and state not in set(states):
        raise Problem(400, f"state must be one of: {', '.join(states)}.")
    part = read_part(db.session(), listing, after=_after(), limit=_limit(), state=state)
    following = None if part.after is None else _cursor(part.after)
    return _answer({"items": part.items, "next": following})


def _limit() -> int:
    typed = request.args.get("limit", str(USUAL_AT_ONCE))
    if not re.fullmatch("[0-9]{1,3}", typed) or not 1 <= int(typed) <= MOST_AT_ONCE:
        raise Problem(400, f"limit must be a whole number from 1 to {MOST_AT_ONCE}.")
    return int(typed)


def _cursor(after: int) -> str:
    return base64.urlsafe_b64encode(f"after:{after}".encode()).decode().rstrip("=")


def _after() -> int:
    """Return the number after which to go on; 0 from the beginning."""
    typed = request.args.get("cursor", "")
    if not typed:
        return 0
    try:
        padded = typed + "=" * (-len(typed) % 4)
        words = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        words = ""
    found = re.fullmatch(r"after:([0-9]{1,10})", words)
    if found is None or int(found[1]) > HIGHEST:
        raise Problem(400, "cursor must be the `next` of a page before, as it was given.")
    return int(found[1])


def _answer(told: Mapping[str, object]) -> Response:
    words = json.dumps(told, default=_plain, ensure_ascii=False)
    return Response(words, mimetype="application/json")


def _plain(value: object) -> str:
    """Return days and moments in ISO form; moments in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an answer cannot hold a {type(value).__name__}")
