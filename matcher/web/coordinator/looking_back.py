"""Why somebody was proposed then, beside what it would be today, and what has changed since."""

from flask import Blueprint, render_template, request

from matcher.actions.proposals.looking_back import LookBack, look_back
from matcher.matching.retracing import changed_fields
from matcher.records.database import db
from matcher.records.pages.coordinator_pages import read_request
from matcher.records.pages.settings_log import SettingChange
from matcher.records.pages.settings_log import changes_between as settings_between
from matcher.records.pages.thesaurus_log import GroupChange
from matcher.records.pages.thesaurus_log import changes_between as groups_between
from matcher.records.programmes import ProgrammeSettings
from matcher.web.areas import within_areas
from matcher.web.context import live_index
from matcher.web.forms.programme import value_words
from matcher.web.forms.settings_catalogue import heading_of, setting_of
from matcher.web.signed_in import readers_too, signed_in_occasion

blueprint = Blueprint("coordinator_then", __name__)
#: These differ by what was done since, not by what anybody wrote.
NOT_SHOWN = frozenset({"id", "refused", "as_of", "minutes"})


@blueprint.get("/coordinator/candidates/<int:pairing_id>/then")
@readers_too
@within_areas
def show(pairing_id: int) -> str:
    """Show one proposal as it was; with ?past=, one that was made anew since."""
    acting = signed_in_occasion()
    found = look_back(live_index(), pairing_id, request.args.get("past", type=int), acting)
    view = read_request(db.session(), found.request_id, acting.now)
    return render_template(
        "coordinator/then.html",
        view=view,
        candidate=view.get_candidate(pairing_id),
        found=found,
        weights=_weights(found),
        groups=_groups(found),
        need_fields=_differing(found.then.need, found.need_now),
        offer_fields=_differing(found.then.offer, found.offer_now),
        setting_of=setting_of,
        heading_of=heading_of,
        value_words=value_words,
    )


def _weights(found: LookBack) -> tuple[SettingChange, ...]:
    if found.then.weights is None:
        return ()
    before = ProgrammeSettings(weights=found.then.weights)
    return settings_between(before, ProgrammeSettings(weights=found.weights_now))


def _groups(found: LookBack) -> tuple[GroupChange, ...]:
    if found.then.own_thesaurus is None:
        return ()
    return groups_between(found.then.own_thesaurus, found.own_thesaurus_now)


def _differing(old: object | None, new: object | None) -> frozenset[str]:
    if old is None or new is None:
        return frozenset()
    return frozenset(changed_fields(old, new)) - NOT_SHOWN
