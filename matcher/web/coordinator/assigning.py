"""The best use of everybody over all open requests: a dry run that is kept with one press."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from matcher.actions.proposals.planning import Kept, keep_plan, make_plan
from matcher.records.database import db
from matcher.records.pages.coordinator_people import read_shown_names
from matcher.web.context import live_index
from matcher.web.forms.base import Form
from matcher.web.showing import Page
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _
from matcher.web.words import ngettext

blueprint = Blueprint("coordinator_assigning", __name__)


@blueprint.route("/coordinator/assign", methods=["GET", "POST"])
@coordinators_only
def assign() -> Page:
    """Show who would go to whom; the press keeps it, if nothing has changed since it was shown."""
    form, acting = Form(), signed_in_occasion()
    plan = make_plan(live_index(), acting, fair=request.values.get("fair") == "yes")
    stamp = request.form.get("stamp", "")
    if form.validate_on_submit() and stamp == plan.stamp and plan.chosen:
        _tell(keep_plan(plan, acting))
        return redirect(url_for(".assign"), 303)
    return render_template(
        "coordinator/assign.html",
        form=form,
        plan=plan,
        overtaken=bool(stamp),
        names=read_shown_names(db.session(), plan.volunteer_ids),
    )


def _tell(kept: Kept) -> None:
    words = ngettext(
        "%(num)s request is kept; its volunteers are asked now or are next in line.",
        "%(num)s requests are kept; their volunteers are asked now or are next in line.",
        kept.requests,
    )
    flash(words, "success")
    if kept.failed:
        names = ", ".join(kept.failed)
        flash(_("Left out, because somebody changed them just now: %(names)s.", names=names))
