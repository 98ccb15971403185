"""What coordinators change of how the programme works; every version is kept with who made it."""

from sqlalchemy import func, select

from matcher.actions.occasion import Occasion
from matcher.records.database import writing
from matcher.records.programmes import (
    ProgrammeSettingsVersion,
    get_programme,
    get_settings,
    lock_programme,
)


def follow_yes_rate(*, follow: bool, occasion: Occasion) -> None:
    """Let waves go by the measured share of yeses, or by the table; pressed twice, nothing more."""
    with writing() as session:
        programme_id = get_programme(session).id
        lock_programme(session, programme_id)
        before = get_settings(session, programme_id)
        if before.waves_follow_yes_rate == follow:
            return
        after = before.model_copy(update={"waves_follow_yes_rate": follow})
        versions = select(func.max(ProgrammeSettingsVersion.version))
        newest = session.scalar(versions.filter_by(programme_id=programme_id)) or 0
        session.add(
            ProgrammeSettingsVersion(
                programme_id=programme_id,
                version=newest + 1,
                values=after.model_dump(mode="json"),
                made_at=occasion.now,
                made_by=occasion.actor_id,
            )
        )
