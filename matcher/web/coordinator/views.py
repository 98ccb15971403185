"""Saved views of the lists at the desk: saved from a list, opened by one link, changed, deleted."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response

from matcher.actions.coordinator.saving_views import (
    Filters,
    NameTaken,
    TooManyViews,
    begin_with,
    change_view,
    delete_view,
    save_view,
)
from matcher.lifecycle import help_request
from matcher.lifecycle import volunteer as standing
from matcher.records.database import db
from matcher.records.pages.queues import OF_REQUESTS
from matcher.records.saved_views import Listing, ViewRow, find_opening_view, find_view, list_views
from matcher.web.areas import within_areas
from matcher.web.forms.views import NewViewForm, ViewForm
from matcher.web.listing import asked_for
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, readers_too, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_views", __name__, url_prefix="/coordinator/views")
LISTS = {
    Listing.REQUESTS: "coordinator_requests.every",
    Listing.VOLUNTEERS: "coordinator_people.every",
}
STATES = {
    Listing.REQUESTS: frozenset(help_request.State),
    Listing.VOLUNTEERS: frozenset(standing.State),
}


def saved_views(listing: Listing | None = None) -> tuple[ViewRow, ...]:
    """Return the views that whoever is signed in may open, of one list or of both."""
    return list_views(db.session(), _me(), listing)


def opening_address(coordinator_id: int) -> str:
    """Return the page with which somebody begins who has just signed in."""
    view = find_opening_view(db.session(), coordinator_id)
    return url_for("coordinator.dashboard") if view is None else _address(view)


def _address(view: ViewRow | Filters) -> str:
    """Return the address of a list with these filters; one that is not set is left out."""
    queue, state, words = view.queue or None, view.state or None, view.words or None
    return url_for(LISTS[view.listing], queue=queue, state=state, words=words)


@blueprint.get("")
@readers_too
@within_areas
def every() -> str:
    """List the views: one's own and the shared."""
    return render_template("coordinator/views.html", views=saved_views())


@blueprint.get("/<int:view_id>")
@readers_too
@within_areas
def open_view(view_id: int) -> Response:
    """Lead to the list as it was saved."""
    return redirect(_address(_get(view_id)))


@blueprint.route("/new", methods=["GET", "POST"])
@coordinators_only
@within_areas
def new() -> Page:
    """Save the part of a list that somebody sees under a name."""
    filters, form = _filters(), NewViewForm()
    if form.validate_on_submit():
        view_id = _save(form, filters)
        if view_id is not None:
            flash(_("The view is saved."), "success")
            return redirect(url_for(".open_view", view_id=view_id), 303)
    return show_form("coordinator/view_new.html", form, filters=filters, back=_address(filters))


def _save(form: NewViewForm, filters: Filters) -> int | None:
    acting, shared = signed_in_occasion(), form.is_shared.data
    try:
        view_id = save_view(form.name.data, filters, is_shared=shared, occasion=acting)
    except NameTaken:
        form.name.refuse(_("There is a view with this name already: choose another"))
        return None
    except TooManyViews:
        form.name.refuse(_("You have as many views as there is room for: delete one first"))
        return None
    if form.opens.data:
        begin_with(view_id, acting)
    return view_id


@blueprint.route("/<int:view_id>/change", methods=["GET", "POST"])
@coordinators_only
@within_areas
def change(view_id: int) -> Page:
    """Give a view another name, or share it or not."""
    view = _get(view_id)
    form = ViewForm(obj=view)
    if form.validate_on_submit() and _changed(view_id, form):
        flash(_("The view is changed."), "success")
        return redirect(url_for(".every"), 303)
    return show_form("coordinator/view_change.html", form, view=view)


def _changed(view_id: int, form: ViewForm) -> bool:
    name, shared = form.name.data, form.is_shared.data
    try:
        change_view(view_id, name, is_shared=shared, occasion=signed_in_occasion())
    except NameTaken:
        form.name.refuse(_("There is a view with this name already: choose another"))
        return False
    return True


@blueprint.post("/<int:view_id>/delete")
@coordinators_only
@within_areas
def delete(view_id: int) -> Response:
    """Delete a view; the list stays as it is."""
    delete_view(view_id, signed_in_occasion())
    flash(_("The view is deleted. Nothing that it showed is."), "success")
    return redirect(url_for(".every"), 303)


@blueprint.post("/<int:view_id>/begin")
@coordinators_only
@within_areas
def begin(view_id: int) -> Response:
    """Open a view whenever one signs in."""
    begin_with(view_id, signed_in_occasion())
    flash(_("It opens whenever you sign in."), "success")
    return redirect(url_for(".every"), 303)


@blueprint.post("/begin-with-tasks")
@coordinators_only
@within_areas
def begin_with_tasks() -> Response:
    """Begin with what needs one, as everybody does at first."""
    begin_with(None, signed_in_occasion())
    flash(_("What needs you opens whenever you sign in."), "success")
    return redirect(url_for(".every"), 303)


def _filters() -> Filters:
    """Return the known filters of the address; a list that is not known is not found."""
    given, asked = request.args.get("listing", ""), asked_for()
    if given not in set(Listing):
        raise PageNotFound
    listing = Listing(given)
    of_queue = listing == Listing.REQUESTS and asked.queue in OF_REQUESTS
    return Filters(
        listing=listing,
        queue=asked.queue if of_queue else "",
        state=asked.state if asked.state in STATES[listing] else "",
        words=asked.words,
    )


def _get(view_id: int) -> ViewRow:
    view = find_view(db.session(), view_id, _me())
    if view is None:
        raise PageNotFound
    return view


def _me() -> int:
    return signed_in_occasion().actor_id or 0
