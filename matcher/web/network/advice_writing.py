"""Somebody's own notes of advice, reached by a link of theirs: write, change, agree, take down."""

import re
import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response

from matcher.actions.network.advising import (
    Author,
    amend_note,
    answer_other_side,
    author_of,
    own_link,
    say_it_holds,
    take_down_own,
    write_note,
)
from matcher.lifecycle.advice import AMENDABLE
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.links import Link
from matcher.records.pages.advice import NoteView, OwnNotes, read_own_notes
from matcher.web.context import occasion
from matcher.web.forms.advice import NO, AgreeForm, NoteForm
from matcher.web.forms.base import Form
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link, token_of
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to, signed_in_id, signed_in_occasion, volunteers_only
from matcher.web.words import gettext as _

blueprint = Blueprint("advice_writing", __name__)
KEY = re.compile(r"\A[0-9a-f]{32}\Z")


@blueprint.post("/volunteer/advice")
@volunteers_only
def open_own() -> Response:
    """Go to the signed-in volunteer's own notes."""
    author = Author(signed_in_occasion().actor, volunteer_id=signed_in_id())
    return _go(own_link(author, signed_in_occasion()))


@blueprint.post("/t/status/<token>/advice")
@open_to("link")
def open_of_request(token: str) -> Response:
    """Go to the notes of the requester whose page this is."""
    link = open_link(Purpose.STATUS, token)
    author = author_of(link)
    return _go(own_link(author, occasion(author.side)))


def _go(link_id: str) -> Response:
    link = db.session.get_one(Link, link_id)
    return redirect(
        url_for("advice_writing.own", token=token_of(link.id, link.key_id, Purpose.ADVICE)), 303
    )


@blueprint.get("/t/advice/<token>")
@open_to("link")
def own(token: str) -> str:
    """Show what somebody wrote, and what waits for their word."""
    shown, _author = _read(token)
    return render_template("advice/own.html", shown=shown, token=token, amendable=AMENDABLE)


def _read(token: str) -> tuple[OwnNotes, Author]:
    author = author_of(open_link(Purpose.ADVICE, token))
    shown = read_own_notes(
        db.session(), author.side, author.volunteer_id, author.help_request_id, author.pairing_id
    )
    return shown, author


@blueprint.route("/t/advice/<token>/write", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def write(token: str) -> Page:
    """Write a note; the key in the address makes two presses one note."""
    _shown, author = _read(token)
    key = request.args.get("key", "")
    if not KEY.match(key):
        return redirect(url_for(".write", token=token, key=secrets.token_hex(16)), 303)
    form = NoteForm()
    if form.validate_on_submit():
        write_note(author, form.sent(), key, occasion(author.side))
        flash(_("Thank you. We write to you as soon as it is published."), "success")
        return redirect(url_for(".own", token=token), 303)
    return show_form("advice/write.html", form, token=token, of_visit=author.pairing_id is not None)


@blueprint.route("/t/advice/<token>/<int:note_id>/change", methods=["GET", "POST"])
@open_to("link")
def change(token: str, note_id: int) -> Page:
    """Write a note anew."""
    shown, author = _read(token)
    note = _one(shown.mine, note_id)
    form = NoteForm(data=_typed(note))
    if form.validate_on_submit():
        amend_note(note_id, author, form.sent(), occasion(author.side))
        flash(_("Your changes are kept. The note is looked at again before it is public."))
        return redirect(url_for(".own", token=token), 303)
    return show_form("advice/write.html", form, token=token, of_visit=note.pairing_id is not None)


def _typed(note: NoteView) -> dict[str, object]:
    return {
        "title": note.title,
        "needed": note.needed,
        "helped": note.helped,
        "again": note.again,
        "topics": ", ".join(note.topics),
        "shown_as": note.shown_as,
    }


def _one(notes: tuple[NoteView, ...], note_id: int) -> NoteView:
    found = next((note for note in notes if note.id == note_id), None)
    if found is None:
        raise PageNotFound
    return found


@blueprint.route("/t/advice/<token>/<int:note_id>/agree", methods=["GET", "POST"])
@open_to("link")
def agree(token: str, note_id: int) -> Page:
    """Show the other side's note, and take a yes or a no with its reason."""
    shown, author = _read(token)
    note, form = _one(shown.to_agree, note_id), AgreeForm()
    if form.validate_on_submit():
        why_not = form.why.data if form.answer.data == NO else ""
        answer_other_side(note_id, author, why_not, occasion(author.side))
        flash(_("Thank you. We have kept your answer."), "success")
        return redirect(url_for(".own", token=token), 303)
    return show_form("advice/agree.html", form, note=note, token=token)


@blueprint.post("/t/advice/<token>/<int:note_id>/holds")
@open_to("link")
def holds(token: str, note_id: int) -> Response:
    """Say that an old note still holds."""
    author = _read(token)[1]
    if Form().validate_on_submit():
        say_it_holds(note_id, author, occasion(author.side))
        flash(_("Thank you. It stays as it is."), "success")
    return redirect(url_for(".own", token=token), 303)


@blueprint.route("/t/advice/<token>/<int:note_id>/take-down", methods=["GET", "POST"])
@open_to("link")
def take_down(token: str, note_id: int) -> Page:
    """Say what taking a note down does; the press does it."""
    shown, author = _read(token)
    note, form = _one(shown.mine, note_id), Form()
    if form.validate_on_submit():
        take_down_own(note_id, author, occasion(author.side))
        flash(_("Your note is taken down."), "success")
        return redirect(url_for(".own", token=token), 303)
    return show_form("advice/take_down.html", form, note=note, token=token)
