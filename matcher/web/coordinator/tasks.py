"""What coordinators do by hand: phone calls, replies, and what no state of a row can settle."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.taking_replies import take_reply
from matcher.actions.coordinator.tasks import end_task
from matcher.records.database import db
from matcher.records.pages.paging import ON_A_PAGE
from matcher.records.tasks import count_tasks, list_tasks
from matcher.web.areas import within_areas
from matcher.web.forms.base import Form
from matcher.web.listing import page_number
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_tasks", __name__, url_prefix="/coordinator/tasks")


@blueprint.get("")
@coordinators_only
@within_areas
def every() -> str:
    """List all tasks that are not done, the urgent ones first."""
    pages = max(1, -(-count_tasks(db.session()) // ON_A_PAGE))
    number = min(page_number(), pages)
    tasks = list_tasks(db.session(), ON_A_PAGE, (number - 1) * ON_A_PAGE)
    now = signed_in_occasion().now
    shown = {"tasks": tasks, "number": number, "pages": pages, "now": now}
    return render_template("coordinator/tasks.html", **shown)


@blueprint.post("/<int:task_id>/done")
@coordinators_only
@within_areas
def done(task_id: int) -> Response:
    """End a task."""
    if Form().validate_on_submit():
        end_task(task_id, signed_in_occasion())
        flash(_("Done. It is off the list."), "success")
    return redirect(url_for("coordinator.dashboard"), 303)


@blueprint.post("/<int:task_id>/answer")
@coordinators_only
@within_areas
def take_answer(task_id: int) -> Response:
    """Take a reply as the answer to what was asked."""
    if Form().validate_on_submit():
        take_reply(task_id, signed_in_occasion())
        flash(_("Taken as the answer, and off the list."), "success")
    return redirect(url_for("coordinator.dashboard"), 303)
