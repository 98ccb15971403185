"""Pages: a volunteer's own, and the way into it."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from matcher.actions.volunteer.volunteering import leave, pause, resume, send_page_link, sign_in
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.volunteer import (
    LinkRef,
    read_past,
    read_standing,
    read_volunteer_page,
)
from matcher.web.context import network, occasion
from matcher.web.forms.base import Form
from matcher.web.forms.joining import SignInForm
from matcher.web.forms.volunteer import PauseForm
from matcher.web.limits import SIGN_IN, limiter
from matcher.web.opening import open_link, token_of
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import (
    forget_session,
    open_to,
    signed_in_id,
    signed_in_occasion,
    start_session,
    volunteers_only,
)
from matcher.web.words import gettext as _

blueprint = Blueprint("volunteer", __name__)


@blueprint.app_template_filter("answer_address")
def answer_address(link: LinkRef) -> str:
    """Return the way to an invitation, for its own volunteer."""
    return url_for("answers.show", token=token_of(link.id, link.key_id, Purpose.ANSWER))


@blueprint.get("/volunteer/join")
@open_to("anybody")
def join() -> Response:
    """Lead to the form with which volunteers join."""
    return redirect(url_for("joining.start"))


@blueprint.route("/volunteer/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@limiter.limit(SIGN_IN, methods=["POST"])
@open_to("anybody")
def sign_in_form() -> Page:
    """Ask for the address to which a sign-in link goes; who is signed in goes on to their page."""
    if current_user.is_authenticated and current_user.actor == Actor.VOLUNTEER:
        return redirect(url_for(".page"))
    form = SignInForm()
    if form.validate_on_submit():
        send_page_link(form.email.data, network(), occasion(Actor.VOLUNTEER))
        return redirect(url_for(".link_sent"), 303)
    return show_form("volunteer/sign_in.html", form)


@blueprint.get("/volunteer/sign-in/sent")
@open_to("anybody")
def link_sent() -> str:
    """Ask to look for the email; the same page whether or not the address is known."""
    return render_template("volunteer/sign_in_sent.html")


@blueprint.route("/t/sign_in_volunteer/<token>", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"])
@open_to("link")
def use_sign_in_link(token: str) -> Page:
    """Show who would be signed in; the press signs in, once."""
    link = open_link(Purpose.SIGN_IN_VOLUNTEER, token)
    form = Form()
    if form.validate_on_submit():
        volunteer_id = sign_in(link.id, occasion(Actor.VOLUNTEER, link.volunteer_id))
        start_session(Actor.VOLUNTEER, volunteer_id)
        return redirect(url_for(".page"), 303)
    standing = read_standing(db.session(), link.volunteer_id or 0)
    return show_form("volunteer/sign_in_press.html", form, standing=standing)


@blueprint.get("/volunteer")
@volunteers_only
def page() -> str:
    """Show the volunteer what they offer, what they are asked, and what is coming."""
    shown = read_volunteer_page(db.session(), signed_in_id(), signed_in_occasion().now)
    return render_template("volunteer/page.html", page=shown)


@blueprint.get("/volunteer/past")
@volunteers_only
def past() -> str:
    """Show what is over, a page at a time."""
    number = request.args.get("page", 1, type=int)
    shown = read_past(db.session(), signed_in_id(), number, signed_in_occasion().now)
    return render_template("volunteer/past.html", past=shown)


@blueprint.route("/volunteer/pause", methods=["GET", "POST"])
@volunteers_only
def pause_page() -> Page:
    """Pause until a date or until they come back; say first what that does to open asks."""
    form = PauseForm()
    form.until.earliest = signed_in_occasion().today + timedelta(days=1)
    if form.validate_on_submit():
        pause(signed_in_id(), form.chosen_until, signed_in_occasion())
        flash(_("Paused. We will not ask you for now."), "success")
        return redirect(url_for(".page"), 303)
    shown = read_volunteer_page(db.session(), signed_in_id(), signed_in_occasion().now)
    return show_form("volunteer/pause.html", form, page=shown)


@blueprint.post("/volunteer/back")
@volunteers_only
def back() -> Response:
    """End a pause or a rest."""
    resume(signed_in_id(), signed_in_occasion())
    flash(_("Welcome back. We may ask you again."), "success")
    return redirect(url_for(".page"), 303)


@blueprint.route("/volunteer/leave", methods=["GET", "POST"])
@volunteers_only
def leave_page() -> Page:
    """Say what leaving does; the press does it."""
    form = Form()
    if form.validate_on_submit():
        leave(signed_in_id(), signed_in_occasion())
        forget_session()
        return redirect(url_for(".left"), 303)
    shown = read_volunteer_page(db.session(), signed_in_id(), signed_in_occasion().now)
    return show_form("volunteer/leave.html", form, page=shown)


@blueprint.get("/volunteer/left")
@open_to("anybody")
def left() -> str:
    """Say goodbye."""
    return render_template("volunteer/left.html")
