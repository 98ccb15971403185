"""Organisations at the coordinators' desk: their domains, shared staff, and what they became."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.actions.occasion import Occasion
from matcher.actions.organisations import forget_domain, know_domain, merge_into, share_staff
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.records.database import db
from matcher.records.pages.organisations import list_page, read_organisation
from matcher.web.forms.organisations import DomainForm, MergeForm, StaffForm
from matcher.web.listing import asked_for
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import (
    administrators_only,
    coordinators_only,
    readers_too,
    signed_in_occasion,
)
from matcher.web.words import gettext as _

blueprint = Blueprint(
    "coordinator_organisations", __name__, url_prefix="/coordinator/organisations"
)
NameForm = StaffForm | MergeForm


@blueprint.get("")
@readers_too
def every() -> str:
    """List organisations, by words."""
    asked = asked_for()
    page = list_page(db.session(), words=asked.words, number=asked.number)
    return render_template("coordinator/organisations.html", page=page, asked=asked)


@blueprint.get("/<int:organisation_id>")
@readers_too
def one(organisation_id: int) -> str:
    """Show one organisation."""
    view = read_organisation(db.session(), organisation_id)
    return render_template("coordinator/organisation.html", view=view)


def _back(organisation_id: int) -> Response:
    return redirect(url_for(".one", organisation_id=organisation_id), 303)


@blueprint.route("/<int:organisation_id>/domain", methods=["GET", "POST"])
@coordinators_only
def add_domain(organisation_id: int) -> Page:
    """Take a domain as the organisation's."""
    view, form = read_organisation(db.session(), organisation_id), DomainForm()
    if form.validate_on_submit():
        try:
            know_domain(organisation_id, form.domain.data, signed_in_occasion())
        except NotAllowed:
            db.session.rollback()
            form.domain.refuse(_("Another organisation has this domain. Remove it there first"))
        else:
            flash(_("The domain is known now."), "success")
            return _back(organisation_id)
    return show_form("coordinator/organisation_domain.html", form, view=view)


@blueprint.post("/<int:organisation_id>/domain/<int:domain_id>/remove")
@coordinators_only
def remove_domain(organisation_id: int, domain_id: int) -> Response:
    """Know a domain no more."""
    forget_domain(organisation_id, domain_id, signed_in_occasion())
    flash(_("The domain is removed. Whoever was let in stays."), "success")
    return _back(organisation_id)


@blueprint.route("/<int:organisation_id>/staff", methods=["GET", "POST"])
@coordinators_only
def staff(organisation_id: int) -> Page:
    """Say with whom the organisation shares staff."""
    view, form = read_organisation(db.session(), organisation_id), StaffForm()
    if form.validate_on_submit() and _done(share_staff, organisation_id, form):
        flash(_("They count as one organisation now."), "success")
        return _back(organisation_id)
    return _show("coordinator/organisation_staff.html", form, view=view)


@blueprint.post("/<int:organisation_id>/staff/end")
@coordinators_only
def own_staff(organisation_id: int) -> Response:
    """Have an organisation stand for itself again."""
    share_staff(organisation_id, "", signed_in_occasion())
    flash(_("It stands for itself again."), "success")
    return _back(organisation_id)


@blueprint.route("/<int:organisation_id>/merge", methods=["GET", "POST"])
@administrators_only
def merge(organisation_id: int) -> Page:
    """Make an organisation part of another."""
    view, form = read_organisation(db.session(), organisation_id), MergeForm()
    if form.validate_on_submit() and _done(merge_into, organisation_id, form):
        flash(_("Its people and requests belong to the other organisation now."), "success")
        return _back(organisation_id)
    return _show("coordinator/organisation_merge.html", form, view=view)


def _done(act: Callable[[int, str, Occasion], None], organisation_id: int, form: NameForm) -> bool:
    """Do it with the organisation that was named, or say at the field why not."""
    try:
        act(organisation_id, form.organisation.data, signed_in_occasion())
    except NotFound:
        db.session.rollback()
        form.organisation.refuse(_("Enter an organisation from the list"))
        return False
    except NotAllowed:
        db.session.rollback()
        form.organisation.refuse(_("Enter another organisation than this one"))
        return False
    return True


def _show(template: str, form: NameForm, **shown: object) -> Page:
    form.organisation.suggestions_url = url_for("public.organisations")
    return show_form(template, form, **shown)
