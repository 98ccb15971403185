"""The programme's settings at the coordinators' desk: pages, what if, history, undo."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.actions.coordinator.settings_changing import save_settings, undo_settings_change
from matcher.actions.proposals.rules import read_rules, rules_with_weights
from matcher.actions.proposals.trying import try_rules
from matcher.records.database import db
from matcher.records.pages.coordinator_people import read_shown_names
from matcher.records.pages.settings_log import changes_between, flatten, list_settings_changes
from matcher.records.programmes import ProgrammeSettings, get_programme, latest_settings
from matcher.web.context import live_index
from matcher.web.forms.programme import SettingsForm, form_of, question_words, value_words
from matcher.web.forms.setting import Section
from matcher.web.forms.settings_catalogue import SECTIONS, heading_of, setting_of
from matcher.web.forms.settings_matching import MATCHING
from matcher.web.showing import Page, show_form
from matcher.web.signed_in import administrators_only, coordinators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_settings", __name__, url_prefix="/coordinator/settings")


@blueprint.context_processor
def words() -> dict[str, object]:
    """Give the templates of these pages the words for settings."""
    return {
        "setting_of": setting_of,
        "heading_of": heading_of,
        "question_words": question_words,
        "value_words": value_words,
    }


@blueprint.get("")
@coordinators_only
def every() -> str:
    """Show every setting in force, by page."""
    values = flatten(_in_force()[1])
    return render_template("coordinator/settings.html", sections=SECTIONS.values(), values=values)


def _in_force() -> tuple[int, ProgrammeSettings]:
    session = db.session()
    kept = latest_settings(session, get_programme(session).id)
    if kept is None:
        return 0, ProgrammeSettings()
    return kept.version, ProgrammeSettings(**kept.values)


@blueprint.route("/<name>", methods=["GET", "POST"])
@administrators_only
def one(name: str) -> Page:
    """Ask for the settings of one page; those of a match are tried before they are kept."""
    if name not in SECTIONS:
        abort(404)
    section, (version, settings) = SECTIONS[name], _in_force()
    form = form_of(section)
    if not form.is_submitted():
        form.show(settings)
        form.based_on.data = str(version)
    if form.again.data:
        return render_template("coordinator/settings_edit.html", form=form, section=section)
    changed = _checked(form, settings)
    if changed is None:
        return show_form("coordinator/settings_edit.html", form, section=section)
    return _keep_or_try(form, section, settings, changed, version)


def _checked(form: SettingsForm, settings: ProgrammeSettings) -> ProgrammeSettings | None:
    """Return the settings that were sent; None where something is wrong with them."""
    if not form.validate_on_submit():
        return None
    changed = form.changed(settings)
    return changed if form.agrees(changed) else None


def _keep_or_try(
    form: SettingsForm,
    section: Section,
    settings: ProgrammeSettings,
    changed: ProgrammeSettings,
    version: int,
) -> Page:
    if changed == settings:
        flash(_("Nothing was changed."))
        return redirect(url_for(".every"), 303)
    overtaken = form.based_on.data != str(version)
    tried = section is not MATCHING or form.confirms(version)
    if overtaken or not tried:
        form.based_on.data = str(version)
        return _show_effect(form, section, settings, changed, overtaken=overtaken)
    save_settings(changed, version, signed_in_occasion())
    flash(_("The settings are kept. You can undo this in the history."), "success")
    return redirect(f"{url_for('.every')}#{section.name}", 303)


def _show_effect(
    form: SettingsForm,
    section: Section,
    settings: ProgrammeSettings,
    changed: ProgrammeSettings,
    *,
    overtaken: bool,
) -> str:
    trial, names = None, {}
    if section is MATCHING:
        rules = rules_with_weights(read_rules(db.session()), changed.weights)
        trial = try_rules(live_index(), rules, signed_in_occasion(), with_past=True)
        names = dict(read_shown_names(db.session(), trial.volunteer_ids))
    return render_template(
        "coordinator/settings_effect.html",
        form=form,
        section=section,
        changes=changes_between(settings, changed),
        trial=trial,
        names=names,
        overtaken=overtaken,
    )


@blueprint.get("/history")
@coordinators_only
def history() -> str:
    """Show who changed what when, newest first."""
    log = list_settings_changes(db.session())
    return render_template("coordinator/settings_history.html", log=log)


@blueprint.post("/history/<int:version>/undo")
@administrators_only
def undo(version: int) -> Response:
    """Put what one change did back to how it was before."""
    undo_settings_change(version, signed_in_occasion())
    flash(_("The change is undone. That, too, is in the history."), "success")
    return redirect(url_for(".history"), 303)
