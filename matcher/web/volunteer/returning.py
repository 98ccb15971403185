"""The link with which a volunteer who rests says that they are still up for it."""

from flask import Blueprint, redirect, url_for

from matcher.actions.volunteer.volunteering import resume
from matcher.lifecycle.refusals import IllegalMove
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.pages.volunteer import read_standing
from matcher.web.context import occasion
from matcher.web.forms.base import Form
from matcher.web.limits import FORMS, limiter
from matcher.web.opening import open_link
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to

blueprint = Blueprint("returning", __name__)


@blueprint.route("/t/back/<token>", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("link")
def back(token: str) -> Page:
    """Show how it stands; the press ends a rest or a pause, and pressed twice nothing more."""
    link = open_link(Purpose.BACK, token)
    volunteer_id, form = link.volunteer_id or 0, Form()
    if form.validate_on_submit():
        try:
            resume(volunteer_id, occasion(Actor.VOLUNTEER, volunteer_id))
        except IllegalMove:
            db.session.rollback()  # has left, or proves the address first: the page says so
        return redirect(url_for(".back", token=token), 303)
    standing = read_standing(db.session(), volunteer_id)
    return show_form("volunteer/back.html", form, standing=standing)
