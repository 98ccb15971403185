"""The page on which a requester answers a coordinator's question."""

from flask import Blueprint, flash, redirect, render_template, url_for

from matcher.actions.requester.questions import answer_question
from matcher.lifecycle.help_request import State
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.pages.questions import list_questions
from matcher.web.context import occasion
from matcher.web.forms.status import AnswerQuestionForm
from matcher.web.limits import FORMS, limiter
from matcher.web.requester.status import own_request
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("questions", __name__)


@blueprint.route("/t/status/<token>/answer", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def answer(token: str) -> Page:
    """Show what was asked and take the answer; where nothing is open, say how it stands."""
    page = own_request(token)
    asked = list_questions(db.session(), page.request_id)
    if page.state != State.NEEDS_INFO:
        return render_template("requester/answered.html", page=page, asked=asked, token=token)
    form = AnswerQuestionForm()
    if not form.validate_on_submit():
        return show_form("requester/answer.html", form, page=page, asked=asked, token=token)
    answer_question(page.request_id, form.answer.data, occasion(Actor.REQUESTER))
    flash(_("Thank you. A coordinator has your answer and goes on."), "success")
    return redirect(url_for("status.show", token=token), 303)
