"""Subject access and erasure at the coordinators' desk, for whoever wrote in or phoned."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for

from matcher.actions.privacy.erasing import erase, still_coordinates
from matcher.actions.privacy.own_data import address_for_coordinator, find_address
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.exporting import PersonalCopy, read_copy
from matcher.records.person import find_person
from matcher.web.context import link_keys
from matcher.web.forms.base import Form
from matcher.web.forms.own_data import TheirNewAddressForm
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import administrators_only, coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _
from matcher.web.your_data import as_file, link_is_sent

blueprint = Blueprint("coordinator_data", __name__, url_prefix="/coordinator/data")

SIDES = {Actor.REQUESTER.value: Actor.REQUESTER, Actor.VOLUNTEER.value: Actor.VOLUNTEER}


def _side(name: str) -> Actor:
    if name not in SIDES:
        abort(404)
    return SIDES[name]


def _looked_at(name: str, row_id: int) -> PersonalCopy:
    """Return a person's copy; that it was looked at is logged."""
    now = signed_in_occasion()
    address = address_for_coordinator(_side(name), row_id, now)
    return read_copy(db.session(), find_person(db.session(), address), now.now)


@blueprint.post("/<side>/<int:row_id>")
@coordinators_only
def show(side: str, row_id: int) -> str:
    """Show everything that is kept about a requester or a volunteer."""
    shown = {"copy": _looked_at(side, row_id), "side": side, "row_id": row_id}
    return render_template("your_data/copy_for_coordinator.html", **shown)


@blueprint.post("/<side>/<int:row_id>/copy.json")
@coordinators_only
def save(side: str, row_id: int) -> Response:
    """Return the same as a file, to be sent to the person."""
    return as_file(_looked_at(side, row_id))


@blueprint.route("/<side>/<int:row_id>/erase", methods=["GET", "POST"])
@administrators_only
def erase_all(side: str, row_id: int) -> Page:
    """Say what erasure ends; the press does it."""
    session, form = db.session(), Form()
    address = find_address(session, _side(side), row_id)
    person = find_person(session, address)
    coordinates = still_coordinates(session, person)
    if form.validate_on_submit() and not coordinates:
        erase(address, link_keys(), signed_in_occasion())
        flash(_("Everything about that person is erased."), "success")
        return redirect(url_for("coordinator.dashboard"), 303)
    shown = {"person": person, "coordinates": coordinates, "token": ""}
    return show_form("your_data/erase.html", form, **shown)


def _page_of(side: str, row_id: int) -> str:
    if _side(side) == Actor.REQUESTER:
        return url_for("coordinator_requests.one", request_id=row_id)
    return url_for("coordinator_people.one", volunteer_id=row_id)


@blueprint.route("/<side>/<int:row_id>/new-address", methods=["GET", "POST"])
@coordinators_only
def new_address(side: str, row_id: int) -> Page:
    """Send a link to where a person wants to be written to, who can't open the old mailbox."""
    form, address = TheirNewAddressForm(), find_address(db.session(), _side(side), row_id)
    if form.validate_on_submit() and link_is_sent(address, form, signed_in_occasion()):
        flash(_("The link is on its way. Nothing changes until they press it."), "success")
        return redirect(_page_of(side, row_id), 303)
    back = _page_of(side, row_id)
    return show_form("your_data/address_for_coordinator.html", form, back=back)
