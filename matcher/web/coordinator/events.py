"""Events for coordinators: look at what was proposed, add, publish, call off."""

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound as PageNotFound

from matcher.actions.network.attending import add_event, decide_on_event
from matcher.lifecycle.event import Event
from matcher.records.database import db
from matcher.records.pages.events import EventView, read_event_by_id, read_event_desk
from matcher.web.forms.base import Form
from matcher.web.forms.events import EventForm
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, readers_too, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_events", __name__)


@blueprint.get("/coordinator/events")
@readers_too
def every() -> str:
    """Show what was proposed, and what is to come."""
    shown = read_event_desk(db.session(), signed_in_occasion().today)
    return render_template("coordinator/events.html", shown=shown)


@blueprint.route("/coordinator/events/new", methods=["GET", "POST"])
@coordinators_only
def new() -> Page:
    """Add an event; it is published at once."""
    form = EventForm()
    if form.validate_on_submit():
        add_event(form.sent(), secrets.token_hex(16), signed_in_occasion())
        flash(_("The event is published."), "success")
        return redirect(url_for(".every"), 303)
    return show_form("events/propose.html", form, by_coordinator=True)


@blueprint.get("/coordinator/events/<int:event_id>")
@readers_too
def one(event_id: int) -> str:
    """Show one event as everybody would see it, and what may be done."""
    return render_template("coordinator/event.html", event=_event(event_id))


@blueprint.post("/coordinator/events/<int:event_id>/<decision>")
@coordinators_only
def decide(event_id: int, decision: str) -> Page:
    """Publish, refuse or call off."""
    _event(event_id)
    if decision not in set(Event):
        raise PageNotFound
    if Form().validate_on_submit():
        decide_on_event(event_id, Event(decision), signed_in_occasion())
        flash(_("Done. The event is changed."), "success")
    return redirect(url_for(".every"), 303)


def _event(event_id: int) -> EventView:
    event = read_event_by_id(db.session(), event_id)
    if event is None:
        raise PageNotFound
    return event
