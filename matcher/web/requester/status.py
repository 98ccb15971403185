"""The request's own page, reached by the link in the requester's emails."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.actions.handed_in import Details
from matcher.actions.linking import status_link_id
from matcher.actions.network.asking_peers import MAY_ASK
from matcher.actions.requester.asking import (
    add_details,
    confirm_person,
    confirm_request,
    turn_down_person,
    withdraw_request,
)
from matcher.lifecycle import pairing
from matcher.lifecycle.choices import Kind, WithdrawReason
from matcher.lifecycle.help_request import State
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.links import Link
from matcher.records.pages.peer_questions import read_question
from matcher.records.pages.requester import RequestPage, read_person, read_request_page
from matcher.web.context import occasion
from matcher.web.forms.base import Form
from matcher.web.forms.requester import YES, DetailsForm, PersonForm, WithdrawForm
from matcher.web.opening import open_link, token_of
from matcher.web.signed_in import open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("status", __name__)


def own_request(token: str) -> RequestPage:
    """Return the page of the request that a link belongs to. Raises the LinkRefused family."""
    link = open_link(Purpose.STATUS, token)
    return read_request_page(db.session(), link.help_request_id or 0)


@blueprint.get("/t/confirm_request/<token>")
@open_to("link")
def show_confirm(token: str) -> str | Response:
    """Show what is about to be confirmed; the address is proved by the press, not by looking."""
    link = open_link(Purpose.CONFIRM_REQUEST, token)
    page = read_request_page(db.session(), link.help_request_id or 0)
    if page.state != State.UNCONFIRMED:
        return redirect(_status_address(page.request_id))
    return render_template("requester/confirm.html", form=Form(), page=page)


@blueprint.post("/t/confirm_request/<token>")
@open_to("link")
def confirm(token: str) -> Response:
    """Prove the address and go to the request's own page."""
    link = open_link(Purpose.CONFIRM_REQUEST, token)
    request_id = confirm_request(link.id, occasion(Actor.REQUESTER))
    flash(_("Thank you. We know that the address is yours and have begun to look for somebody."))
    return redirect(_status_address(request_id), 303)


def _status_address(request_id: int) -> str:
    """Return the way to a request's own page, for someone who has just proved that it is theirs."""
    link = db.session.get_one(Link, status_link_id(db.session(), request_id))
    return url_for("status.show", token=token_of(link.id, link.key_id, Purpose.STATUS))


@blueprint.get("/t/status/<token>")
@open_to("link")
def show(token: str) -> str:
    """Show what is happening, in words and as a timeline."""
    page = own_request(token)
    return render_template(
        "requester/status.html",
        page=page,
        token=token,
        visit_addresses=_visit_addresses(page),
        question=read_question(db.session(), page.request_id),
        may_ask_first=page.state in MAY_ASK,
    )


def _visit_addresses(page: RequestPage) -> dict[int, str]:
    """Return the way to each visit's page, by pairing."""
    links = {each.pairing_id: each.visit_link for each in page.people if each.visit_link}
    return {
        pairing_id: url_for("visits.show", token=token_of(link.id, link.key_id, Purpose.VISIT))
        for pairing_id, link in links.items()
    }


@blueprint.route("/t/status/<token>/details", methods=["GET", "POST"])
@open_to("link")
def details(token: str) -> str | Response | tuple[str, int]:
    """Let the requester say more; all of it is optional."""
    page = own_request(token)
    form = DetailsForm(data=_details_of(page))
    if not form.is_submitted():
        return render_template("requester/details.html", form=form, token=token)
    if form.validate() and _save_details(page, form):
        flash(_("Your details are saved."))
        return redirect(url_for(".show", token=token), 303)
    return render_template("requester/details.html", form=form, token=token), 422


def _details_of(page: RequestPage) -> dict[str, object]:
    return {
        "title": page.title,
        "kind": page.kind,
        "audience": page.audience,
        "places": str(page.places),
        "how_long": page.how_long,
        "remote_too": page.remote_too,
        "access": page.access,
        "contact_on_day": page.contact_on_day,
        "apart": page.apart,
        "unwanted": "\n".join(page.unwanted),
    }


def _save_details(page: RequestPage, form: DetailsForm) -> bool:
    given = Details(
        title=form.title.data,
        kind=Kind(form.kind.data) if form.kind.data else None,
        audience=form.audience.data,
        places=int(form.places.data),
        how_long=form.how_long.data,
        remote_too=form.remote_too.data,
        access=form.access.data,
        contact_on_day=form.contact_on_day.data,
        unwanted=form.unwanted_names(),
        apart=form.apart.data,
    )
    if given.places < page.filled:
        form.places.refuse(_("More people than that have already said yes"))
        return False
    add_details(page.request_id, given, occasion(Actor.REQUESTER))
    return True


@blueprint.route("/t/status/<token>/withdraw", methods=["GET", "POST"])
@open_to("link")
def withdraw(token: str) -> str | Response | tuple[str, int]:
    """Ask why, then end the request and tell everyone who was asked."""
    page = own_request(token)
    form = WithdrawForm()
    if form.validate_on_submit():
        reason = WithdrawReason(form.reason.data)
        withdraw_request(page.request_id, reason, form.note.data, occasion(Actor.REQUESTER))
        flash(_("Your request is withdrawn. Everyone who was asked is told, with thanks."))
        return redirect(url_for(".show", token=token), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("requester/withdraw.html", form=form, token=token, page=page), status


@blueprint.route("/t/confirm_person/<token>", methods=["GET", "POST"])
@open_to("link")
def person(token: str) -> str | Response | tuple[str, int]:
    """Show who was found, without name and address, and take a yes or a no."""
    link = open_link(Purpose.CONFIRM_PERSON, token)
    found = read_person(db.session(), link.pairing_id or 0)
    page = read_request_page(db.session(), link.help_request_id or 0)
    form = PersonForm()
    if found.state == pairing.State.ACCEPTED and form.validate_on_submit():
        _answer(found.pairing_id, form)
        return redirect(_status_address(page.request_id), 303)
    status = 422 if form.is_submitted() and found.state == pairing.State.ACCEPTED else 200
    shown = {
        "form": form,
        "person": found,
        "page": page,
        "status": _status_address(page.request_id),
    }
    return render_template("requester/person.html", **shown), status


def _answer(pairing_id: int, form: PersonForm) -> None:
    if form.answer.data == YES:
        confirm_person(pairing_id, occasion(Actor.REQUESTER))
        flash(_("Thank you. You are both introduced: look for the email with the details."))
    else:
        turn_down_person(pairing_id, form.note.data, occasion(Actor.REQUESTER))
        flash(_("Thank you for saying so. We are looking for somebody else."))
