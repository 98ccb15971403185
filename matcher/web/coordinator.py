"""The coordinators' desk: signing in, what needs them next, and the emails."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.sending import try_again
from matcher.actions.signing_in import send_sign_in_link, sign_in_coordinator
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.coordinator_lists import list_emails
from matcher.records.coordinators import read_coordinator_name
from matcher.records.database import db
from matcher.records.desk import read_dashboard
from matcher.web.context import network, occasion
from matcher.web.forms.coordinator import CoordinatorSignInForm, PressForm
from matcher.web.limits import SIGN_IN, limiter
from matcher.web.opening import open_link
from matcher.web.signed_in import coordinators_only, open_to, signed_in_occasion, start_session
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator", __name__)


@blueprint.route("/coordinator/sign-in", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"])
@open_to("anybody")
def sign_in() -> str | Response | tuple[str, int]:
    """Ask for an address and send a link there, if it is a coordinator's."""
    form = CoordinatorSignInForm()
    if form.validate_on_submit():
        send_sign_in_link(form.email.data, network(), occasion(Actor.COORDINATOR))
        return redirect(url_for(".link_sent"), 303)
    return render_template("coordinator/sign_in.html", form=form), form.status


@blueprint.get("/coordinator/sign-in/sent")
@open_to("anybody")
def link_sent() -> str:
    """Ask to look for the email; the same page for every address."""
    return render_template("coordinator/sign_in_sent.html")


@blueprint.get("/t/sign_in_coordinator/<token>")
@open_to("link")
def show_sign_in(token: str) -> str:
    """Show whose link it is; looking does not use it up."""
    link = open_link(Purpose.SIGN_IN_COORDINATOR, token)
    name = read_coordinator_name(db.session(), link.coordinator_id or 0)
    return render_template("coordinator/sign_in_press.html", form=PressForm(), name=name)


@blueprint.post("/t/sign_in_coordinator/<token>")
@open_to("link")
def use_sign_in(token: str) -> str | Response:
    """Sign the coordinator in; the link is good once."""
    link = open_link(Purpose.SIGN_IN_COORDINATOR, token)
    if not PressForm().validate_on_submit():
        return show_sign_in(token)
    acting = occasion(Actor.COORDINATOR, link.coordinator_id)
    start_session(Actor.COORDINATOR, sign_in_coordinator(link.id, acting))
    return redirect(url_for(".dashboard"), 303)


@blueprint.get("/coordinator")
@coordinators_only
def dashboard() -> str:
    """Show what needs a person next, the queues, and what runs by itself."""
    acting = signed_in_occasion()
    desk = read_dashboard(db.session(), acting.now)
    return render_template("coordinator/dashboard.html", desk=desk, today=acting.today)


@blueprint.get("/coordinator/emails")
@coordinators_only
def emails() -> str:
    """List the emails with what became of each."""
    fate = request.args.get("fate", "")
    number = request.args.get("page", 1, type=int)
    page = list_emails(db.session(), fate=fate, number=number)
    return render_template("coordinator/emails.html", page=page, fate=fate)


@blueprint.post("/coordinator/emails/<int:email_id>/again")
@coordinators_only
def send_again(email_id: int) -> Response:
    """Let an email that was given up go again."""
    try_again(email_id, signed_in_occasion())
    flash(_("The email will be tried again within a minute."), "success")
    return redirect(url_for(".emails", fate="waiting"), 303)
