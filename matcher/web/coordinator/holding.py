"""Holding a help request for a while, and letting it go on."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.holding import hold_request, release_request
from matcher.records.database import db
from matcher.records.help_requests import Hold
from matcher.records.pages.coordinator_pages import read_request
from matcher.web.areas import within_areas
from matcher.web.forms.deciding import HoldForm
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import format_day, ngettext
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_holding", __name__, url_prefix="/coordinator/requests")
LONGEST = timedelta(days=366)


@blueprint.route("/<int:request_id>/hold", methods=["GET", "POST"])
@coordinators_only
@within_areas
def hold(request_id: int) -> Page:
    """Ask until when and why, then hold a request; held already, change either."""
    acting = signed_in_occasion()
    view = read_request(db.session(), request_id, acting.now)
    form = HoldForm(obj=view.hold)
    form.until.earliest, form.until.latest = acting.today + timedelta(1), acting.today + LONGEST
    if form.validate_on_submit() and form.until.data is not None:
        until = form.until.data
        hold_request(request_id, Hold(until, form.because.data, form.is_told.data), acting)
        words = _("It is on hold. On %(day)s it is under what needs you.", day=format_day(until))
        flash(words, "success")
        return _back(request_id)
    return show_form("coordinator/hold.html", form, view=view)


@blueprint.post("/<int:request_id>/release")
@coordinators_only
@within_areas
def release(request_id: int) -> Response:
    """Let a request go on; who was approved is asked."""
    asked = release_request(request_id, signed_in_occasion())
    words = _("It goes on, and everybody has their whole time to answer again.")
    if asked:
        sent = ngettext(
            "%(num)s invitation is on its way.", "%(num)s invitations are on their way.", asked
        )
        words = f"{words} {sent}"
    flash(words, "success")
    return _back(request_id)


def _back(request_id: int) -> Response:
    return redirect(url_for("coordinator_requests.one", request_id=request_id), 303)
