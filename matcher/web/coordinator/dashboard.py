"""The coordinators' desk: signing in, what needs them next, and the emails."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.refused import set_aside, try_again
from matcher.actions.coordinator.signing_in import send_sign_in_link, sign_in_coordinator
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.working_days import LONDON
from matcher.mail.links import Purpose
from matcher.records.coordinators import read_coordinator_name
from matcher.records.database import db
from matcher.records.pages.advice import count_waiting
from matcher.records.pages.coordinator_emails import Fate, list_emails
from matcher.records.pages.desk import read_dashboard
from matcher.records.pages.queues import OF_VOLUNTEERS
from matcher.web.areas import within_areas
from matcher.web.context import network, occasion, settings
from matcher.web.coordinator.views import opening_address
from matcher.web.forms.base import Form
from matcher.web.forms.coordinator import CoordinatorSignInForm
from matcher.web.limits import SIGN_IN, limiter
from matcher.web.listing import page_number
from matcher.web.opening import open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import (
    coordinators_only,
    open_to,
    readers_too,
    signed_in_occasion,
    start_session,
)
from matcher.web.words import gettext as _
from matcher.web.words import ngettext

blueprint = Blueprint("coordinator", __name__)


@blueprint.app_template_filter("age_words")
def age_words(since: datetime, now: datetime) -> str:
    """Return how long something has waited, in whole days of the calendar in London."""
    days = (now.astimezone(LONDON).date() - since.astimezone(LONDON).date()).days
    if days <= 0:
        return _("since today")
    if days == 1:
        return _("since yesterday")
    return ngettext("for %(num)s day", "for %(num)s days", days)


@blueprint.route("/coordinator/sign-in", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"])
@open_to("anybody")
def sign_in() -> Page:
    """Ask for an address and send a link there, if it is a coordinator's."""
    form, given = CoordinatorSignInForm(), settings()
    links = given.sign_in_links or not given.openid_issuer
    if links and form.validate_on_submit():
        send_sign_in_link(form.email.data, network(), occasion(Actor.COORDINATOR))
        return redirect(url_for(".link_sent"), 303)
    openid = bool(given.openid_issuer)
    return show_form("coordinator/sign_in.html", form, openid=openid, links=links)


@blueprint.get("/coordinator/sign-in/sent")
@open_to("anybody")
def link_sent() -> str:
    """Ask to look for the email; the same page for every address."""
    return render_template("coordinator/sign_in_sent.html")


@blueprint.route("/t/sign_in_coordinator/<token>", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"])
@open_to("link")
def use_sign_in_link(token: str) -> Page:
    """Show whose link it is; the press signs them in, once."""
    return _sign_in_by(Purpose.SIGN_IN_COORDINATOR, token)


@blueprint.route("/t/coordinator_invited/<token>", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"])
@open_to("link")
def use_invitation(token: str) -> Page:
    """Show who is invited; the press signs them in, once."""
    return _sign_in_by(Purpose.COORDINATOR_INVITED, token)


def _sign_in_by(purpose: Purpose, token: str) -> Page:
    link, form = open_link(purpose, token), Form()
    if form.validate_on_submit():
        acting = occasion(Actor.COORDINATOR, link.coordinator_id)
        start_session(Actor.COORDINATOR, sign_in_coordinator(link.id, acting))
        return redirect(opening_address(acting.actor_id or 0), 303)
    name = read_coordinator_name(db.session(), link.coordinator_id or 0)
    return show_form("coordinator/sign_in_press.html", form, name=name)


@blueprint.get("/coordinator/more")
@readers_too
@within_areas
def more() -> str:
    """Show the pages that are needed less often."""
    return render_template("coordinator/more.html")


@blueprint.get("/coordinator")
@readers_too
@within_areas
def dashboard() -> str:
    """Show what needs a person next, the queues, and what runs by itself."""
    now = signed_in_occasion().now
    desk = read_dashboard(db.session(), now)
    advice_waiting = count_waiting(db.session())
    shown = {"desk": desk, "now": now, "advice_waiting": advice_waiting}
    return render_template("coordinator/dashboard.html", **shown, of_volunteers=OF_VOLUNTEERS)


@blueprint.get("/coordinator/emails")
@coordinators_only
@within_areas
def emails() -> str:
    """List the emails with what became of each."""
    fate = request.args.get("fate", "")
    page = list_emails(db.session(), fate=fate, number=page_number())
    return render_template("coordinator/emails.html", page=page, fate=fate, fates=list(Fate))


@blueprint.post("/coordinator/emails/<int:email_id>/again")
@coordinators_only
@within_areas
def send_again(email_id: int) -> Response:
    """Let an email that was given up go again."""
    try_again(email_id, signed_in_occasion())
    flash(_("The email will be tried again within a minute."), "success")
    return redirect(url_for(".emails", fate=Fate.REFUSED), 303)


@blueprint.post("/coordinator/emails/<int:email_id>/set-aside")
@coordinators_only
@within_areas
def set_email_aside(email_id: int) -> Response:
    """Take an email that was given up out of the queue."""
    set_aside(email_id, signed_in_occasion())
    flash(_("The email is set aside."), "success")
    return redirect(url_for(".emails", fate=Fate.REFUSED), 303)
