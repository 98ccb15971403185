"""A volunteer's private calendar: its address, which can be replaced, and what programs fetch."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from matcher.actions.volunteer.volunteering import replace_calendar_link
from matcher.lifecycle.tables import Actor
from matcher.mail.calendar import Attendee, VisitEntry, edges, feed
from matcher.mail.links import Purpose, address
from matcher.records.database import db
from matcher.records.pages.calendar_feed import (
    CalendarVisit,
    find_calendar_link,
    list_calendar_visits,
)
from matcher.web.context import occasion, settings
from matcher.web.opening import open_link, token_of
from matcher.web.signed_in import open_to, signed_in_id, signed_in_occasion, volunteers_only
from matcher.web.words import gettext as _

blueprint = Blueprint("visit_calendar", __name__)


@blueprint.get("/volunteer/calendar")
@volunteers_only
def page() -> str:
    """Show the address of the calendar, if there is one."""
    link = find_calendar_link(db.session(), signed_in_id())
    token = token_of(link.id, link.key_id, Purpose.CALENDAR) if link else ""
    shown = address(settings().base_url, Purpose.CALENDAR, token) if token else ""
    return render_template("volunteer/calendar.html", address=shown)


@blueprint.post("/volunteer/calendar")
@volunteers_only
def make_address() -> AnyResponse:
    """Make an address; the one before, if any, no longer works."""
    replace_calendar_link(signed_in_id(), signed_in_occasion())
    flash(_("Your calendar has a new address. Nobody else knows it."), "success")
    return redirect(url_for(".page"), 303)


@blueprint.get("/t/calendar/<token>")
@open_to("link")
def fetch(token: str) -> Response:
    """Return the visits as calendar programs read them."""
    link = open_link(Purpose.CALENDAR, token)
    acting = occasion(Actor.VOLUNTEER, link.volunteer_id)
    visits = list_calendar_visits(db.session(), link.volunteer_id or 0, acting.today)
    organiser = Attendee(acting.settings.name, settings().mail_from)
    entries = [_entry(each, organiser) for each in visits]
    return Response(feed(entries, acting.settings.name), mimetype="text/calendar")


def _entry(each: CalendarVisit, organiser: Attendee) -> VisitEntry:
    way_in = _("Getting in: %(how)s", how=each.access) if each.access else ""
    said = (f"{each.reference}: {each.heading}", way_in, f"{settings().base_url}/volunteer")
    starts, ends = edges(each.on, each.begins, each.ends)
    return VisitEntry(
        uid=each.uid,
        sequence=each.sequence,
        starts=starts,
        ends=ends,
        title=_("Visit to %(organisation)s", organisation=each.organisation),
        description="\n".join(line for line in said if line),
        place=each.place_label,
        organiser=organiser,
        attendees=(),
        stamped_at=each.made_at,
    )
