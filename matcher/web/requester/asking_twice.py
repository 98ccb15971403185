"""Before a request is sent that is much like another: "is it this one?"."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.actions.requester.asking_twice import send_own_page
from matcher.lifecycle.tables import Actor
from matcher.web.context import network, occasion
from matcher.web.forms.asking_twice import ANOTHER, SameForm
from matcher.web.limits import FORMS, limiter
from matcher.web.requester.help_form import DRAFT, same_as_draft, send_draft
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to

blueprint = Blueprint("asking_twice", __name__)


@blueprint.route("/ask/same", methods=["GET", "POST"])
@limiter.limit(FORMS, methods=["POST"])
@open_to("anybody")
def same() -> Page:
    """Show the requests that are much like this one; send it all the same, or go to that one."""
    if DRAFT.next_page() is not None or DRAFT.key is None:
        return redirect(url_for("requester.ask"), 303)
    found = same_as_draft()
    form = SameForm()
    form.offer(found)
    if not form.validate_on_submit():
        return show_form("requester/same.html", form, found=found)
    if form.which.data == ANOTHER:
        return send_draft()
    email = DRAFT.filled()["you"].email.data
    send_own_page(int(form.which.data), email, network(), occasion(Actor.REQUESTER))
    return redirect(url_for(".found"), 303)


@blueprint.get("/ask/same/found")
@open_to("anybody")
def found() -> str | Response:
    """Say where to look; the same page whether or not the address was the right one."""
    return render_template("requester/found.html")
