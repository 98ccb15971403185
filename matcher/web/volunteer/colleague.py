"""The page of a colleague to whom an invitation was passed on."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from matcher.actions.volunteer.passing_on import TakenOver, take_over
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.answers import Proof, read_proof
from matcher.records.pages.volunteer import find_answer_link
from matcher.web.context import occasion
from matcher.web.forms.answer import TakeOverForm
from matcher.web.forms.base import Form
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link, token_of
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to, start_session
from matcher.web.words import gettext as _

blueprint = Blueprint("colleague", __name__)


@blueprint.route("/t/colleague_proof/<token>", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def take(token: str) -> Page:
    """Show what was passed on; the press proves the address and opens their own invitation."""
    link = open_link(Purpose.COLLEAGUE_PROOF, token)
    proof = read_proof(db.session(), link)
    form = _form(proof)
    if proof.closed or not form.validate_on_submit():
        return show_form("volunteer/colleague.html", form, proof=proof)
    acting = occasion(Actor.VOLUNTEER, link.volunteer_id)
    taken = take_over(link.id, *_said(proof, form), acting)
    if proof.volunteer_state == State.UNCONFIRMED:
        start_session(Actor.VOLUNTEER, taken.volunteer_id)
    return _to_their_ask(taken)


def _form(proof: Proof) -> Form:
    return Form() if proof.known else TakeOverForm(data={"name": proof.name})


def _said(proof: Proof, form: Form) -> tuple[str, str]:
    return ("", "") if proof.known else (form.name.data, form.offer.data)


def _to_their_ask(taken: TakenOver) -> Response:
    """Lead to their own invitation; to their page where a coordinator has to look first."""
    link = find_answer_link(db.session(), taken.pairing_id, occasion(Actor.VOLUNTEER).now)
    token = token_of(link.id, link.key_id, Purpose.ANSWER) if link else ""
    if token:
        return redirect(url_for("answers.show", token=token), 303)
    flash(_("Thank you. A coordinator looks first; then we send you the invitation."), "success")
    return redirect(url_for("volunteer.page"), 303)
