"""Pages for everybody: the start page, and what the service says of itself."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.organisations import list_organisations
from matcher.records.privacy_notice import PRIVACY_NOTICE
from matcher.web.context import occasion, settings
from matcher.web.signed_in import end_session, open_to
from matcher.web.static_files import static_url
from matcher.web.words import gettext

blueprint = Blueprint("public", __name__)

LIST_SECONDS = 3600
#: RFC 9116 wants less than a year.
SECURITY_TEXT_HOLDS = timedelta(days=180)


@blueprint.get("/")
@open_to("anybody")
def start() -> str:
    """Say what this is, in one screen."""
    return render_template("public/start.html", programme=occasion(Actor.CLOCK).settings)


@blueprint.get("/accessibility")
@open_to("anybody")
def accessibility() -> str:
    """Show the accessibility statement."""
    programme = occasion(Actor.CLOCK).settings
    return render_template("public/accessibility.html", programme=programme)


@blueprint.get("/privacy")
@open_to("anybody")
def privacy() -> str:
    """Show the privacy notice, with the programme's own names and periods."""
    programme = occasion(Actor.CLOCK).settings
    return render_template("public/privacy.html", programme=programme, version=PRIVACY_NOTICE)


@blueprint.get("/about-the-data")
@open_to("anybody")
def about_the_data() -> str:
    """Show where places and travel times come from."""
    return render_template("public/about_the_data.html")


@blueprint.get("/organisations.json")
@open_to("anybody")
def organisations() -> Response:
    """Return the organisations for suggestions: each a list, the name first."""
    known = list_organisations(db.session())
    names = [list(dict.fromkeys((each.name, each.short_name or each.name))) for each in known]
    answer = jsonify(names)
    answer.headers["Cache-Control"] = f"public, max-age={LIST_SECONDS}"
    return answer


@blueprint.post("/sign-out")
@open_to("anybody")
def sign_out() -> AnyResponse:
    """End every session of whoever is signed in, and leave nothing in this browser."""
    end_session()
    flash(gettext("You are signed out."))
    return redirect(url_for(".start"), 303)


@blueprint.get("/favicon.ico")
@open_to("anybody")
def favicon() -> AnyResponse:
    """Send browsers that look in the usual place to the icon."""
    return redirect(static_url("favicon.ico"))


@blueprint.get("/.well-known/security.txt")
@open_to("anybody")
def security() -> Response:
    """Say where a security hole is reported (RFC 9116), if the operator has said so."""
    contact = settings().security_contact
    if not contact:
        abort(404)
    ends = occasion(Actor.CLOCK).now.replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact}",
        f"Expires: {(ends + SECURITY_TEXT_HOLDS).isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {settings().base_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/robots.txt")
@open_to("anybody")
def robots() -> Response:
    """Let the public pages be found, and nothing that belongs to a person."""
    lines = ("User-agent: *", "Disallow: /t/", "Disallow: /coordinator", "Disallow: /volunteer")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
