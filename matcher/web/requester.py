"""The help form: a few short pages, "check your answers", and nothing lost on the way back."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, session, url_for
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response

from matcher.actions.asking import send_request
from matcher.actions.drafting import read_draft, save_draft
from matcher.actions.handed_in import SentForm
from matcher.lifecycle.choices import WhoPays
from matcher.lifecycle.tables import Actor
from matcher.web.context import network, occasion
from matcher.web.forms.base import Form
from matcher.web.forms.places import whereabouts
from matcher.web.forms.requester import (
    CostsForm,
    NeedForm,
    SendForm,
    WhenForm,
    WhereForm,
    YouForm,
)
from matcher.web.limits import FORMS, limiter
from matcher.web.signed_in import open_to

blueprint = Blueprint("requester", __name__)

#: The pages in order. Each is kept in the draft under its own name.
PAGES: Mapping[str, type[Form]] = {
    "need": NeedForm,
    "where": WhereForm,
    "when": WhenForm,
    "costs": CostsForm,
    "you": YouForm,
}
FIRST_PAGE = "need"
DRAFT = "help_request"


@blueprint.get("/ask")
@open_to("anybody")
def ask() -> Response:
    """Begin, or go on where the draft was left."""
    return redirect(url_for(".page", name=_next_page(_read()) or FIRST_PAGE))


@blueprint.route("/ask/<name>", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("anybody")
def page(name: str) -> str | Response | tuple[str, int]:
    """Show one page of the form, with what was typed; keep it and go on."""
    if name not in PAGES:
        raise PageNotFound
    kept = _read()
    form = _make(name, kept)
    if not form.is_submitted():
        return _show(name, form, kept)
    _keep(name, form)
    if not form.validate():
        return _show(name, form, kept), 422
    _keep(name, form)
    following = _next_page(_read())
    return redirect(url_for(".page", name=following) if following else url_for(".check"), 303)


def _make(name: str, kept: Mapping[str, object]) -> Form:
    typed = kept.get(name)
    return _with_limits(PAGES[name](data=typed if isinstance(typed, Mapping) else {}))


def _with_limits(form: Form) -> Form:
    if isinstance(form, WhenForm):
        form.allow_from(occasion(Actor.REQUESTER).today)
    return form


def _show(name: str, form: Form, kept: Mapping[str, object]) -> str:
    names = list(PAGES)
    position = names.index(name)
    back = url_for(".page", name=names[position - 1]) if position else url_for("public.start")
    if _next_page(kept) is None:
        back = url_for(".check")
    return render_template(f"requester/{name}.html", form=form, back=back)


def _read() -> dict[str, object]:
    return read_draft(session.get(DRAFT), DRAFT, occasion(Actor.REQUESTER))


def _keep(name: str, form: Form) -> None:
    typed = {name: form.kept()}
    session[DRAFT] = save_draft(session.get(DRAFT), DRAFT, typed, occasion(Actor.REQUESTER))


def _next_page(kept: Mapping[str, object]) -> str | None:
    """Return the first page that is not yet filled in properly, or None where all are."""
    return next((name for name in PAGES if not _is_complete(name, kept)), None)


def _is_complete(name: str, kept: Mapping[str, object]) -> bool:
    if name not in kept:
        return False
    return bool(_filled(name, kept).validate())


def _filled(name: str, kept: Mapping[str, object]) -> Form:
    """Return a page's form as the draft has it, whatever this request sent."""
    typed = kept.get(name)
    form = PAGES[name](
        formdata=None, data=typed if isinstance(typed, Mapping) else {}, meta={"csrf": False}
    )
    return _with_limits(form)


@blueprint.get("/ask/check")
@open_to("anybody")
def check() -> str | Response:
    """Show all answers, each with a way to change it, before anything is sent."""
    kept = _read()
    missing = _next_page(kept)
    if missing is not None:
        return redirect(url_for(".page", name=missing))
    filled = {name: _filled(name, kept) for name in PAGES}
    return render_template("requester/check.html", form=SendForm(), filled=filled)


@blueprint.post("/ask/check")
@limiter.limit(FORMS)
@open_to("anybody")
def send() -> str | Response:
    """Send the request. Pressed twice, or after coming back, it is still one request."""
    if not SendForm().validate_on_submit():
        return check()
    kept = _read()
    missing = _next_page(kept)
    if missing is not None:
        return redirect(url_for(".page", name=missing), 303)
    send_request(_sent_form(kept), occasion(Actor.REQUESTER))
    return redirect(url_for(".sent"), 303)


def _sent_form(kept: Mapping[str, object]) -> SentForm:
    need, where, when, costs, you = (_filled(name, kept) for name in PAGES)
    return SentForm(
        form_key=session[DRAFT],
        network=network(),
        need=need.need.data,
        where=whereabouts(where.place.place),
        wanted_dates=when.dates(),
        dates_note=when.note.data,
        who_pays=WhoPays(costs.who_pays.data),
        name=you.name.data,
        email=you.email.data,
        organisation=you.organisation.data,
    )


@blueprint.get("/ask/sent")
@open_to("anybody")
def sent() -> str:
    """Ask to look for the email; the same page whoever sent what."""
    return render_template("requester/sent.html")


@blueprint.post("/ask/again")
@open_to("anybody")
def begin_again() -> Response:
    """Begin a new request with an empty form."""
    session.pop(DRAFT, None)
    return redirect(url_for(".page", name=FIRST_PAGE), 303)
