"""Help requests at the coordinators' desk: reading, approving, setting aside, closing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.previewing import Writing, preview_invitations
from matcher.actions.coordinator.reviewing import (
    approve_soon,
    ask_approved,
    close_request,
    dismiss,
    propose_again,
    reconsider,
    say_nobody,
    show_requester_details,
    take_back,
)
from matcher.lifecycle import help_request
from matcher.lifecycle.choices import CloseReason, DismissReason
from matcher.records.database import db
from matcher.records.pages.coordinator_lists import list_requests
from matcher.records.pages.coordinator_pages import RequestView, read_request
from matcher.records.pages.peer_questions import read_question
from matcher.records.pages.queues import OF_REQUESTS
from matcher.records.saved_views import Listing
from matcher.web.areas import within_areas
from matcher.web.context import email_renderer, settings
from matcher.web.coordinator.views import saved_views
from matcher.web.forms.base import Form
from matcher.web.forms.coordinator import CloseForm, DismissForm
from matcher.web.listing import asked_for
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, readers_too, signed_in_occasion
from matcher.web.words import gettext as _
from matcher.web.words import ngettext

blueprint = Blueprint("coordinator_requests", __name__, url_prefix="/coordinator/requests")


@blueprint.get("")
@readers_too
@within_areas
def every() -> str:
    """List help requests, by queue, by state and by words."""
    asked = asked_for()
    page = list_requests(
        db.session(),
        signed_in_occasion().now,
        queue=asked.queue,
        state=asked.state,
        words=asked.words,
        number=asked.number,
    )
    states, queues = list(help_request.State), OF_REQUESTS
    shown = {"page": page, "asked": asked, "states": states, "queues": queues}
    views = saved_views(Listing.REQUESTS)
    return render_template("coordinator/requests.html", **shown, views=views)


def _read(request_id: int) -> RequestView:
    return read_request(db.session(), request_id, signed_in_occasion().now)


@blueprint.get("/<int:request_id>")
@readers_too
@within_areas
def one(request_id: int) -> str:
    """Show one request: need, facts, candidates with reasons, history, emails."""
    question = read_question(db.session(), request_id)
    return render_template("coordinator/request.html", view=_read(request_id), question=question)


@blueprint.get("/<int:request_id>/approve")
@coordinators_only
@within_areas
def review(request_id: int) -> Page:
    """Show to whom what would be sent, and when, before anything is."""
    writing = Writing(email_renderer(), settings().base_url)
    acting, ids = signed_in_occasion(), _pairing_ids(request.args.getlist("pairing"))
    previews = preview_invitations(request_id, ids, writing, acting)
    if not previews:
        flash(_("Tick at least one volunteer first."))
        return redirect(url_for(".one", request_id=request_id), 303)
    shown = {"view": _read(request_id), "previews": previews, "now": acting.now}
    return show_form("coordinator/approve.html", Form(), **shown)


def _pairing_ids(given: list[str]) -> list[int]:
    """Return the ids among what was sent; anything else is no id."""
    short = (each for each in given if each.isascii() and each.isdigit() and len(each) < 10)
    return [int(each) for each in short]


@blueprint.post("/<int:request_id>/approve")
@coordinators_only
@within_areas
def approve_chosen(request_id: int) -> Response:
    """Approve the chosen proposals; the next wave of invitations goes out."""
    ids = _pairing_ids(request.form.getlist("pairing"))
    if Form().validate_on_submit():
        approve_soon(request_id, ids, signed_in_occasion())
        flash(_("Approved. Nothing is sent for ten minutes: until then you can take it back."))
    return redirect(url_for(".one", request_id=request_id), 303)


@blueprint.post("/<int:request_id>/take-back")
@coordinators_only
@within_areas
def take_all_back(request_id: int) -> Response:
    """Make proposals again of all who were approved and not asked yet."""
    number = take_back(request_id, signed_in_occasion())
    words = ngettext(
        "Taken back. %(num)s volunteer is a proposal again, and was sent nothing.",
        "Taken back. %(num)s volunteers are proposals again, and were sent nothing.",
        number,
    )
    flash(words, "success")
    return redirect(url_for(".one", request_id=request_id), 303)


@blueprint.post("/<int:request_id>/ask-now")
@coordinators_only
@within_areas
def ask_now(request_id: int) -> Response:
    """Ask those who were approved, without waiting any longer."""
    flash(_what_was_sent(ask_approved(request_id, signed_in_occasion())), "success")
    return redirect(url_for(".one", request_id=request_id), 303)


def _what_was_sent(asked: int) -> str:
    if not asked:
        return _("Nobody else is asked right now; they are next in line.")
    return ngettext(
        "%(num)s invitation is on its way.",
        "%(num)s invitations are on their way.",
        asked,
    )


@blueprint.route("/<int:request_id>/candidates/<int:pairing_id>/dismiss", methods=["GET", "POST"])
@coordinators_only
@within_areas
def set_aside(request_id: int, pairing_id: int) -> Page:
    """Ask why, then set a proposal aside."""
    view, form = _read(request_id), DismissForm()
    chosen = view.get_candidate(pairing_id)
    if form.validate_on_submit():
        reason = DismissReason(form.reason.data)
        dismiss(pairing_id, reason, form.note.data, signed_in_occasion())
        flash(_("%(name)s is set aside for this request.", name=chosen.shown_as), "success")
        return redirect(url_for(".one", request_id=request_id), 303)
    return show_form("coordinator/dismiss.html", form, view=view, chosen=chosen)


@blueprint.post("/<int:request_id>/candidates/<int:pairing_id>/reconsider")
@coordinators_only
@within_areas
def take_one_back(request_id: int, pairing_id: int) -> Response:
    """Make a proposal again of what was set aside, or approved and not yet sent."""
    chosen = _read(request_id).get_candidate(pairing_id)
    reconsider(pairing_id, signed_in_occasion())
    flash(_("%(name)s is a proposal again.", name=chosen.shown_as), "success")
    return redirect(url_for(".one", request_id=request_id), 303)


@blueprint.post("/<int:request_id>/propose")
@coordinators_only
@within_areas
def look_again(request_id: int) -> Response:
    """Have the matcher look again, with everyone who has joined since."""
    propose_again(request_id, signed_in_occasion())
    flash(_("We are looking again. New proposals are here within a minute."), "success")
    return redirect(url_for(".one", request_id=request_id), 303)


@blueprint.post("/<int:request_id>/nobody")
@coordinators_only
@within_areas
def tell_of_nobody(request_id: int) -> Response:
    """Tell the requester that nobody is in reach, where nobody is proposed."""
    say_nobody(request_id, signed_in_occasion())
    flash(_("The requester is told, with what would help."), "success")
    return redirect(url_for(".one", request_id=request_id), 303)


@blueprint.route("/<int:request_id>/close", methods=["GET", "POST"])
@coordinators_only
@within_areas
def close(request_id: int) -> Page:
    """Ask why, then end a request and tell everyone who was asked."""
    view, form = _read(request_id), CloseForm()
    if form.validate_on_submit():
        reason = CloseReason(form.reason.data)
        close_request(request_id, reason, form.note.data, signed_in_occasion())
        flash(_("The request is closed. Everyone who was asked is told."), "success")
        return redirect(url_for(".one", request_id=request_id), 303)
    return show_form("coordinator/close.html", form, view=view)


@blueprint.get("/<int:request_id>/details")
@readers_too
@within_areas
def hide_details(request_id: int) -> Response:
    """Lead whoever reloads the page with the details to the one without."""
    return redirect(url_for(".one", request_id=request_id))


@blueprint.post("/<int:request_id>/details")
@coordinators_only
@within_areas
def show_details(request_id: int) -> str:
    """Show the requester's name and address; that they were looked at is logged."""
    details = show_requester_details(request_id, signed_in_occasion())
    return render_template("coordinator/request.html", view=_read(request_id), details=details)
