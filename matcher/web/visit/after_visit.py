"""What a good visit leads on to: a note of advice of either side, and one who joins."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from matcher.actions.network.advising import Author, own_link
from matcher.actions.network.joining_after import FIRST_ASKS, FIRST_MILES, join_after_visit
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.links import Link
from matcher.records.pages.visits import takes_part
from matcher.web.forms.base import Form
from matcher.web.forms.visit import TeachForm
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import token_of
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.visit.page import acting, how_it_stands, own_visit
from matcher.web.words import gettext as _

blueprint = Blueprint("after_visit", __name__)


@blueprint.post("/t/visit/<token>/advice")
@open_to("link")
def advice(token: str) -> Response:
    """Go to a side's own notes about the visit, to write one."""
    page = own_visit(token)
    if not page.took_place or not Form().validate_on_submit():
        return how_it_stands(token)
    mine = page.side == Actor.REQUESTER
    author = Author(
        page.side,
        None if mine else page.volunteer_id,
        page.request_id if mine else None,
        page.pairing_id,
    )
    link = db.session.get_one(Link, own_link(author, acting(page)))
    address = token_of(link.id, link.key_id, Purpose.ADVICE)
    return redirect(url_for("advice_writing.write", token=address), 303)


@blueprint.route("/t/visit/<token>/join", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def join(token: str) -> Page:
    """Ask who was helped who could learn from them; one box, and they take part."""
    page = own_visit(token)
    if page.side != Actor.REQUESTER or not page.helped or takes_part(db.session(), page.request_id):
        return how_it_stands(token)
    form = TeachForm()
    if not form.validate_on_submit():
        shown = {"page": page, "token": token, "miles": FIRST_MILES, "asks": FIRST_ASKS}
        return show_form("visit/join.html", form, **shown)
    join_after_visit(page.visit_id, form.offer.data, acting(page))
    flash(_("Thank you. You take part now: sign in with your email to say more."), "success")
    return how_it_stands(token)
