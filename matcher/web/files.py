"""Files that come in and go out: views that take them, and answers that are them."""

from collections.abc import Callable, Iterable, Sequence
from typing import ParamSpec, TypeVar

from flask import Flask, Response, request, stream_with_context

from matcher.sheets.writing import write_rows

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def takes_files(most_bytes: int) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Return a decorator for views to which more may be sent than to others; the outermost one."""

    def decorate(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]  # read before each request
        return view

    return decorate


def allow_files(app: Flask) -> None:
    """Let those views take their files; registered before anything that reads a form."""

    @app.before_request
    def allow() -> None:
        view = app.view_functions.get(request.endpoint or "")
        most_bytes = getattr(view, "most_bytes", None)
        if most_bytes is not None:
            request.max_content_length = most_bytes


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return a CSV file that is sent while it is read."""
    pieces = write_rows(headings, rows)
    answer = Response(stream_with_context(pieces), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
