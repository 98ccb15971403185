"""People like you: volunteers who agreed to be found say hello, without an address of either."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response

from matcher.actions.network.finding_peers import people_like
from matcher.actions.network.greeting import (
    be_findable,
    end_hello,
    own_hellos_link,
    report_hello,
    say_hello,
    write_back,
)
from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import TooMany
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.links import Link
from matcher.records.pages.hellos import HelloView, Own, Peer, read_own, read_peers
from matcher.web.context import live_index, occasion
from matcher.web.forms.base import Form
from matcher.web.forms.peers import HelloForm, ReportForm
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link, token_of
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to, signed_in_occasion, volunteers_only
from matcher.web.words import gettext as _

blueprint = Blueprint("peers", __name__)


@blueprint.post("/volunteer/peers")
@volunteers_only
def open_own() -> Response:
    """Go to the signed-in volunteer's own hellos."""
    link = db.session.get_one(Link, own_hellos_link(signed_in_occasion()))
    token = token_of(link.id, link.key_id, Purpose.HELLO)
    return redirect(url_for(".own", token=token), 303)


@blueprint.route("/t/hello/<token>", methods=["GET", "POST"])
@open_to("link")
def own(token: str) -> Page:
    """Show people like the volunteer, and their hellos; a press lets others find them, or not."""
    shown, acting = _read(token)
    form = Form()
    if form.validate_on_submit():
        wanted = request.form.get("findable") == "yes"
        be_findable(shown.volunteer_id, wanted, acting)
        flash(_("Others can find you now.") if wanted else _("Nobody finds you any more."))
        return redirect(url_for(".own", token=token), 303)
    return show_form("peers/own.html", form, own=shown, peers=_like(shown, acting), token=token)


def _read(token: str) -> tuple[Own, Occasion]:
    volunteer_id = open_link(Purpose.HELLO, token).volunteer_id or 0
    return read_own(db.session(), volunteer_id), occasion(Actor.VOLUNTEER, volunteer_id)


def _like(own: Own, acting: Occasion) -> tuple[Peer, ...]:
    """Return people like them; nobody for who is not to be found, or takes a break."""
    if not own.findable or not own.active:
        return ()
    most = acting.settings.peers_shown
    return read_peers(db.session(), people_like(live_index(), db.session(), own.volunteer_id, most))


@blueprint.route("/t/hello/<token>/to/<int:volunteer_id>", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def say(token: str, volunteer_id: int) -> Page:
    """Say hello to somebody who is shown; nobody else can be written to."""
    own, acting = _read(token)
    peer = next((each for each in _like(own, acting) if each.volunteer_id == volunteer_id), None)
    if peer is None:
        raise PageNotFound
    form = HelloForm()
    if form.validate_on_submit():
        try:
            say_hello(own.volunteer_id, volunteer_id, form.words.data, acting)
        except TooMany:
            form.words.refuse(_("That is enough hellos for now. Try again in a few days"))
        else:
            flash(_("We pass your hello on. If they answer, we write to you."), "success")
            return redirect(url_for(".own", token=token), 303)
    return show_form("peers/say.html", form, own=own, peer=peer, token=token)


@blueprint.route("/t/hello/<token>/<int:hello_id>", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def one(token: str, hello_id: int) -> Page:
    """Show what went between two people, and pass an answer on."""
    own, acting = _read(token)
    hello, form = _one(own, hello_id), HelloForm()
    if form.validate_on_submit():
        try:
            write_back(hello_id, own.volunteer_id, form.words.data, acting)
        except TooMany:
            form.words.refuse(_("That is enough for today. Try again tomorrow"))
        else:
            flash(_("We pass it on."), "success")
            return redirect(url_for(".one", token=token, hello_id=hello_id), 303)
    return show_form("peers/hello.html", form, own=own, hello=hello, token=token)


def _one(own: Own, hello_id: int) -> HelloView:
    found = next((each for each in own.hellos if each.hello_id == hello_id), None)
    if found is None:
        raise PageNotFound
    return found


@blueprint.post("/t/hello/<token>/<int:hello_id>/end")
@open_to("link")
def end(token: str, hello_id: int) -> Response:
    """Say no, or end it; the other is not told."""
    own, acting = _read(token)
    if Form().validate_on_submit():
        end_hello(hello_id, own.volunteer_id, acting)
        flash(_("It has ended. They are not told."), "success")
    return redirect(url_for(".own", token=token), 303)


@blueprint.route("/t/hello/<token>/<int:hello_id>/report", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def report(token: str, hello_id: int) -> Page:
    """Block somebody for good, and tell the coordinators why."""
    own, acting = _read(token)
    hello, form = _one(own, hello_id), ReportForm()
    if form.validate_on_submit():
        report_hello(hello_id, own.volunteer_id, form.why.data, acting)
        flash(_("They are blocked, and a coordinator looks at it."), "success")
        return redirect(url_for(".own", token=token), 303)
    return show_form("peers/report.html", form, own=own, hello=hello, token=token)
