"""Merging a request that is there twice into the one that goes on, and undoing it."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.merging import merge_request, undo_merge
from matcher.actions.requester.asking_twice import find_like_request
from matcher.lifecycle.help_request import OPEN
from matcher.records.database import db
from matcher.records.pages.coordinator_pages import read_request
from matcher.records.pages.merging import Merged, find_by_reference
from matcher.web.forms.asking_twice import ANOTHER
from matcher.web.forms.deciding import MergeForm
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_merging", __name__, url_prefix="/coordinator/requests")


@blueprint.route("/<int:request_id>/merge", methods=["GET", "POST"])
@coordinators_only
def merge(request_id: int) -> Page:
    """Ask which request goes on, then merge this one into it."""
    acting = signed_in_occasion()
    view, form = read_request(db.session(), request_id, acting.now), MergeForm()
    if not view.may_merge:
        flash(_("This request cannot be merged: it has ended, or somebody has said yes."))
        return _back(request_id)
    form.offer(find_like_request(request_id, acting))
    into = _chosen(request_id, form) if form.validate_on_submit() else None
    if into is not None:
        merge_request(request_id, into.request_id, form.note.data, acting)
        flash(_("It is merged into %(reference)s.", reference=into.reference), "success")
        return _back(request_id)
    return show_form("coordinator/merge.html", form, view=view)


def _chosen(request_id: int, form: MergeForm) -> Merged | None:
    """Return the request that goes on; where there is none, say so at the field."""
    another = form.into.data == ANOTHER
    typed = form.reference.data if another else form.into.data
    found = find_by_reference(db.session(), typed)
    if found is not None and found.request_id != request_id and found.state in OPEN:
        return found
    field = form.reference if another else form.into
    field.refuse(_("There is no other open request with this reference"))
    return None


@blueprint.post("/<int:request_id>/merge/undo")
@coordinators_only
def undo(request_id: int) -> Response:
    """Let a merged request go on, as long as nothing has been sent."""
    undo_merge(request_id, signed_in_occasion())
    flash(_("The merge is undone. Nothing was sent."), "success")
    return _back(request_id)


def _back(request_id: int) -> Response:
    return redirect(url_for("coordinator_requests.one", request_id=request_id), 303)
