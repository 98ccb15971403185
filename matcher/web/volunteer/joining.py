"""The form with which a volunteer joins, and the link that proves the address."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response

from matcher.actions.volunteer.volunteering import confirm_offer, join
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.volunteer import read_offer, read_standing
from matcher.web.context import network, occasion
from matcher.web.drafted import DraftedForm
from matcher.web.forms.base import Form
from matcher.web.forms.joining import AboutYouForm, OfferForm, handed_in
from matcher.web.forms.travelling import TravelForm
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link
from matcher.web.signed_in import open_to, start_session
from matcher.web.words import gettext as _

blueprint = Blueprint("joining", __name__)

DRAFT = DraftedForm(
    name="offer",
    pages={"offer": OfferForm, "travel": TravelForm, "you": AboutYouForm},
    actor=Actor.VOLUNTEER,
)


@blueprint.get("/offer")
@open_to("anybody")
def start() -> Response:
    """Begin, or go on where the draft was left."""
    return _go_on(302)


def _go_on(status: int) -> Response:
    missing = DRAFT.next_page()
    return redirect(url_for(".page", name=missing) if missing else url_for(".check"), status)


@blueprint.route("/offer/<name>", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("anybody")
def page(name: str) -> str | Response | tuple[str, int]:
    """Show one page of the form, with what was typed; keep it and go on."""
    if name not in DRAFT.pages:
        raise PageNotFound
    form = DRAFT.make(name)
    if not form.is_submitted():
        return _show(name, form)
    DRAFT.keep(name, form)
    if not form.validate():
        return _show(name, form), 422
    DRAFT.keep(name, form)
    return _go_on(303)


def _show(name: str, form: Form) -> str:
    if isinstance(form, AboutYouForm):
        form.organisation.suggestions_url = url_for("public.organisations")
    before = DRAFT.page_before(name)
    back = url_for(".page", name=before) if before else url_for("public.start")
    if DRAFT.next_page() is None:
        back = url_for(".check")
    return render_template(f"volunteer/join_{name}.html", form=form, back=back)


@blueprint.get("/offer/check")
@open_to("anybody")
def check() -> str | Response:
    """Show all answers, each with a way to change it, before anything is sent."""
    if DRAFT.next_page() is not None:
        return _go_on(302)
    return render_template("volunteer/join_check.html", form=Form(), filled=DRAFT.filled())


@blueprint.post("/offer/check")
@limiter.limit(FORMS)
@open_to("anybody")
def send() -> str | Response:
    """Send the offer. Pressed twice, or after coming back, it is still one offer."""
    if not Form().validate_on_submit():
        return check()
    if DRAFT.next_page() is not None or DRAFT.key is None:
        return _go_on(303)
    offer, travel, you = DRAFT.filled().values()
    form = handed_in(offer, travel, you, form_key=DRAFT.key, network=network())
    join(form, occasion(Actor.VOLUNTEER))
    DRAFT.mark_sent()
    return redirect(url_for(".sent"), 303)


@blueprint.get("/offer/sent")
@open_to("anybody")
def sent() -> str | Response:
    """Ask to look for the email; the same page whether or not the address is known."""
    if DRAFT.next_page() is not None:
        return redirect(url_for(".start"))
    return render_template("volunteer/join_sent.html", email=DRAFT.filled()["you"].email.data)


@blueprint.post("/offer/again")
@open_to("anybody")
def begin_again() -> Response:
    """Begin a new offer with an empty form."""
    DRAFT.forget()
    return redirect(url_for(".start"), 303)


@blueprint.get("/t/confirm_offer/<token>")
@open_to("link")
def show_confirm(token: str) -> str:
    """Show whose address is about to be proved; the press proves it, looking does not."""
    link = open_link(Purpose.CONFIRM_OFFER, token)
    volunteer_id = link.volunteer_id or 0
    standing = read_standing(db.session(), volunteer_id)
    offer = read_offer(db.session(), volunteer_id)
    shown = {"standing": standing, "offer": offer, "token": token, "form": Form()}
    return render_template("volunteer/confirm_offer.html", **shown)


@blueprint.post("/t/confirm_offer/<token>")
@limiter.limit(FORMS)
@open_to("link")
def confirm(token: str) -> str | Response:
    """Prove the address and sign the volunteer in; a later press proves nothing new."""
    link = open_link(Purpose.CONFIRM_OFFER, token)
    before = read_standing(db.session(), link.volunteer_id or 0)
    if not Form().validate_on_submit() or before.state == State.LEFT:
        return show_confirm(token)
    volunteer_id = confirm_offer(link.id, occasion(Actor.VOLUNTEER, link.volunteer_id))
    if before.state == State.UNCONFIRMED:
        start_session(Actor.VOLUNTEER, volunteer_id)
        DRAFT.forget()
        flash(_("Your address is confirmed. This is your page."), "success")
    return redirect(url_for("volunteer.page"), 303)
