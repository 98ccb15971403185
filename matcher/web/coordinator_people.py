"""Volunteers at the coordinators' desk: reading, vetting, pausing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.reviewing import approve_volunteer, show_volunteer_details
from matcher.actions.volunteering import pause, resume
from matcher.lifecycle import volunteer as standing
from matcher.records.coordinator_lists import list_volunteers
from matcher.records.coordinator_pages import VolunteerView, read_volunteer
from matcher.records.database import db
from matcher.web.forms.coordinator import VetForm
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_people", __name__, url_prefix="/coordinator/volunteers")


@blueprint.get("")
@coordinators_only
def every() -> str:
    """List volunteers, by state and by words."""
    state, words = request.args.get("state", ""), request.args.get("words", "").strip()
    number = request.args.get("page", 1, type=int)
    page = list_volunteers(db.session(), state=state, words=words, number=number)
    known = list(standing.State)
    shown = {"page": page, "state": state, "words": words, "states": known}
    return render_template("coordinator/volunteers.html", **shown)


def _read(volunteer_id: int) -> VolunteerView:
    return read_volunteer(db.session(), volunteer_id, signed_in_occasion().now)


@blueprint.get("/<int:volunteer_id>")
@coordinators_only
def one(volunteer_id: int) -> str:
    """Show one volunteer: what they offer, their limits, what they were asked."""
    return render_template("coordinator/volunteer.html", view=_read(volunteer_id), vet=VetForm())


@blueprint.post("/<int:volunteer_id>/approve")
@coordinators_only
def let_in(volunteer_id: int) -> Response:
    """Let a volunteer be proposed, and know their domain from now on where ticked."""
    form = VetForm()
    if form.validate_on_submit():
        trust = form.trust_domain.data
        approve_volunteer(volunteer_id, trust_domain=trust, occasion=signed_in_occasion())
        flash(_("They can be proposed from now on, and are told so."), "success")
    return redirect(url_for(".one", volunteer_id=volunteer_id), 303)


@blueprint.post("/<int:volunteer_id>/pause")
@coordinators_only
def pause_them(volunteer_id: int) -> Response:
    """Ask a volunteer nothing until they, or a coordinator, say otherwise."""
    pause(volunteer_id, None, signed_in_occasion())
    flash(_("They are asked nothing until further notice."), "success")
    return redirect(url_for(".one", volunteer_id=volunteer_id), 303)


@blueprint.post("/<int:volunteer_id>/resume")
@coordinators_only
def resume_them(volunteer_id: int) -> Response:
    """Let a volunteer be asked again."""
    resume(volunteer_id, signed_in_occasion())
    flash(_("They can be asked again."), "success")
    return redirect(url_for(".one", volunteer_id=volunteer_id), 303)


@blueprint.post("/<int:volunteer_id>/details")
@coordinators_only
def show_details(volunteer_id: int) -> str:
    """Show a volunteer's name and address; that they were looked at is logged."""
    name, email = show_volunteer_details(volunteer_id, signed_in_occasion())
    shown = {"view": _read(volunteer_id), "vet": VetForm(), "name": name, "email": email}
    return render_template("coordinator/volunteer.html", **shown)
