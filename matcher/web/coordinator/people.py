"""Volunteers at the coordinators' desk: reading, letting in, pausing."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from matcher.actions.coordinator.noting import add_note, remove_note
from matcher.actions.coordinator.reviewing import approve_volunteer, show_volunteer_details
from matcher.actions.network.finding_peers import who_offer_the_same
from matcher.actions.network.greeting import bar_from_hellos
from matcher.actions.network.vouching import vouch
from matcher.actions.volunteer.volunteering import pause, resume
from matcher.lifecycle import volunteer as standing
from matcher.records.database import db
from matcher.records.pages.coordinator_lists import list_volunteers
from matcher.records.pages.coordinator_people import VolunteerView, read_volunteer
from matcher.records.pages.similar import SimilarRow, list_similar
from matcher.records.saved_views import Listing
from matcher.web.areas import within_areas
from matcher.web.context import live_index
from matcher.web.coordinator.views import saved_views
from matcher.web.forms.base import Form
from matcher.web.forms.coordinator import LetInForm
from matcher.web.forms.deciding import NoteForm
from matcher.web.listing import asked_for
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, readers_too, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_people", __name__, url_prefix="/coordinator/volunteers")
MOST_SIMILAR = 5


@blueprint.get("")
@readers_too
@within_areas
def every() -> str:
    """List volunteers, by state and by words."""
    asked = asked_for()
    page = list_volunteers(db.session(), state=asked.state, words=asked.words, number=asked.number)
    shown = {"page": page, "asked": asked, "states": list(standing.State)}
    views = saved_views(Listing.VOLUNTEERS)
    return render_template("coordinator/volunteers.html", **shown, views=views)


def _read(volunteer_id: int) -> VolunteerView:
    return read_volunteer(db.session(), volunteer_id, signed_in_occasion().now)


@blueprint.get("/<int:volunteer_id>")
@readers_too
@within_areas
def one(volunteer_id: int) -> str:
    """Show one volunteer: what they offer, their limits, what they were asked."""
    view = _read(volunteer_id)
    return render_template("coordinator/volunteer.html", view=view, similar=_similar(view))


def _similar(view: VolunteerView) -> tuple[SimilarRow, ...]:
    """Return who offers much the same; nobody for who has not proved that the offer is theirs."""
    if view.state == standing.State.UNCONFIRMED:
        return ()
    session, volunteer_id = db.session(), view.volunteer_id
    ids = who_offer_the_same(live_index(), session, volunteer_id, MOST_SIMILAR)
    return list_similar(session, volunteer_id, ids, signed_in_occasion().now)


@blueprint.route("/<int:volunteer_id>/let-in", methods=["GET", "POST"])
@coordinators_only
@within_areas
def let_in(volunteer_id: int) -> Page:
    """Let a volunteer be proposed, and know their domain from now on where ticked."""
    view, form = _read(volunteer_id), LetInForm()
    form.know(view.domain, view.organisation)
    if form.validate_on_submit():
        trust = form.trust_domain.data and current_user.sees_everything  # it counts everywhere
        approve_volunteer(volunteer_id, trust_domain=trust, occasion=signed_in_occasion())
        flash(_("%(name)s can be proposed now, and is told so.", name=view.shown_as), "success")
        return redirect(url_for(".one", volunteer_id=volunteer_id), 303)
    return show_form("coordinator/let_in.html", form, view=view)


@blueprint.route("/<int:volunteer_id>/pause", methods=["GET", "POST"])
@coordinators_only
@within_areas
def pause_them(volunteer_id: int) -> Page:
    """Say what a pause does; the press begins it."""
    view, form = _read(volunteer_id), Form()
    if form.validate_on_submit():
        pause(volunteer_id, None, signed_in_occasion())
        flash(_("%(name)s is asked nothing for now.", name=view.shown_as), "success")
        return redirect(url_for(".one", volunteer_id=volunteer_id), 303)
    return show_form("coordinator/pause.html", form, view=view)


@blueprint.post("/<int:volunteer_id>/resume")
@coordinators_only
@within_areas
def resume_them(volunteer_id: int) -> Response:
    """Let a volunteer be asked again."""
    resume(volunteer_id, signed_in_occasion())
    flash(_("They can be asked again."), "success")
    return redirect(url_for(".one", volunteer_id=volunteer_id), 303)


@blueprint.post("/<int:volunteer_id>/no-hellos")
@coordinators_only
@within_areas
def end_hellos(volunteer_id: int) -> Response:
    """Let a volunteer say hello to nobody any more."""
    if Form().validate_on_submit():
        bar_from_hellos(volunteer_id, signed_in_occasion())
        flash(_("They find nobody any more, and nobody finds them."), "success")
    return redirect(url_for(".one", volunteer_id=volunteer_id), 303)


@blueprint.post("/<int:volunteer_id>/vouch")
@coordinators_only
@within_areas
def vouch_for(volunteer_id: int) -> Response:
    """Stand for a volunteer who keeps their organisation to themselves."""
    if Form().validate_on_submit():
        vouch(volunteer_id, signed_in_occasion())
        flash(_("You have vouched for them. They can be proposed now."), "success")
    return redirect(url_for(".one", volunteer_id=volunteer_id), 303)


@blueprint.route("/<int:volunteer_id>/note", methods=["GET", "POST"])
@coordinators_only
@within_areas
def note(volunteer_id: int) -> Page:
    """Write a private note."""
    view, form = _read(volunteer_id), NoteForm()
    if form.validate_on_submit():
        add_note(volunteer_id, form.words.data, signed_in_occasion())
        flash(_("The note is kept."), "success")
        return redirect(url_for(".one", volunteer_id=volunteer_id), 303)
    return show_form("coordinator/note.html", form, view=view)


@blueprint.post("/<int:volunteer_id>/note/<int:note_id>/remove")
@coordinators_only
@within_areas
def remove(volunteer_id: int, note_id: int) -> Response:
    """Take a note away."""
    if Form().validate_on_submit():
        remove_note(volunteer_id, note_id, signed_in_occasion())
        flash(_("The note is removed."), "success")
    return redirect(url_for(".one", volunteer_id=volunteer_id), 303)


@blueprint.post("/<int:volunteer_id>/details")
@coordinators_only
@within_areas
def show_details(volunteer_id: int) -> str:
    """Show a volunteer's name and address; that they were looked at is logged."""
    details = show_volunteer_details(volunteer_id, signed_in_occasion())
    return render_template("coordinator/volunteer.html", view=_read(volunteer_id), details=details)
