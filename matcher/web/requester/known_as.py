"""What those who are asked may see of a requester: a name of choice, and where on the web."""

from flask import Blueprint, flash, redirect, url_for

from matcher.actions.requester.asking import be_known_as
from matcher.web.forms.known_as import KnownAsForm
from matcher.web.requester.status import own_request
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import open_to
from matcher.web.words import gettext as _

blueprint = Blueprint("known_as", __name__)


@blueprint.route("/t/status/<token>/known-as", methods=["GET", "POST"])
@open_to("link")
def requester(token: str) -> Page:
    """Change it."""
    page = own_request(token)
    typed = {"display_name": page.display_name, "handles": "\n".join(page.handles)}
    form = KnownAsForm(data=typed)
    if form.validate_on_submit():
        name, handles = form.display_name.data, form.handles.addresses
        be_known_as(page.request_id, name, handles)
        flash(_("Your changes are saved."), "success")
        return redirect(url_for("status.show", token=token), 303)
    return show_form("requester/known_as.html", form, token=token)
