"""Bringing in lists: send, look at what would happen, press once."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.lists.importing import SentList, drop_list, keep_list, take_list
from matcher.lifecycle.intake import Intake, LineState
from matcher.records.database import db
from matcher.records.uploads import UploadView, list_lines, read_bad_lines, read_upload
from matcher.sheets.apart import read_apart
from matcher.sheets.columns import read_headings
from matcher.sheets.table import MOST_BYTES, CannotRead
from matcher.web.context import link_keys
from matcher.web.files import csv_file, takes_files
from matcher.web.forms.base import Form
from matcher.web.forms.checking import COLUMNS, Checking
from matcher.web.forms.uploading import (
    BESIDE,
    USUAL_MINUTES,
    UploadForm,
    VolunteersUploadForm,
    find_fault,
    lines_to_mend,
    why_words,
)
from matcher.web.limits import FORMS, limiter
from matcher.web.listing import page_number
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, signed_in_id, signed_in_occasion
from matcher.web.words import gettext as _
from matcher.web.words import ngettext

blueprint = Blueprint("coordinator_imports", __name__, url_prefix="/coordinator/import")

#: A file that is a little too large gets a message at its field; a far larger one is cut off.
MOST_SENT = 2 * MOST_BYTES
#: The lists of lines that a page can show.
SHOWN = {"bad": LineState.BAD, "known": LineState.KNOWN}


def _intake(name: str) -> Intake:
    if name not in set(Intake):
        abort(404)
    return Intake(name)


@blueprint.route("/<kind>", methods=["GET", "POST"])
@takes_files(MOST_SENT)
@limiter.limit(FORMS, methods=["POST"])
@coordinators_only
def send(kind: str) -> Page:
    """Ask for a list; what was sent is read, checked and kept, and its preview shown."""
    intake = _intake(kind)
    form = _upload_form(intake)
    if form.validate_on_submit():
        sent = _read(form, intake)
        if sent is not None:
            upload_id = keep_list(sent, link_keys(), signed_in_occasion())
            return redirect(url_for(".look", upload_id=upload_id), 303)
    return show_form("coordinator/import.html", form, intake=intake, columns=COLUMNS[intake])


def _upload_form(intake: Intake) -> UploadForm:
    if intake == Intake.VOLUNTEERS:
        return VolunteersUploadForm(data={"usual": USUAL_MINUTES})
    return UploadForm()


def _read(form: UploadForm, intake: Intake) -> SentList | None:
    """Return the list with its lines checked; where there is none, say so at the field."""
    # No transaction is held while the file is read and its lines are checked.
    db.session.rollback()
    try:
        headed = read_headings(read_apart(form.file.data), COLUMNS[intake])
    except CannotRead as refused:
        form.file.refuse(why_words(refused))
        return None
    fault = find_fault(headed)
    if fault:
        form.file.refuse(fault)
        return None
    usual = form.usual.data if isinstance(form, VolunteersUploadForm) else None
    return Checking(intake, usual).checked(headed, form.file.file_name)


@blueprint.get("/<kind>/template.csv")
@coordinators_only
def template(kind: str) -> Response:
    """Return an empty list with its headings and one example."""
    columns = [
        each for each in COLUMNS[_intake(kind)] if each.name not in {"first_name", "last_name"}
    ]
    example = [each.example for each in columns]
    return csv_file(f"{kind}-template.csv", [each.title for each in columns], [example])


def _view(upload_id: int) -> UploadView:
    return read_upload(db.session(), upload_id, signed_in_id(), signed_in_occasion().now)


@blueprint.get("/list/<int:upload_id>")
@coordinators_only
def look(upload_id: int) -> str:
    """Show what would happen at the press, and every line that would not be taken."""
    view = _view(upload_id)
    show = request.args.get("show", "bad")
    state = SHOWN.get(show, LineState.BAD)
    if not view.count(state):
        state = next((each for each in SHOWN.values() if view.count(each)), state)
    page = list_lines(db.session(), upload_id, state, page_number())
    shown = {"view": view, "page": page, "state": state, "form": Form()}
    return render_template("coordinator/import_look.html", **shown)


@blueprint.post("/list/<int:upload_id>")
@limiter.limit(FORMS)
@coordinators_only
def take(upload_id: int) -> Response:
    """Take the good lines in; pressed twice, nothing more."""
    before = _view(upload_id).count(LineState.TAKEN)
    taken = take_list(upload_id, link_keys(), signed_in_occasion())[LineState.TAKEN] - before
    flash(ngettext("%(num)s line was taken in.", "%(num)s lines were taken in.", taken), "success")
    return redirect(url_for(".look", upload_id=upload_id), 303)


@blueprint.post("/list/<int:upload_id>/drop")
@coordinators_only
def drop(upload_id: int) -> Response:
    """Delete the list as it was sent; who was taken in stays."""
    kind = _view(upload_id).intake
    drop_list(upload_id, signed_in_occasion())
    flash(_("The list is deleted."), "success")
    return redirect(url_for(".send", kind=kind), 303)


@blueprint.get("/list/<int:upload_id>/to-mend.csv")
@coordinators_only
def to_mend(upload_id: int) -> Response:
    """Return the lines that are wrong as they were sent, and beside each what to mend."""
    view = _view(upload_id)
    rows = lines_to_mend(view, read_bad_lines(db.session(), upload_id))
    return csv_file(f"{view.intake}-to-mend.csv", [*view.headings, *BESIDE], rows)
