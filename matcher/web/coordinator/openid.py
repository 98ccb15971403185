"""Signing coordinators in by OpenID Connect, where the settings name a provider.

Authlib keeps state, nonce and PKCE. What comes back only says whose address was proved; the press
on the page after it signs in, and only an address that has access already.
"""

from typing import cast

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Blueprint, Flask, abort, current_app, redirect, render_template, session, url_for
from joserfc.errors import JoseError
from requests.exceptions import RequestException
from werkzeug.wrappers import Response

from matcher.actions.coordinator.signing_in import sign_in_by_address
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import find_coordinator
from matcher.records.database import db
from matcher.settings import Settings
from matcher.web.context import occasion, settings
from matcher.web.coordinator.views import opening_address
from matcher.web.forms.base import Form
from matcher.web.limits import SIGN_IN, limiter
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to, start_session

blueprint = Blueprint("openid", __name__)
log = structlog.get_logger("matcher.web")

PROVIDER = "provider"
PROVED = "openid_email"
TIMEOUT_SECONDS = 10
METADATA = "/.well-known/openid-configuration"
FAULTS = (AuthlibBaseError, JoseError, RequestException, ValueError)


def set_up_openid(app: Flask, given: Settings) -> None:
    """Tell an application of its provider, where the settings name one."""
    oauth = OAuth(app)
    if given.openid_issuer:
        oauth.register(
            PROVIDER,
            server_metadata_url=given.openid_issuer + METADATA,
            client_id=given.openid_client_id,
            client_secret=given.openid_client_secret.get_secret_value(),
            client_kwargs={
                "scope": "openid email",
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT_SECONDS,
            },
        )
    app.extensions["openid"] = oauth


def _provider() -> FlaskOAuth2App:
    provider = current_app.extensions["openid"].create_client(PROVIDER)
    if provider is None:
        abort(404)
    return cast(FlaskOAuth2App, provider)


@blueprint.get("/coordinator/sign-in/organisation")
@limiter.limit(SIGN_IN)
@open_to("anybody")
def begin() -> Page:
    """Send the browser to the provider. Nothing is written but the browser's own session."""
    back = settings().base_url + url_for(".back")
    try:
        return cast(Response, _provider().authorize_redirect(back))
    except FAULTS as fault:
        return _failed(fault)


@blueprint.get("/coordinator/sign-in/organisation/back")
@limiter.limit(SIGN_IN)
@open_to("anybody")
def back() -> Page:
    """Check what the provider says and remember whose address was proved."""
    session.pop(PROVED, None)
    try:
        told = _provider().authorize_access_token().get("userinfo") or {}
    except FAULTS as fault:
        return _failed(fault)
    if not told.get("email") or not _is_proved(told):
        return _failed(ValueError("the provider proved no address"))
    session[PROVED] = str(told["email"])
    return redirect(url_for(".enter"), 303)


def _is_proved(told: dict[str, object]) -> bool:
    return told.get("email_verified") is True or settings().openid_trusts_addresses


@blueprint.route("/coordinator/sign-in/organisation/enter", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"])
@open_to("anybody")
def enter() -> Page:
    """Show whose address was proved; the press signs them in, if they have access."""
    email = session.get(PROVED)
    if not email:
        return redirect(url_for("coordinator.sign_in"), 303)
    coordinator = find_coordinator(db.session(), email)
    if coordinator is None:
        return render_template("coordinator/openid_stranger.html", email=email), 403
    form, name = Form(), coordinator.name
    if form.validate_on_submit():
        session.pop(PROVED)
        start_session(Actor.COORDINATOR, sign_in_by_address(email, occasion(Actor.COORDINATOR)))
        return redirect(opening_address(coordinator.id), 303)
    return show_form("coordinator/sign_in_press.html", form, name=name)


def _failed(fault: Exception) -> tuple[str, int]:
    """Say that it did not work; what the provider said is for the log, never for the page."""
    log.warning("signing in by OpenID Connect failed", fault=type(fault).__name__)
    return render_template("coordinator/openid_failed.html"), 502
