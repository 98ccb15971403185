"""People and access: who may sign in to the desk, in which role, and ending it at once."""

from flask import Blueprint, flash, redirect, url_for

from matcher.actions.coordinator.access import add_coordinator, change_role, end_access
from matcher.lifecycle.access import Role
from matcher.records.coordinators import find_coordinator
from matcher.records.database import db
from matcher.records.pages.access import read_access, read_person_with_access
from matcher.web.forms.access import InviteForm, Limited
from matcher.web.forms.base import Form
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import administrators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_access", __name__, url_prefix="/coordinator/access")


@blueprint.route("", methods=["GET", "POST"])
@administrators_only
def every() -> Page:
    """List who has access, and invite somebody."""
    form = InviteForm()
    if form.validate_on_submit():
        if find_coordinator(db.session(), form.email.data) is None:
            role, acting = Role(form.role.data), signed_in_occasion()
            add_coordinator(form.email.data, form.name.data, acting, role, form.sight)
            flash(_("%(name)s is invited by email.", name=form.name.data), "success")
            return redirect(url_for(".every"), 303)
        form.email.refuse(_("Somebody with this address has access already"))
    return show_form("coordinator/access.html", form, page=read_access(db.session()))


@blueprint.route("/<int:coordinator_id>", methods=["GET", "POST"])
@administrators_only
def one(coordinator_id: int) -> Page:
    """Change what somebody may do."""
    person = read_person_with_access(db.session(), coordinator_id)
    form = Limited(role=person.role, areas=list(person.councils or ()))
    if form.validate_on_submit():
        change_role(coordinator_id, Role(form.role.data), signed_in_occasion(), form.sight)
        flash(_("Saved. It counts from their next press on."), "success")
        return redirect(url_for(".every"), 303)
    return show_form("coordinator/access_role.html", form, person=person)


@blueprint.route("/<int:coordinator_id>/again", methods=["POST"])
@administrators_only
def again(coordinator_id: int) -> Page:
    """Invite somebody anew who has not come, with a fresh link."""
    person = read_person_with_access(db.session(), coordinator_id)
    if Form().validate_on_submit():
        add_coordinator(person.email, person.name, signed_in_occasion(), person.role)
        flash(_("%(name)s is invited by email.", name=person.name), "success")
    return redirect(url_for(".every"), 303)


@blueprint.route("/<int:coordinator_id>/end", methods=["GET", "POST"])
@administrators_only
def end(coordinator_id: int) -> Page:
    """Say what ends; the press ends it."""
    person, form = read_person_with_access(db.session(), coordinator_id), Form()
    if form.validate_on_submit():
        end_access(coordinator_id, signed_in_occasion())
        flash(_("%(name)s has no access any more.", name=person.name), "success")
        return redirect(url_for(".every"), 303)
    return show_form("coordinator/access_end.html", form, person=person)
