"""A coordinator's calendar of everybody's coming visits: its address, and what programs fetch."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.calendar import (
    end_desk_calendar,
    get_owner,
    replace_desk_calendar,
)
from matcher.lifecycle.tables import Actor
from matcher.mail.calendar import Attendee, VisitEntry, edges, feed
from matcher.mail.links import Purpose, address
from matcher.records.database import db
from matcher.records.pages.calendar_feed import (
    DeskVisit,
    find_desk_calendar_link,
    list_coming_visits,
)
from matcher.records.sight import narrow
from matcher.web.areas import within_areas
from matcher.web.context import occasion, settings
from matcher.web.opening import open_link, token_of
from matcher.web.signed_in import coordinators_only, open_to, signed_in_id, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_calendar", __name__)


@blueprint.get("/coordinator/calendar")
@coordinators_only
@within_areas
def page() -> str:
    """Show the address of the calendar, if there is one."""
    link = find_desk_calendar_link(db.session(), signed_in_id())
    token = token_of(link.id, link.key_id, Purpose.DESK_CALENDAR) if link else ""
    shown = address(settings().base_url, Purpose.DESK_CALENDAR, token) if token else ""
    return render_template("coordinator/calendar.html", address=shown)


@blueprint.post("/coordinator/calendar")
@coordinators_only
@within_areas
def make_address() -> Response:
    """Make an address; the one before, if any, no longer works."""
    replace_desk_calendar(signed_in_id(), signed_in_occasion())
    flash(_("Your calendar has a new address. Nobody else knows it."), "success")
    return redirect(url_for(".page"), 303)


@blueprint.post("/coordinator/calendar/end")
@coordinators_only
@within_areas
def end_address() -> Response:
    """End the address."""
    end_desk_calendar(signed_in_id(), signed_in_occasion())
    flash(_("The address no longer works."), "success")
    return redirect(url_for(".page"), 303)


@blueprint.get("/t/desk_calendar/<token>")
@open_to("link")
def fetch(token: str) -> Response:
    """Return the coming visits as calendar programs read them."""
    link = open_link(Purpose.DESK_CALENDAR, token)
    owner = get_owner(link.coordinator_id)
    acting = occasion(Actor.COORDINATOR, owner.id)
    narrow(db.session(), owner.id, owner.areas)
    visits = list_coming_visits(db.session(), acting.today)
    organiser = Attendee(acting.settings.name, settings().mail_from)
    name = _("Visits: %(programme)s", programme=acting.settings.name)
    content = feed([_entry(each, organiser) for each in visits], name)
    return Response(content, mimetype="text/calendar")


def _entry(each: DeskVisit, organiser: Attendee) -> VisitEntry:
    visit = each.visit
    host, guest = visit.organisation, each.helping
    title = (
        _("%(guest)s visits %(host)s", guest=guest, host=host)
        if guest
        else _("Visit to %(host)s", host=host)
    )
    starts, ends = edges(visit.on, visit.begins, visit.ends)
    page = f"{settings().base_url}/coordinator/requests/{each.request_id}"
    return VisitEntry(
        uid=f"desk-{visit.uid}",
        sequence=visit.sequence,
        starts=starts,
        ends=ends,
        title=f"{title} ({visit.reference})",
        description=f"{visit.heading}\n{page}",
        place=visit.place_label,
        organiser=organiser,
        attendees=(),
        stamped_at=visit.made_at,
    )
