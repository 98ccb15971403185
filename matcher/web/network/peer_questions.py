"""Ask a question first: its pages for whoever asks, for volunteers, and for coordinators."""

import secrets

from flask import Blueprint, flash, redirect, url_for
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response

from matcher.actions.network.advising import Author, SentNote, write_note
from matcher.actions.network.asking_peers import (
    answer_peer,
    ask_first,
    ask_for_visit,
    decline_to_answer,
    remove_question,
    settle_with,
)
from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.help_requests import shortened
from matcher.records.pages.peer_questions import AskedView, read_asked, read_question
from matcher.web.areas import within_areas
from matcher.web.context import live_index, occasion
from matcher.web.forms.base import Form
from matcher.web.forms.peers import AnswerForm, QuestionForm, ReportForm
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, open_to, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("peer_questions", __name__)
TITLE = 100


def _request_id(token: str) -> int:
    return open_link(Purpose.STATUS, token).help_request_id or 0


def _status(token: str) -> Response:
    return redirect(url_for("status.show", token=token), 303)


@blueprint.route("/t/status/<token>/question", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def ask(token: str) -> Page:
    """Take a question and put it to a few volunteers who fit."""
    request_id, acting = _request_id(token), occasion(Actor.REQUESTER)
    if read_question(db.session(), request_id) is not None:
        return _status(token)
    form, settings = QuestionForm(), acting.settings
    if form.validate_on_submit():
        try:
            ask_first(live_index(), request_id, form.words.data, acting)
        except NotAllowed:
            form.words.refuse(_("Nobody who fits can be asked this now. Say it otherwise, or wait"))
        else:
            flash(_("Your question is on its way. We write to you when there is an answer."))
            return _status(token)
    days, most = settings.question_working_days, settings.question_to
    return show_form("peers/ask.html", form, token=token, days=days, most=most)


@blueprint.post("/t/status/<token>/question/<int:answer_id>/solve")
@open_to("link")
def solve(token: str, answer_id: int) -> Response:
    """End the request: the answer was all that was needed."""
    if Form().validate_on_submit():
        settle_with(_request_id(token), answer_id, occasion(Actor.REQUESTER))
        flash(_("Good. Your request has ended, and nobody has to travel."), "success")
    return _status(token)


@blueprint.post("/t/status/<token>/question/visit")
@open_to("link")
def visit(token: str) -> Response:
    """Go on to a visit."""
    if Form().validate_on_submit():
        ask_for_visit(_request_id(token), occasion(Actor.REQUESTER))
        flash(_("We look for somebody to come. Whoever answered is proposed first."), "success")
    return _status(token)


@blueprint.post("/t/status/<token>/question/<int:answer_id>/note")
@open_to("link")
def note(token: str, answer_id: int) -> Response:
    """Make a note of advice of question and answer; who answered is asked, then a coordinator."""
    request_id = _request_id(token)
    question = read_question(db.session(), request_id)
    answers = question.answers if question else ()
    answer = next((each for each in answers if each.answer_id == answer_id), None)
    if question is None or answer is None:
        raise PageNotFound
    if Form().validate_on_submit() and not answer.noted:
        sent = SentNote(shortened(question.words, TITLE), question.words, answer.words)
        author = Author(Actor.REQUESTER, None, request_id, peer_answer_id=answer_id)
        write_note(author, sent, secrets.token_hex(16), occasion(Actor.REQUESTER))
        flash(_("Thank you. We ask whoever answered, then a coordinator, before it is public."))
    return _status(token)


@blueprint.route("/t/peer_question/<token>", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def one(token: str) -> Page:
    """Show a question to a volunteer who was asked, and take the answer."""
    asked, acting = _asked(token)
    form = AnswerForm()
    if asked.takes_answers and form.validate_on_submit():
        answer_peer(asked.answer_id, form.words.data, acting)
        return redirect(url_for(".one", token=token), 303)
    return show_form("peers/question.html", form, asked=asked, token=token)


def _asked(token: str) -> tuple[AskedView, Occasion]:
    link = open_link(Purpose.PEER_QUESTION, token)
    asked = read_asked(db.session(), link.help_request_id or 0, link.volunteer_id or 0)
    return asked, occasion(Actor.VOLUNTEER, link.volunteer_id)


@blueprint.post("/t/peer_question/<token>/decline")
@open_to("link")
def decline(token: str) -> Response:
    """Say no."""
    asked, acting = _asked(token)
    if Form().validate_on_submit():
        decline_to_answer(asked.answer_id, acting)
    return redirect(url_for(".one", token=token), 303)


@blueprint.route("/t/peer_question/<token>/report", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def report(token: str) -> Page:
    """Tell the coordinators what is wrong with a question."""
    asked, acting = _asked(token)
    form = ReportForm()
    if form.validate_on_submit():
        decline_to_answer(asked.answer_id, acting, report=form.why.data)
        flash(_("Thank you. A coordinator will look at it."), "success")
        return redirect(url_for(".one", token=token), 303)
    return show_form("peers/report_question.html", form, asked=asked, token=token)


@blueprint.post("/coordinator/requests/<int:request_id>/question/remove")
@coordinators_only
@within_areas
def remove(request_id: int) -> Response:
    """Take a question down: nobody reads it any more."""
    if Form().validate_on_submit():
        remove_question(request_id, signed_in_occasion())
        flash(_("The question is taken down."), "success")
    return redirect(url_for("coordinator_requests.one", request_id=request_id), 303)
