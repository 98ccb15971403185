"""Advice for coordinators: read notes before they are public, and look at reported ones."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound as PageNotFound

from matcher.actions.network.advising import keep_note, publish_note, refuse_note, take_down_note
from matcher.records.database import db
from matcher.records.pages.advice import NoteView, read_moderation, read_note
from matcher.web.forms.advice import WhyForm
from matcher.web.forms.base import Form
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_advice", __name__)


@blueprint.get("/coordinator/advice")
@coordinators_only
def every() -> str:
    """Show what waits to be read, and what was reported."""
    return render_template("coordinator/advice.html", shown=read_moderation(db.session()))


@blueprint.route("/coordinator/advice/<int:note_id>", methods=["GET", "POST"])
@coordinators_only
def one(note_id: int) -> Page:
    """Show one note as it would be read; the press publishes it."""
    note, form = _note(note_id), Form()
    if form.validate_on_submit():
        publish_note(note_id, signed_in_occasion())
        flash(_("The note is published, and its author is told."), "success")
        return redirect(url_for(".every"), 303)
    return show_form("coordinator/advice_note.html", form, note=note)


@blueprint.route("/coordinator/advice/<int:note_id>/refuse", methods=["GET", "POST"])
@coordinators_only
def refuse(note_id: int) -> Page:
    """Ask why a note is not published; its author is told."""
    note, form = _note(note_id), WhyForm()
    if form.validate_on_submit():
        refuse_note(note_id, form.why.data, signed_in_occasion())
        flash(_("The author is told why, and may change the note."), "success")
        return redirect(url_for(".every"), 303)
    return show_form("coordinator/advice_refuse.html", form, note=note, public=False)


@blueprint.route("/coordinator/advice/<int:note_id>/take-down", methods=["GET", "POST"])
@coordinators_only
def take_down(note_id: int) -> Page:
    """Ask why a public note is taken down."""
    note, form = _note(note_id), WhyForm()
    if form.validate_on_submit():
        take_down_note(note_id, form.why.data, signed_in_occasion())
        flash(_("The note is taken down."), "success")
        return redirect(url_for(".every"), 303)
    return show_form("coordinator/advice_refuse.html", form, note=note, public=True)


@blueprint.post("/coordinator/advice/<int:note_id>/keep")
@coordinators_only
def keep(note_id: int) -> Page:
    """Leave a reported note as it is."""
    if Form().validate_on_submit():
        keep_note(note_id, signed_in_occasion())
        flash(_("The note stays as it is."), "success")
    return redirect(url_for(".every"), 303)


def _note(note_id: int) -> NoteView:
    note = read_note(db.session(), note_id)
    if note is None:
        raise PageNotFound
    return note
