"""How asking goes: the share of yeses that waves go by, and the days when offices are closed."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.settings_changing import follow_yes_rate
from matcher.actions.organisations import close_office, open_office
from matcher.lifecycle.refusals import NotFound
from matcher.records.database import db
from matcher.records.pages.asking import read_asking
from matcher.web.forms.asking import ClosureForm
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import administrators_only, coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_asking", __name__)


@blueprint.route("/coordinator/asking", methods=["GET", "POST"])
@coordinators_only
def page() -> Page:
    """Show how asking goes, and take days on which an organisation is closed."""
    acting, form = signed_in_occasion(), ClosureForm()
    form.last.earliest = acting.today
    if form.validate_on_submit():
        try:
            close_office(form.organisation.data, *form.span, acting)
        except NotFound:
            db.session.rollback()
            form.organisation.refuse(_("Enter an organisation from the list"))
        else:
            flash(_("Saved. Nobody there is asked on these days."), "success")
            return redirect(url_for(".page"), 303)
    shown = read_asking(db.session(), acting.settings, acting.today)
    return show_form("coordinator/asking.html", form, shown=shown)


@blueprint.post("/coordinator/asking/rate")
@administrators_only
def switch() -> Response:
    """Let waves go by the measured share of yeses, or by the table."""
    follow_yes_rate(follow=request.form.get("follow") == "yes", occasion=signed_in_occasion())
    flash(_("Saved. It counts from the next invitation on."), "success")
    return redirect(url_for(".page"), 303)


@blueprint.post("/coordinator/asking/closures/<int:organisation_id>/remove")
@coordinators_only
def remove(organisation_id: int) -> Response:
    """Take closure days back."""
    first, last = request.form.get("first", ""), request.form.get("last", "")
    open_office(organisation_id, first, last, signed_in_occasion())
    flash(_("The days are removed."), "success")
    return redirect(url_for(".page"), 303)
