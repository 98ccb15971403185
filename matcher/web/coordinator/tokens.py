"""Tokens for other programs: made and shown once, listed with their last use, ended."""

from flask import Blueprint, flash, redirect, render_template, url_for

from matcher.actions.coordinator.api_tokens import end_token, make_token
from matcher.lifecycle.scopes import Scope
from matcher.records.api_tokens import list_tokens
from matcher.records.database import db
from matcher.web.areas import within_areas
from matcher.web.context import settings
from matcher.web.forms.tokens import TokenForm
from matcher.web.limits import FORMS, limiter
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_tokens", __name__, url_prefix="/coordinator/programs")


@blueprint.route("", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@coordinators_only
@within_areas
def every() -> Page:
    """List the tokens; a new one is shown in answer to the press, and never again."""
    form = TokenForm()
    if form.validate_on_submit():
        scopes = [Scope(each) for each in form.scopes.data]
        token = make_token(form.name.data, scopes, signed_in_occasion())
        shown = {"token": token, "name": form.name.data, "base_url": settings().base_url}
        return render_template("coordinator/token_made.html", **shown)
    return show_form("coordinator/tokens.html", form, tokens=list_tokens(db.session()))


@blueprint.post("/<int:token_id>/end")
@coordinators_only
@within_areas
def end(token_id: int) -> Page:
    """End a token at once."""
    end_token(token_id, signed_in_occasion())
    flash(_("The token no longer works."), "success")
    return redirect(url_for(".every"), 303)
