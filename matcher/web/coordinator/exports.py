"""Taking data out: one page that lists what there is, and the files."""

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from matcher.actions.lists.exporting import log_export
from matcher.records.database import db
from matcher.records.exports import (
    COUNT_HEADINGS,
    WITH_DETAILS,
    Export,
    count_rows,
    headings_of,
    list_taken,
    read_rows,
)
from matcher.web.areas import within_areas
from matcher.web.files import csv_file
from matcher.web.forms.base import Form
from matcher.web.limits import FORMS, limiter
from matcher.web.signed_in import coordinators_only, readers_too, signed_in_occasion

blueprint = Blueprint("coordinator_exports", __name__, url_prefix="/coordinator/exports")


@blueprint.get("")
@coordinators_only
@within_areas
def every() -> str:
    """List what can be taken out, and what was lately, by whom."""
    shown = {"exports": list(Export), "with_details": WITH_DETAILS, "form": Form()}
    return render_template("coordinator/exports.html", taken=list_taken(db.session()), **shown)


@blueprint.get("/counts.csv")
@readers_too
@within_areas
def counts() -> Response:
    """Send how many stand where: it names nobody, and readers may have it."""
    name = f"counts-{signed_in_occasion().today.isoformat()}.csv"
    return csv_file(name, COUNT_HEADINGS, count_rows(db.session()))


@blueprint.post("/<name>.csv")
@limiter.limit(FORMS)
@coordinators_only
@within_areas
def take(name: str) -> Response:
    """Log who takes what, then send the file while it is read."""
    if name not in set(Export):
        abort(404)
    export, acting = Export(name), signed_in_occasion()
    asked = request.form.get("details") == "yes"
    with_details = log_export(export, acting, with_details=asked)
    rows = read_rows(db.session(), export, with_details=with_details)
    headings = headings_of(export, with_details=with_details)
    return csv_file(f"{name}-{acting.today.isoformat()}.csv", headings, rows)
