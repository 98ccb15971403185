"""The thesaurus at the coordinators' desk: reading it, and changing it after seeing the effect."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.thesaurus_changing import (
    own_group_id,
    save_thesaurus,
    undo_thesaurus_change,
)
from matcher.actions.proposals.rules import read_rules, rules_with_thesaurus
from matcher.actions.proposals.trying import try_rules
from matcher.matching.thesaurus import Group
from matcher.matching.thesaurus_checks import common_terms, false_friends
from matcher.records.database import db
from matcher.records.pages.coordinator_people import read_shown_names
from matcher.records.pages.thesaurus import (
    SHOWS,
    GroupView,
    get_group,
    get_own_group,
    list_groups,
    list_sections,
)
from matcher.records.pages.thesaurus_log import list_thesaurus_changes
from matcher.records.thesaurus_versions import OwnThesaurus, every_group, latest_thesaurus
from matcher.web.context import live_index
from matcher.web.forms.sure import SureForm
from matcher.web.forms.thesaurus import GroupForm
from matcher.web.listing import asked_for
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_thesaurus", __name__, url_prefix="/coordinator/thesaurus")


@blueprint.get("")
@coordinators_only
def every() -> str:
    """List the groups, by words, section and whether they count."""
    asked = asked_for()
    show, section = request.args.get("show", ""), request.args.get("section", "")
    page = list_groups(
        _in_force()[1], words=asked.words, section=section, show=show, number=asked.number
    )
    shown = {"page": page, "asked": asked, "show": show, "section": section}
    return render_template(
        "coordinator/thesaurus.html", shows=SHOWS, sections=list_sections(), **shown
    )


def _in_force() -> tuple[int, OwnThesaurus]:
    return latest_thesaurus(db.session())


@blueprint.get("/groups/<group_id>")
@coordinators_only
def one(group_id: str) -> str:
    """Show one group and what may be done with it."""
    own = _in_force()[1]
    view = get_group(own, group_id)
    group = Group(view.group_id, view.terms, view.weight)
    friends = false_friends(group, every_group(own))
    return render_template("coordinator/thesaurus_group.html", view=view, friends=friends)


@blueprint.route("/add", methods=["GET", "POST"])
@coordinators_only
def add() -> Page:
    """Ask for the words of a new group, show what it would change, then keep it."""
    return _edit(None)


@blueprint.route("/groups/<group_id>/change", methods=["GET", "POST"])
@coordinators_only
def change(group_id: str) -> Page:
    """Ask for the words of an added group anew, show what that would change, then keep it."""
    return _edit(get_own_group(_in_force()[1], group_id))


def _edit(view: GroupView | None) -> Page:
    number, own = _in_force()
    form = GroupForm()
    group_id = view.group_id if view else own_group_id(own, form.lines())
    others = [group for group in every_group(own) if group.id != group_id]
    if not form.is_submitted() and view:
        form.show(own.groups[view.group_id])
    if form.again.data:
        return render_template("coordinator/thesaurus_edit.html", form=form, view=view)
    if not form.validate_on_submit() or not form.takes(others):
        return show_form("coordinator/thesaurus_edit.html", form, view=view)
    group = form.group(group_id)
    done = _("The group is kept. Proposals that nobody has acted on are made again.")
    return _show_or_keep(form, own.having(group), number, done=done, group=group)


@blueprint.route("/groups/<group_id>/switch", methods=["GET", "POST"])
@coordinators_only
def switch(group_id: str) -> Page:
    """Show what switching a group off, or on again, would change; then do it."""
    number, own = _in_force()
    view = get_group(own, group_id)
    changed = own.switched(group_id, on=not view.on)
    done = _("The group counts again.") if not view.on else _("The group no longer counts.")
    return _show_or_keep(SureForm(), changed, number, done=done, view=view)


@blueprint.route("/groups/<group_id>/remove", methods=["GET", "POST"])
@coordinators_only
def remove(group_id: str) -> Page:
    """Show what removing an added group would change; then do it."""
    number, own = _in_force()
    view = get_own_group(own, group_id)
    done = _("The group is removed. It can be put back from the history.")
    return _show_or_keep(SureForm(), own.without(group_id), number, done=done, view=view)


def _show_or_keep(
    form: SureForm,
    changed: OwnThesaurus,
    number: int,
    *,
    done: str,
    view: GroupView | None = None,
    group: Group | None = None,
) -> Page:
    """Keep the change where its effect was shown with this version; else show the effect."""
    if form.confirms(number) and form.validate():
        save_thesaurus(changed, number, signed_in_occasion())
        flash(done, "success")
        return redirect(url_for(".every", show="own" if group else None), 303)
    overtaken = form.overtaken(number)
    form.based_on.data = str(number)
    return _show_effect(form, changed, view=view, group=group, overtaken=overtaken)


def _show_effect(
    form: SureForm,
    changed: OwnThesaurus,
    *,
    view: GroupView | None,
    group: Group | None,
    overtaken: bool,
) -> str:
    live, rules = live_index(), rules_with_thesaurus(read_rules(db.session()), changed)
    trial = try_rules(live, rules, signed_in_occasion())
    session = db.session()
    common = common_terms(group, live.follow(session).statistics) if group else []
    return render_template(
        "coordinator/thesaurus_effect.html",
        form=form,
        trial=trial,
        view=view,
        group=group,
        overtaken=overtaken,
        friends=_friends(group, changed),
        common=common,
        names=read_shown_names(session, trial.volunteer_ids),
    )


def _friends(group: Group | None, own: OwnThesaurus) -> Sequence[object]:
    return false_friends(group, every_group(own)) if group else ()


@blueprint.get("/history")
@coordinators_only
def history() -> str:
    """Show who changed what when, newest first."""
    log = list_thesaurus_changes(db.session())
    return render_template("coordinator/thesaurus_history.html", log=log)


@blueprint.post("/history/<int:number>/undo")
@coordinators_only
def undo(number: int) -> Response:
    """Put what one change did back to how it was before."""
    undo_thesaurus_change(number, signed_in_occasion())
    flash(_("The change is undone. That, too, is in the history."), "success")
    return redirect(url_for(".history"), 303)
