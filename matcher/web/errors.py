"""Every refusal and every fault becomes a page here, and nowhere else."""

from flask import Flask, Response, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from matcher.lifecycle.refusals import (
    IllegalMove,
    LinkExpired,
    LinkRefused,
    LinkRevoked,
    LinkUsed,
    MovedOn,
    NotAllowed,
    NotFound,
    Refused,
)
from matcher.web.api.problems import Problem, answer_problem, answer_status, for_programs

#: Which page and status each refusal gets; the nearest class up the tree counts.
PAGES: dict[type[Refused], tuple[str, int]] = {
    LinkUsed: ("errors/link_used.html", 410),
    LinkExpired: ("errors/link_expired.html", 410),
    LinkRevoked: ("errors/link_replaced.html", 410),
    LinkRefused: ("errors/link_unknown.html", 404),
    NotFound: ("errors/404.html", 404),
    NotAllowed: ("errors/not_allowed.html", 409),
    IllegalMove: ("errors/not_possible.html", 409),
    MovedOn: ("errors/not_possible.html", 409),
    Refused: ("errors/not_possible.html", 409),
}
OWN_PAGES = frozenset({403, 404, 405, 413, 429, 500, 503})
RETRY_SECONDS = "30"


def register_errors(app: Flask) -> None:
    """Register the pages with an application."""
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(CSRFError, show_stale_form)
    app.register_error_handler(OperationalError, show_busy)
    app.register_error_handler(SecurityError, show_stranger)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(500, show_fault)


def show_refusal(refusal: Refused) -> Response:
    """Show why something may not be done and what to do next."""
    known = next(PAGES[kind] for kind in type(refusal).__mro__ if kind in PAGES)
    return make_response(render_template(known[0], refusal=refusal), known[1])


def show_stale_form(_error: CSRFError) -> Response:
    """A form that was open too long: going back keeps what was typed."""
    return make_response(render_template("errors/400.html"), 400)


def show_busy(_error: OperationalError) -> Response:
    """The database is away, locked or full: nothing was changed, and it will be back."""
    if for_programs():
        response = answer_status(503)
    else:
        response = make_response(render_template("errors/503.html"), 503)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def show_stranger(_error: SecurityError) -> Response:
    """Answer a request that named another host; no page can be built, for links need a host."""
    return make_response("This address is not served here.\n", 400, {"Content-Type": "text/plain"})


def show_http_error(error: HTTPException) -> Response:
    """Show the status's own page, or the general one for a request nobody can read."""
    if error.response is not None:
        return make_response(error.response)
    code = error.code or 500
    if for_programs():
        response = answer_status(code)
    else:
        page = f"errors/{code}.html" if code in OWN_PAGES else "errors/400.html"
        response = make_response(render_template(page), code)
    kept = [each for each in error.get_headers() if each[0] in {"Allow", "Retry-After"}]
    response.headers.extend(kept)
    return response


def show_fault(_error: Exception) -> Response:
    """Something broke: it is in the log, and nothing was changed."""
    if for_programs():
        return answer_status(500)
    return make_response(render_template("errors/500.html"), 500)
