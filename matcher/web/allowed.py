"""What is drawn for whom: links and buttons only where the page behind them may be used."""

from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from matcher.web.areas import is_within_areas
from matcher.web.forms.areas import area_words


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
    view = current_app.view_functions.get(endpoint)
    least = getattr(view, "least_role", None)
    if least is None:
        return True
    if not current_user.is_authenticated or not current_user.may(least):
        return False
    return current_user.sees_everything or is_within_areas(view)


def register_allowed(app: Flask) -> None:
    """Let templates ask before they draw."""
    app.jinja_env.globals["may_open"] = may_open
    app.jinja_env.globals["may_press"] = may_press
    app.jinja_env.globals["area_words"] = area_words
