"""What is drawn for whom: links and buttons only where the page behind them may be used."""

from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException


def may_open(address: str) -> bool:
    """Return whether whoever is signed in may see the page at an address of ours."""
    return _may_use(address, "GET")


def may_press(address: str) -> bool:
    """Return whether whoever is signed in may send a form to an address of ours."""
    return _may_use(address, "POST")


def _may_use(address: str, method: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _values = adapter.match(urlsplit(address).path, method) if adapter else ("", {})
    except HTTPException:
        return True
    least = getattr(current_app.view_functions.get(endpoint), "least_role", None)
    return least is None or (current_user.is_authenticated and current_user.may(least))


def register_allowed(app: Flask) -> None:
    """Let templates ask before they draw."""
    app.jinja_env.globals["may_open"] = may_open
    app.jinja_env.globals["may_press"] = may_press
