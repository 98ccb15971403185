"""What a requester changes on the request's own page after sending, each on a page of its own."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.actions.requester.changing import (
    ask_help_by_video,
    ask_wider,
    change_dates,
    change_need,
    change_place,
    decide_alone,
    take_first_found,
)
from matcher.lifecycle.choices import OneAlone
from matcher.lifecycle.help_request import State
from matcher.lifecycle.tables import Actor
from matcher.records.pages.requester import RequestPage
from matcher.web.context import occasion
from matcher.web.forms.base import Form
from matcher.web.forms.requester import FLEXIBLE, ON_DATES, NeedForm, WhenForm, WhereForm
from matcher.web.forms.status import FewerForm
from matcher.web.limits import FORMS, limiter
from matcher.web.requester.status import own_request
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("changing", __name__)


def _back(token: str) -> Response:
    return redirect(url_for("status.show", token=token), 303)


@blueprint.route("/t/status/<token>/dates", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def dates(token: str) -> Page:
    """Take other dates; a request whose dates have passed begins again with them."""
    page = own_request(token)
    if page.ended and page.state != State.EXPIRED:
        return _over(page, token)
    form = WhenForm(data=_dates_of(page))
    if not form.validate_on_submit():
        return show_form("requester/change_dates.html", form, page=page, token=token)
    change_dates(page.request_id, form.dates(), form.note.data, occasion(Actor.REQUESTER))
    flash(_("Your dates are saved. Everybody concerned is told."), "success")
    return _back(token)


def _dates_of(page: RequestPage) -> dict[str, object]:
    if page.state == State.EXPIRED:
        return {"note": page.dates_note}
    days = dict(zip(("first", "second", "third"), page.dates, strict=False))
    when = ON_DATES if page.dates else FLEXIBLE
    return {"when": when, "note": page.dates_note, **days}


def _over(page: RequestPage, token: str) -> Page:
    return render_template("requester/over.html", page=page, token=token), 409


@blueprint.route("/t/status/<token>/place", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def place(token: str) -> Page:
    """Take another place; whoever was to come says yes again."""
    page = own_request(token)
    if page.ended:
        return _over(page, token)
    form = WhereForm()
    if not form.validate_on_submit():
        return show_form("requester/change_place.html", form, page=page, token=token)
    change_place(page.request_id, form.place.whereabouts, occasion(Actor.REQUESTER))
    flash(_("The place is saved. Everybody concerned is told."), "success")
    return _back(token)


@blueprint.route("/t/status/<token>/need", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def need(token: str) -> Page:
    """Take other words for what is needed; a large change has the match looked at again."""
    page = own_request(token)
    if page.ended:
        return _over(page, token)
    form = NeedForm(data={"need": page.need})
    if not form.validate_on_submit():
        return show_form("requester/change_need.html", form, page=page, token=token)
    change_need(page.request_id, form.need.data, occasion(Actor.REQUESTER))
    flash(_("Your words are saved. The match is looked at again."), "success")
    return _back(token)


@blueprint.route("/t/status/<token>/fewer", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def fewer(token: str) -> Page:
    """Ask whether those who are found may come without the others."""
    page = own_request(token)
    if page.ended:
        return _over(page, token)
    if not page.filled or page.filled == page.places:
        return _back(token)
    form = FewerForm()
    if not form.validate_on_submit():
        return show_form("requester/fewer.html", form, page=page, token=token)
    agreed = form.answer.data == OneAlone.AGREED
    decide_alone(page.request_id, agreed=agreed, occasion=occasion(Actor.REQUESTER))
    said = _("It goes ahead with those who are found.") if agreed else _("We go on looking.")
    flash(said, "success")
    return _back(token)


@blueprint.post("/t/status/<token>/video")
@limiter.limit(FORMS)
@open_to("link")
def video(token: str) -> Response:
    """Let a video call do; pressed twice, nothing more."""
    page = own_request(token)
    if Form().validate_on_submit():
        ask_help_by_video(page.request_id, occasion(Actor.REQUESTER))
        flash(_("We look again, with a video call in place of a visit."), "success")
    return _back(token)


@blueprint.post("/t/status/<token>/wider")
@limiter.limit(FORMS)
@open_to("link")
def wider(token: str) -> Response:
    """Ask a coordinator to ask people a little further away; pressed twice, nothing more."""
    page = own_request(token)
    if Form().validate_on_submit():
        ask_wider(page.request_id, occasion(Actor.REQUESTER))
        flash(_("A coordinator will ask people a little further away."), "success")
    return _back(token)


@blueprint.post("/t/status/<token>/first-found")
@limiter.limit(FORMS)
@open_to("link")
def first_found(token: str) -> Response:
    """Say yes in advance to whoever is found first, or take that back."""
    page = own_request(token)
    if Form().validate_on_submit():
        wished = not page.first_found
        take_first_found(page.request_id, wished=wished, occasion=occasion(Actor.REQUESTER))
        now = _("We introduce you to the first person who says yes, without asking you again.")
        flash(now if wished else _("We ask you before anybody comes."), "success")
    return _back(token)
