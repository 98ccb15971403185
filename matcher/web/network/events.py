"""Events: for everybody to see, for volunteers to say that they will be there, or to propose."""

import secrets

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response as AnyResponse

from matcher.actions.network.attending import (
    add_event,
    say_going,
    say_not_going,
    want_event_news,
    wish_reminder,
)
from matcher.lifecycle.event import State
from matcher.lifecycle.tables import Actor
from matcher.mail.calendar import EventEntry, events_calendar
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.events import (
    EventView,
    all_upcoming,
    events_going_to,
    list_upcoming,
    read_at_the_event,
    read_event,
    reminders_of,
    wants_event_news,
)
from matcher.web.context import occasion, settings
from matcher.web.forms.base import Form
from matcher.web.forms.events import EventForm
from matcher.web.limits import FORMS, limiter
from matcher.web.listing import page_number
from matcher.web.opening import open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to, signed_in_id, signed_in_occasion, volunteers_only
from matcher.web.words import gettext as _

blueprint = Blueprint("events", __name__)

CALENDAR_SECONDS = 900


@blueprint.get("/events")
@open_to("anybody")
def every() -> str:
    """Show the events to come, the nearest first."""
    today = occasion(Actor.CLOCK).today
    page = list_upcoming(db.session(), today, page_number())
    return render_template("events/list.html", page=page)


@blueprint.get("/events/<slug>")
@open_to("anybody")
def one(slug: str) -> str:
    """Show one event; to those who will be there, also what the others need and offer."""
    event = _event(slug)
    going = _is_volunteer() and event.id in events_going_to(
        db.session(), volunteer_id=signed_in_id()
    )
    there = read_at_the_event(db.session(), event.id) if going else None
    over = event.last_on < occasion(Actor.CLOCK).today
    return render_template(
        "events/event.html",
        event=event,
        going=going,
        remind=going and event.id in reminders_of(db.session(), volunteer_id=signed_in_id()),
        there=there,
        open_to_say=event.state == State.PUBLISHED and not over,
    )


def _event(slug: str) -> EventView:
    event = read_event(db.session(), slug)
    if event is None:
        raise PageNotFound
    return event


def _is_volunteer() -> bool:
    return bool(current_user.is_authenticated and current_user.actor == Actor.VOLUNTEER)


@blueprint.post("/events/<slug>/going")
@volunteers_only
def go(slug: str) -> AnyResponse:
    """Say that one will be there, or not after all."""
    event = _event(slug)
    if Form().validate_on_submit():
        _say(event, None)
    return redirect(url_for(".one", slug=slug), 303)


def _say(event: EventView, help_request_id: int | None) -> None:
    acting = signed_in_occasion() if help_request_id is None else occasion(Actor.REQUESTER)
    remind = request.form.get("remind")
    if remind is not None:
        wish_reminder(event.id, remind == "yes", acting, help_request_id=help_request_id)
        flash(_("Your choice is kept."), "success")
    elif request.form.get("going") == "yes":
        say_going(event.id, acting, help_request_id=help_request_id)
        flash(_("Good. You will be there."), "success")
    else:
        say_not_going(event.id, acting, help_request_id=help_request_id)
        flash(_("You will not be there. We have changed it."), "success")


@blueprint.route("/volunteer/events", methods=["GET", "POST"])
@volunteers_only
def own() -> Page:
    """Show a volunteer's own events, and whether they hear of new ones; the press changes it."""
    form = Form()
    if form.validate_on_submit():
        want_event_news(request.form.get("news") == "yes", signed_in_occasion())
        flash(_("Your choice is kept."), "success")
        return redirect(url_for(".own"), 303)
    mine = events_going_to(db.session(), volunteer_id=signed_in_id())
    coming = all_upcoming(db.session(), signed_in_occasion().today)
    return show_form(
        "events/own.html",
        form,
        events=[each for each in coming if each.id in mine],
        news=wants_event_news(db.session(), signed_in_id()),
    )


@blueprint.route("/volunteer/events/propose", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@volunteers_only
def propose() -> Page:
    """Take an event that a volunteer knows of; a coordinator looks at it first."""
    form = EventForm()
    if form.validate_on_submit():
        add_event(form.sent(), secrets.token_hex(16), signed_in_occasion())
        flash(_("Thank you. A coordinator looks at it, then everybody can see it."), "success")
        return redirect(url_for(".own"), 303)
    return show_form("events/propose.html", form, by_coordinator=False)


@blueprint.route("/t/status/<token>/events", methods=["GET", "POST"])
@open_to("link")
def of_request(token: str) -> str | AnyResponse:
    """Let a requester say at which events they will be: whoever fits may be met there."""
    link = open_link(Purpose.STATUS, token)
    coming = all_upcoming(db.session(), occasion(Actor.REQUESTER).today)
    if Form().validate_on_submit():
        event = next((each for each in coming if each.slug == request.form.get("event")), None)
        if event is not None:
            _say(event, link.help_request_id)
        return redirect(url_for(".of_request", token=token), 303)
    mine = events_going_to(db.session(), help_request_id=link.help_request_id)
    reminders = reminders_of(db.session(), help_request_id=link.help_request_id)
    shown = {"events": coming, "mine": mine, "reminders": reminders}
    return render_template("events/of_request.html", **shown, token=token)


@blueprint.get("/events.ics")
@open_to("anybody")
def calendar() -> Response:
    """Return the events to come as a calendar that programs can follow."""
    return _calendar(all_upcoming(db.session(), occasion(Actor.CLOCK).today))


@blueprint.get("/events/<slug>.ics")
@open_to("anybody")
def one_calendar(slug: str) -> Response:
    """Return one event as a calendar file."""
    return _calendar((_event(slug),))


def _calendar(events: tuple[EventView, ...]) -> Response:
    now, host = occasion(Actor.CLOCK).now, settings().host
    entries = [
        EventEntry(
            uid=f"event-{each.id}@{host}",
            first_on=each.first_on,
            last_on=each.last_on,
            title=each.name,
            description=each.description,
            place=each.place_label,
            address=f"{settings().base_url}{url_for('.one', slug=each.slug)}",
            called_off=each.state == State.CALLED_OFF,
        )
        for each in events
    ]
    answer = Response(events_calendar(entries, now), mimetype="text/calendar")
    answer.headers["Cache-Control"] = f"public, max-age={CALENDAR_SECONDS}"
    return answer
