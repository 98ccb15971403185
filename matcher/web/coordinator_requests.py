"""Help requests at the coordinators' desk: reading, approving, setting aside, closing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.proposing import explain_barred
from matcher.actions.reviewing import (
    approve,
    close_request,
    dismiss,
    propose_again,
    reconsider,
    show_requester_details,
)
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import CloseReason, DismissReason
from matcher.lifecycle.refusals import NotFound
from matcher.matching.offers import Bar
from matcher.records.coordinator_lists import list_requests
from matcher.records.coordinator_pages import (
    CandidateView,
    RequestView,
    read_request,
    read_shown_as,
)
from matcher.records.database import db
from matcher.web.context import live_index
from matcher.web.forms.coordinator import CloseForm, DismissForm, PressForm
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _
from matcher.web.words import ngettext

blueprint = Blueprint("coordinator_requests", __name__, url_prefix="/coordinator/requests")

Page = str | Response | tuple[str, int]


@blueprint.get("")
@coordinators_only
def every() -> str:
    """List help requests, by state and by words."""
    state, words = request.args.get("state", ""), request.args.get("words", "").strip()
    number = request.args.get("page", 1, type=int)
    page = list_requests(db.session(), state=state, words=words, number=number)
    known = list(help_request.State)
    shown = {"page": page, "state": state, "words": words, "states": known}
    return render_template("coordinator/requests.html", **shown)


def _read(request_id: int) -> RequestView:
    return read_request(db.session(), request_id, signed_in_occasion().now)


@blueprint.get("/<int:request_id>")
@coordinators_only
def one(request_id: int) -> str:
    """Show one request: need, facts, candidates with reasons, history, emails."""
    return render_template("coordinator/request.html", view=_read(request_id))


@blueprint.get("/<int:request_id>/why-not")
@coordinators_only
def why_not(request_id: int) -> str:
    """Show why everyone else was not proposed, with the cheapest fix for each group."""
    wanted = request.args.get("bar", "")
    bar = Bar(wanted) if wanted in set(Bar) else None
    offset = max(0, request.args.get("from", 0, type=int))
    found = explain_barred(live_index(), request_id, signed_in_occasion(), bar, offset)
    names = read_shown_as(db.session(), [int(each.offer_id) for each in found.people])
    shown = {"found": found, "bar": bar, "offset": offset, "names": names}
    return render_template("coordinator/why_not.html", view=_read(request_id), **shown)


@blueprint.get("/<int:request_id>/approve")
@coordinators_only
def review(request_id: int) -> Page:
    """Show who would be asked, and what they would read, before anything is sent."""
    view = _read(request_id)
    chosen = _chosen(view, set(request.args.getlist("pairing")))
    if not chosen:
        flash(_("Tick at least one volunteer first."))
        return redirect(url_for(".one", request_id=request_id))
    return render_template("coordinator/approve.html", view=view, chosen=chosen, form=PressForm())


def _chosen(view: RequestView, ids: set[str]) -> list[CandidateView]:
    return [
        each
        for each in view.candidates
        if each.state == pairing.State.PROPOSED and str(each.pairing_id) in ids
    ]


@blueprint.post("/<int:request_id>/approve")
@coordinators_only
def approve_chosen(request_id: int) -> Page:
    """Approve the chosen proposals; the first wave of invitations goes out."""
    ids = request.form.getlist("pairing", type=int)
    if not PressForm().validate_on_submit():
        return redirect(url_for(".one", request_id=request_id), 303)
    asked = approve(request_id, ids, signed_in_occasion())
    flash(
        ngettext(
            "Approved. %(num)s invitation is on its way.",
            "Approved. %(num)s invitations are on their way.",
            asked,
        ),
        "success",
    )
    return redirect(url_for(".one", request_id=request_id), 303)


def _candidate(view: RequestView, pairing_id: int) -> CandidateView:
    found = [each for each in view.candidates if each.pairing_id == pairing_id]
    if not found:
        raise NotFound("no such pairing")
    return found[0]


@blueprint.route("/<int:request_id>/candidates/<int:pairing_id>/dismiss", methods=["GET", "POST"])
@coordinators_only
def set_aside(request_id: int, pairing_id: int) -> Page:
    """Ask why, then set a proposal aside."""
    view, form = _read(request_id), DismissForm()
    chosen = _candidate(view, pairing_id)
    if form.validate_on_submit():
        reason = DismissReason(form.reason.data)
        dismiss(chosen.pairing_id, reason, form.note.data, signed_in_occasion())
        flash(_("%(name)s is set aside for this request.", name=chosen.shown_as), "success")
        return redirect(url_for(".one", request_id=request_id), 303)
    return render_template(
        "coordinator/dismiss.html", view=view, chosen=chosen, form=form
    ), form.status


@blueprint.post("/<int:request_id>/candidates/<int:pairing_id>/reconsider")
@coordinators_only
def take_back(request_id: int, pairing_id: int) -> Response:
    """Make a proposal again of what was set aside, or approved and not yet sent."""
    chosen = _candidate(_read(request_id), pairing_id)
    reconsider(chosen.pairing_id, signed_in_occasion())
    flash(_("%(name)s is a proposal again.", name=chosen.shown_as), "success")
    return redirect(url_for(".one", request_id=request_id), 303)


@blueprint.post("/<int:request_id>/propose")
@coordinators_only
def look_again(request_id: int) -> Response:
    """Have the matcher look again, with everyone who has joined since."""
    propose_again(request_id, signed_in_occasion())
    flash(_("The matcher looks again. New proposals are here within a few seconds."), "success")
    return redirect(url_for(".one", request_id=request_id), 303)


@blueprint.route("/<int:request_id>/close", methods=["GET", "POST"])
@coordinators_only
def close(request_id: int) -> Page:
    """Ask why, then end a request and tell everyone who was asked."""
    view, form = _read(request_id), CloseForm()
    if form.validate_on_submit():
        close_request(
            request_id, CloseReason(form.reason.data), form.note.data, signed_in_occasion()
        )
        flash(_("The request is closed. Everyone who was asked is told."), "success")
        return redirect(url_for(".one", request_id=request_id), 303)
    return render_template("coordinator/close.html", view=view, form=form), form.status


@blueprint.post("/<int:request_id>/details")
@coordinators_only
def show_details(request_id: int) -> str:
    """Show the requester's name and address; that they were looked at is logged."""
    name, email = show_requester_details(request_id, signed_in_occasion())
    shown = {"view": _read(request_id), "name": name, "email": email}
    return render_template("coordinator/request.html", **shown)
