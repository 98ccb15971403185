"""The pages behind an invitation: how it stands, and what may be answered.

What a page shows follows from the state of the row, not from the age of the link; so a second
press, the back button and a late answer all find a page that says how things stand.
"""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.actions.handed_in import Colleague
from matcher.actions.occasion import Occasion
from matcher.actions.volunteer.answering import Yes, accept, ask_manager, decline
from matcher.actions.volunteer.passing_on import OwnAddress, pass_on
from matcher.actions.volunteer.volunteering import pause
from matcher.lifecycle.choices import DeclineReason
from matcher.lifecycle.refusals import Refused
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.answers import Ask, read_ask
from matcher.records.pages.volunteer import list_open_asks
from matcher.web.context import network, occasion
from matcher.web.forms.answer import (
    Answer,
    AnswerForm,
    SomeoneElseForm,
    WithdrawForm,
    answer_form,
    own_address_words,
)
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("answers", __name__)


def _read(token: str) -> Ask:
    link = open_link(Purpose.ANSWER, token)
    return read_ask(db.session(), link.pairing_id or 0)


def _acting(ask: Ask) -> Occasion:
    return occasion(Actor.VOLUNTEER, ask.volunteer_id)


@blueprint.get("/t/answer/<token>")
@open_to("link")
def show(token: str) -> str:
    """Show what is asked and how it stands, with the answers that are possible."""
    ask = _read(token)
    acting = _acting(ask)
    form = answer_form(ask, acting.today)
    open_asks = list_open_asks(db.session(), ask.volunteer_id, acting.now)
    others = () if form.answer.options else open_asks
    shown = {"ask": ask, "form": form, "token": token, "others": others}
    return render_template("volunteer/answer.html", **shown)


@blueprint.post("/t/answer/<token>")
@limiter.limit(FORMS)
@open_to("link")
def answer(token: str) -> Page:
    """Take the answer, then show how it stands; what is no longer possible changes nothing."""
    ask = _read(token)
    form = answer_form(ask, _acting(ask).today)
    if _came_too_late(form):
        return _how_it_stands(token)
    if not form.validate():
        return show_form("volunteer/answer.html", form, ask=ask, token=token)
    said = Answer(form.answer.data)
    try:
        ANSWERS[said](ask, form)
    except OwnAddress:
        form.colleague_email.refuse(own_address_words())
        return show_form("volunteer/answer.html", form, ask=_read(token), token=token)
    except Refused:
        db.session.rollback()
        return _how_it_stands(token)
    return _what_follows(said, token)


def _what_follows(said: Answer, token: str) -> Response:
    """Lead on: after a no, to the change of settings that fits its reason."""
    if said == Answer.NO:
        return redirect(url_for("adjusting.settings", token=token), 303)
    return _how_it_stands(token)


def _came_too_late(form: AnswerForm) -> bool:
    """Whether an answer was given that was possible when the page was made, and no longer is."""
    offered = {option.value for option in form.answer.options}
    return not offered or (form.answer.data in set(Answer) and form.answer.data not in offered)


def _how_it_stands(token: str) -> Response:
    return redirect(url_for(".show", token=token), 303)


def _say_yes(ask: Ask, form: AnswerForm) -> None:
    said = Yes(form.chosen_day, form.accepted_as.data, form.note.data, form.interest.data)
    accept(ask.pairing_id, said, _acting(ask))


def _ask_manager(ask: Ask, _form: AnswerForm) -> None:
    ask_manager(ask.pairing_id, _acting(ask))


def _say_no(ask: Ask, form: AnswerForm) -> None:
    decline(ask.pairing_id, DeclineReason(form.reason.data), form.why.data, _acting(ask))


def _pass_on(ask: Ask, form: AnswerForm) -> None:
    named = Colleague(form.colleague_name.data, form.colleague_email.data, network())
    pass_on(ask.pairing_id, named, _acting(ask))


def _pause(ask: Ask, form: AnswerForm) -> None:
    pause(ask.volunteer_id, form.until.data, _acting(ask))


ANSWERS: Mapping[Answer, Callable[[Ask, AnswerForm], None]] = {
    Answer.YES: _say_yes,
    Answer.MANAGER: _ask_manager,
    Answer.NO: _say_no,
    Answer.PASS_ON: _pass_on,
    Answer.PAUSE: _pause,
}


@blueprint.route("/t/answer/<token>/withdraw", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def withdraw(token: str) -> Page:
    """Take a yes back: say what that means, then ask why."""
    ask = _read(token)
    if not ask.may_withdraw:
        return _how_it_stands(token)
    form = WithdrawForm()
    if not form.validate_on_submit():
        return show_form("volunteer/withdraw.html", form, ask=ask, token=token)
    try:
        decline(ask.pairing_id, DeclineReason(form.reason.data), form.note.data, _acting(ask))
    except Refused:
        db.session.rollback()
    return _how_it_stands(token)


@blueprint.route("/t/answer/<token>/someone-else", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def someone_else(token: str) -> Page:
    """Let whoever the email was forwarded to ask for a link of their own."""
    ask = _read(token)
    if not ask.may_pass_on:
        return _how_it_stands(token)
    form = SomeoneElseForm()
    if not form.validate_on_submit():
        return show_form("volunteer/someone_else.html", form, ask=ask, token=token)
    try:
        pass_on(ask.pairing_id, Colleague(form.name.data, form.email.data, network()), _acting(ask))
    except OwnAddress:
        form.email.refuse(own_address_words())
        return show_form("volunteer/someone_else.html", form, ask=_read(token), token=token)
    except Refused:
        db.session.rollback()
    else:
        flash(_("We have sent you a link of your own. Look for the email."), "success")
    return _how_it_stands(token)
