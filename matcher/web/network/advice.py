"""Published advice, for everybody: read it, search it, follow it, say that something is wrong."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response as AnyResponse

from matcher.actions.network.advising import count_answered, report_note
from matcher.actions.network.finding_advice import advice_that_answers, search_advice
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.pages.advice import (
    NoteView,
    list_published,
    read_by_ids,
    read_newest,
    read_published,
)
from matcher.web.context import live_advice, occasion, settings
from matcher.web.forms.advice import WhyForm
from matcher.web.forms.base import Form
from matcher.web.limits import FORMS, limiter
from matcher.web.listing import asked_for
from matcher.web.requester.help_form import DRAFT
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("advice", __name__)

FOUND = 20
RELATED = 3
FEED_SECONDS = 900


@blueprint.get("/advice")
@open_to("anybody")
def every() -> str:
    """Show the published notes: the newest first, or those that fit the words asked for."""
    asked = asked_for()
    if not asked.words:
        page = list_published(db.session(), asked.number)
        return render_template("advice/list.html", asked=asked, page=page, notes=page.rows)
    ids = search_advice(live_advice(), db.session(), asked.words, FOUND)
    notes = read_by_ids(db.session(), ids)
    return render_template("advice/list.html", asked=asked, page=None, notes=notes)


@blueprint.get("/advice/<slug>")
@open_to("anybody")
def one(slug: str) -> str:
    """Show one note, with those that are near it."""
    note = _note(slug)
    return render_template("advice/note.html", note=note, related=_related(note))


def _note(slug: str) -> NoteView:
    note = read_published(db.session(), slug)
    if note is None:
        raise PageNotFound
    return note


def _related(note: NoteView) -> tuple[NoteView, ...]:
    words = " ".join((note.title, *note.topics, note.needed))
    near = advice_that_answers(live_advice(), db.session(), words, RELATED + 1)
    return read_by_ids(db.session(), [each for each in near if each != note.id][:RELATED])


@blueprint.route("/advice/<slug>/report", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("anybody")
def report(slug: str) -> Page:
    """Take down what somebody says is wrong with a note; a coordinator looks at it."""
    note, form = _note(slug), WhyForm()
    if form.validate_on_submit():
        report_note(slug, form.why.data, occasion(Actor.REQUESTER))
        flash(_("Thank you. A coordinator will look at it."), "success")
        return redirect(url_for(".one", slug=slug), 303)
    return show_form("advice/report.html", form, note=note)


@blueprint.get("/advice.atom")
@open_to("anybody")
def feed() -> Response:
    """Return the newest notes as an Atom feed (RFC 4287)."""
    notes = read_newest(db.session())
    words = render_template("advice/feed.xml", notes=notes, site=settings().base_url)
    answer = Response(words, mimetype="application/atom+xml")
    answer.headers["Cache-Control"] = f"public, max-age={FEED_SECONDS}"
    return answer


@blueprint.get("/ask/answered")
@open_to("anybody")
def answered() -> str | AnyResponse:
    """Show notes that may answer what was just typed, before the rest of the form."""
    notes = notes_for_draft()
    if not notes:
        return redirect(url_for("requester.ask"))
    return render_template("advice/answered.html", notes=notes, form=Form())


@blueprint.post("/ask/answered/<slug>")
@limiter.limit(FORMS)
@open_to("anybody")
def ends_here(slug: str) -> AnyResponse:
    """Forget the form, because a note has answered it; count that it did."""
    if Form().validate_on_submit():
        if DRAFT.key is not None:
            count_answered(slug)
            DRAFT.forget()
        flash(_("Good. Nothing was sent, and what you typed is forgotten."), "success")
    return redirect(url_for(".one", slug=slug), 303)


def notes_for_draft() -> tuple[NoteView, ...]:
    """Return the notes that may answer the need in this browser's draft."""
    typed = DRAFT.read().get("need")
    words = str(typed.get("need", "")) if isinstance(typed, dict) else ""
    if not words:
        return ()
    return read_by_ids(
        db.session(), advice_that_answers(live_advice(), db.session(), words, RELATED)
    )
