"""Refusals as other programs read them: problem details (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, json, request

#: Whoever asks for these is a program.
PROGRAMS = "/api/"
DETAILS: Mapping[int, str] = {
    400: "The request cannot be read.",
    404: "There is nothing at this address. See /api/v1/openapi.json.",
    405: "Everything here is only read, by GET.",
    429: "There were too many requests. Go on later.",
    500: "Something broke on our side. Nothing was changed.",
    503: "The service is busy. Try again in half a minute.",
}


class Problem(Exception):  # noqa: N818  named as RFC 9457 does
    """What is refused to a program: the status, what would mend it, and headers."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}


def for_programs() -> bool:
    """Return whether a program asks, so that a page would be of no use."""
    return request.path.startswith(PROGRAMS)


def answer_problem(problem: Problem) -> Response:
    """Return a refusal as a program reads it."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    answer = Response(json.dumps(told), problem.status, mimetype="application/problem+json")
    answer.headers.update(problem.headers)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def answer_status(status: int) -> Response:
    """Return the refusal of a status that says nothing more."""
    return answer_problem(Problem(status, DETAILS.get(status, HTTPStatus(status).phrase)))
