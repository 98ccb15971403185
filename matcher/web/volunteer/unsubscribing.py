"""Fewer emails, or none: the link at the foot of invitations, and mail programs' own button."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_wtf.csrf import CSRFError

from matcher.actions.network.greeting import be_findable
from matcher.actions.volunteer.volunteering import leave, pause
from matcher.lifecycle.refusals import IllegalMove
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.links import Link
from matcher.records.pages.hellos import read_own
from matcher.records.pages.volunteer import read_standing
from matcher.web.context import occasion
from matcher.web.forms.answer import STOP, UnsubscribeForm
from matcher.web.forms.base import Form
from matcher.web.forms.volunteer import UNTIL_BACK
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to

blueprint = Blueprint("unsubscribing", __name__)

#: What a mail program's button sends, and nothing else (RFC 8058, section 3.1).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@blueprint.get("/t/unsubscribe/<token>")
@open_to("link")
def show(token: str) -> Page:
    """Show who is asked nothing any more, and what the choices do."""
    return _show(_form(), open_link(Purpose.UNSUBSCRIBE, token), token)


def _form() -> UnsubscribeForm:
    form = UnsubscribeForm()
    form.until.earliest = occasion(Actor.VOLUNTEER).today + timedelta(days=1)
    return form


def _until_back() -> UnsubscribeForm:
    return UnsubscribeForm(formdata=None, data={"how_long": UNTIL_BACK}, meta={"csrf": False})


def _show(form: UnsubscribeForm, link: Link, token: str) -> Page:
    standing = read_standing(db.session(), link.volunteer_id or 0)
    return show_form("volunteer/unsubscribe.html", form, standing=standing, token=token)


@blueprint.post("/t/unsubscribe/<token>")
@limiter.limit(FORMS)
@open_to("link")
def unsubscribe(token: str) -> Page:
    """Pause or stop. A mail program's single press pauses until the volunteer is back."""
    link = open_link(Purpose.UNSUBSCRIBE, token)
    if ONE_CLICK in request.form.items():
        _act(_until_back(), link)
        return done(token)
    form = _form()
    if not form.validate():
        _refuse_forged(form)
        return _show(form, link, token)
    _act(form, link)
    return redirect(url_for(".done", token=token), 303)


def _refuse_forged(form: Form) -> None:
    if "csrf_token" in form.errors:
        raise CSRFError("sent from elsewhere, or too late")


def _act(form: UnsubscribeForm, link: Link) -> None:
    """Pause or leave; who is asked nothing anyway stays as they are."""
    volunteer_id, acting = link.volunteer_id or 0, occasion(Actor.VOLUNTEER, link.volunteer_id)
    try:
        if form.how_long.data == STOP:
            leave(volunteer_id, acting)
        else:
            pause(volunteer_id, form.chosen_until, acting)
    except IllegalMove:
        db.session.rollback()


@blueprint.get("/t/unsubscribe/<token>/done")
@open_to("link")
def done(token: str) -> str:
    """Say how it stands now."""
    link = open_link(Purpose.UNSUBSCRIBE, token)
    standing = read_standing(db.session(), link.volunteer_id or 0)
    return render_template("volunteer/unsubscribed.html", standing=standing, token=token)


@blueprint.get("/t/stop_hellos/<token>")
@open_to("link")
def show_hellos(token: str) -> str:
    """Say whom others can find, and what the press does."""
    link = open_link(Purpose.STOP_HELLOS, token)
    own = read_own(db.session(), link.volunteer_id or 0)
    return render_template("peers/stop.html", own=own, token=token)


@blueprint.post("/t/stop_hellos/<token>")
@limiter.limit(FORMS)
@open_to("link")
def stop_hellos(token: str) -> Page:
    """Let nobody find somebody any more: one press, on the page or in a mail program."""
    link = open_link(Purpose.STOP_HELLOS, token)
    one_click = ONE_CLICK in request.form.items()
    form = Form(meta={"csrf": False}) if one_click else Form()
    if not form.validate():
        _refuse_forged(form)
    acting = occasion(Actor.VOLUNTEER, link.volunteer_id)
    be_findable(link.volunteer_id or 0, False, acting)
    return show_hellos(token) if one_click else redirect(url_for(".show_hellos", token=token), 303)


@blueprint.record_once
def _exempt(state: BlueprintSetupState) -> None:
    """Let mail programs post without a token; the pages' own forms are checked all the same."""
    for view in (unsubscribe, stop_hellos):
        state.app.extensions["csrf"].exempt(view)
