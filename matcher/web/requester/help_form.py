"""The help form: a few short pages, "check your answers", and nothing lost on the way back."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response

from matcher.actions.requester.asking import send_request
from matcher.actions.requester.asking_twice import Same, find_same
from matcher.lifecycle.tables import Actor
from matcher.web.context import network, occasion
from matcher.web.drafted import DraftedForm
from matcher.web.forms.base import Form
from matcher.web.forms.requester import (
    CostsForm,
    NeedForm,
    WhenForm,
    WhereForm,
    YouForm,
    handed_in,
)
from matcher.web.limits import FORMS, limiter
from matcher.web.signed_in import open_to

blueprint = Blueprint("requester", __name__)

DRAFT = DraftedForm(
    name="help_request",
    pages={
        "need": NeedForm,
        "where": WhereForm,
        "when": WhenForm,
        "costs": CostsForm,
        "you": YouForm,
    },
    actor=Actor.REQUESTER,
)


@blueprint.get("/ask")
@open_to("anybody")
def ask() -> Response:
    """Begin, or go on where the draft was left."""
    return _go_on(302)


def _go_on(status: int) -> Response:
    missing = DRAFT.next_page()
    return redirect(url_for(".page", name=missing) if missing else url_for(".check"), status)


@blueprint.route("/ask/<name>", methods=["GET", "POST"])
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
        return _show(name, form), form.status
    DRAFT.keep(name, form)
    # What was typed may have been answered already: its page goes on by itself where not.
    return redirect(url_for("advice.answered"), 303) if name == "need" else _go_on(303)


def _show(name: str, form: Form) -> str:
    if isinstance(form, YouForm):
        form.organisation.suggestions_url = url_for("public.organisations")
    before = DRAFT.page_before(name)
    back = url_for(".page", name=before) if before else url_for("public.start")
    if DRAFT.next_page() is None:
        back = url_for(".check")
    return render_template(f"requester/{name}.html", form=form, back=back)


@blueprint.get("/ask/check")
@open_to("anybody")
def check() -> str | Response:
    """Show all answers, each with a way to change it, before anything is sent."""
    if DRAFT.next_page() is not None:
        return _go_on(302)
    return render_template("requester/check.html", form=Form(), filled=DRAFT.filled())


@blueprint.post("/ask/check")
@limiter.limit(FORMS)
@open_to("anybody")
def send() -> str | Response:
    """Send the request. Pressed twice, or after coming back, it is still one request."""
    if not Form().validate_on_submit():
        return check()
    if DRAFT.next_page() is not None or DRAFT.key is None:
        return _go_on(303)
    if same_as_draft():
        return redirect(url_for("asking_twice.same"), 303)
    return send_draft()


def same_as_draft() -> tuple[Same, ...]:
    """Return the open requests that are much like the one that was filled in."""
    filled = DRAFT.filled()
    organisation, need = filled["you"].organisation.data, filled["need"].need.data
    return find_same(organisation, need, occasion(Actor.REQUESTER))


def send_draft() -> Response:
    """Send what was filled in. Sent twice, it is still one request."""
    need, where, when, costs, you = DRAFT.filled().values()
    key = DRAFT.key or ""
    form = handed_in(need, where, when, costs, you, form_key=key, network=network())
    send_request(form, occasion(Actor.REQUESTER))
    DRAFT.mark_sent()
    return redirect(url_for("requester.sent"), 303)


@blueprint.get("/ask/sent")
@open_to("anybody")
def sent() -> str:
    """Ask to look for the email; the same page whoever sent what."""
    return render_template("requester/sent.html")


@blueprint.post("/ask/again")
@open_to("anybody")
def begin_again() -> Response:
    """Begin a new request with an empty form."""
    DRAFT.forget()
    return redirect(url_for(".ask"), 303)
