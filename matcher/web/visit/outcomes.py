"""What came of a visit: told with one press, and what may be said besides."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from matcher.actions.occasion import Occasion
from matcher.actions.visit.outcomes import (
    Told,
    add_words,
    tell_anew,
    tell_outcome,
    thank_manager,
)
from matcher.lifecycle.choices import MissedReason, Outcome
from matcher.lifecycle.tables import Actor
from matcher.records.pages.visits import VisitPage
from matcher.web.context import network
from matcher.web.forms.base import Form
from matcher.web.forms.visit import PRESSES, ManagerForm, MissedForm, WordsForm
from matcher.web.limits import FORMS, limiter
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.visit.page import acting, how_it_stands, own_visit, pressed
from matcher.web.words import gettext as _

blueprint = Blueprint("visit_outcomes", __name__)


@blueprint.post("/t/visit/<token>/outcome")
@limiter.limit(FORMS)
@open_to("link")
def tell(token: str) -> Response:
    """Take one press: it took place and helped, took place, was by video, or did not."""
    page = own_visit(token)
    now = acting(page)
    if not page.may_tell(now.today) or not Form().validate_on_submit():
        return how_it_stands(token)
    return _take(token, page, tell_outcome)


def _take(token: str, page: VisitPage, keep: Callable[[int, Told, Occasion], None]) -> Response:
    """Keep what was pressed and lead on."""
    if pressed() == "missed":
        return redirect(url_for(".missed", token=token), 303)
    if pressed() in PRESSES:
        outcome, helped = PRESSES[pressed()]
        keep(page.visit_id, Told(outcome, helped), acting(page))
        flash(_("Thank you for telling us."), "success")
        if helped and page.side == Actor.REQUESTER and not page.words:
            return redirect(url_for(".words", token=token), 303)
    return how_it_stands(token)


@blueprint.route("/t/visit/<token>/outcome/change", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def change(token: str) -> Page:
    """Let a side put right what it told by mistake."""
    page, form = own_visit(token), Form()
    if not page.may_tell_anew:
        return how_it_stands(token)
    if not form.validate_on_submit():
        return show_form("visit/outcome.html", form, page=page, token=token)
    return _take(token, page, tell_anew)


@blueprint.route("/t/visit/<token>/missed", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def missed(token: str) -> Page:
    """Ask why it did not take place, without blame, and record that it did not."""
    page = own_visit(token)
    now = acting(page)
    if not page.may_tell(now.today) and not page.may_tell_anew:
        return how_it_stands(token)
    form, keep = MissedForm(), tell_anew if page.may_tell_anew else tell_outcome
    if not form.validate_on_submit():
        return show_form("visit/missed.html", form, page=page, token=token)
    because = MissedReason(form.because.data)
    keep(page.visit_id, Told(Outcome.MISSED, because=because), now)
    flash(_("Thank you for telling us. A coordinator will be in touch."), "success")
    return how_it_stands(token)


@blueprint.route("/t/visit/<token>/words", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def words(token: str) -> Page:
    """Let the requester thank the volunteer in their own words."""
    page = own_visit(token)
    if page.side != Actor.REQUESTER or not page.helped or page.words:
        return how_it_stands(token)
    form = WordsForm()
    if not form.validate_on_submit():
        return show_form("visit/thank.html", form, page=page, token=token)
    add_words(page.visit_id, form.words.data, acting(page))
    flash(_("Thank you. Your words are on their way."), "success")
    return how_it_stands(token)


@blueprint.route("/t/visit/<token>/manager", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def manager(token: str) -> Page:
    """Let the volunteer have their manager thanked."""
    page = own_visit(token)
    if page.side != Actor.VOLUNTEER or not page.took_place or page.manager_thanked:
        return how_it_stands(token)
    form = ManagerForm()
    if not form.validate_on_submit():
        return show_form("visit/manager.html", form, page=page, token=token)
    thank_manager(page.visit_id, form.email.data, network(), acting(page))
    flash(_("Your manager will hear from us."), "success")
    return how_it_stands(token)
