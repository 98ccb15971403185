"""Changing the programme's settings: one version after another; any change can be undone."""

from sqlalchemy.orm import Session

from matcher.actions.allowing import require_role
from matcher.actions.coordinator.recording import record
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.proposing_anew import propose_anew
from matcher.lifecycle.access import Role
from matcher.lifecycle.refusals import MovedOn, NotAllowed, NotFound
from matcher.records.database import writing
from matcher.records.pages.settings_log import changes_between, list_settings_versions, with_values
from matcher.records.programmes import (
    ProgrammeSettings,
    ProgrammeSettingsVersion,
    get_programme,
    latest_settings,
    lock_programme,
)
from matcher.records.settings_checks import find_clashes


def save_settings(settings: ProgrammeSettings, based_on: int, occasion: Occasion) -> int:
    """Keep a new version; other weights have the matcher look again where a choice is to be made.

    Returns the version. Raises MovedOn where somebody has changed the settings since version
    ``based_on``, NotAllowed where they contradict each other or nothing would change.
    """
    with writing() as session:
        return _save(session, settings, based_on, occasion)


def undo_settings_change(version: int, occasion: Occasion) -> int:
    """Put what one version changed back to how it was before; later changes stay.

    Raises NotFound, and NotAllowed where that is how it is already or contradicts a later change.
    """
    with writing() as session:
        kept = {row.version: row for row in list_settings_versions(session)}
        if version not in kept:
            raise NotFound("no such version of the settings")
        before, after = (_read(kept.get(each)) for each in (version - 1, version))
        latest = max(kept)
        back = {each.path: each.before for each in changes_between(before, after)}
        return _save(session, with_values(_read(kept[latest]), back), latest, occasion)


def follow_yes_rate(*, follow: bool, occasion: Occasion) -> None:
    """Let waves go by the measured share of yeses, or by the table; pressed twice, nothing more."""
    with writing() as session:
        kept = latest_settings(session, get_programme(session).id)
        before = _read(kept)
        if before.waves_follow_yes_rate != follow:
            after = before.model_copy(update={"waves_follow_yes_rate": follow})
            _save(session, after, 0 if kept is None else kept.version, occasion)


def _read(row: ProgrammeSettingsVersion | None) -> ProgrammeSettings:
    return ProgrammeSettings() if row is None else ProgrammeSettings(**row.values)


def _save(session: Session, settings: ProgrammeSettings, based_on: int, occasion: Occasion) -> int:
    require_role(session, Role.ADMINISTRATOR, occasion)
    programme = get_programme(session)
    lock_programme(session, programme.id)
    kept = latest_settings(session, programme.id)
    before, version = _read(kept), 0 if kept is None else kept.version
    _check(settings, before, based_on == version)
    row = ProgrammeSettingsVersion(
        programme_id=programme.id,
        version=version + 1,
        values=settings.model_dump(mode="json"),
        made_at=occasion.now,
        made_by=occasion.actor_id,
    )
    session.add(row)
    record(session, "change_settings", row.__tablename__, row.version, occasion)
    if settings.weights != before.weights:
        propose_anew(session)
    return row.version


def _check(settings: ProgrammeSettings, before: ProgrammeSettings, in_time: bool) -> None:
    if not in_time:
        raise MovedOn("somebody else has changed the settings meanwhile")
    if settings == before:
        raise NotAllowed("the settings are like that already")
    if find_clashes(settings):
        raise NotAllowed("the settings would contradict each other")
