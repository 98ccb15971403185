"""The log of the programme's settings: who changed which when, from what to what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.records.coordinators import Coordinator
from matcher.records.database import JsonObject
from matcher.records.programmes import ProgrammeSettings, ProgrammeSettingsVersion

#: A setting by its place: "retention_months", "waves.0.extra_asks", "weights.travel".
Path = str
Value = str | int | float | bool | None
#: The one setting with names of its own below it: None takes one away.
FREE = "email_words"


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting in two versions."""

    path: Path
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """One version: what it changed, when, by whom; ``by`` is empty where the system did."""

    version: int
    at: datetime
    by: str
    changes: tuple[SettingChange, ...]


def flatten(settings: ProgrammeSettings) -> Mapping[Path, Value]:
    """Return every single setting by its path."""
    return dict(_flat("", settings.model_dump(mode="json")))


def _flat(path: Path, value: object) -> Iterator[tuple[Path, Value]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(f"{path}.{name}".lstrip("."), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _flat(f"{path}.{number}", inner)
    elif value is None or isinstance(value, str | int | float):
        yield path, value


def with_values(settings: ProgrammeSettings, values: Mapping[Path, Value]) -> ProgrammeSettings:
    """Return the settings with these in the place of others. Raises KeyError for unknown paths."""
    whole: JsonObject = settings.model_dump(mode="json")
    for path, value in values.items():
        *above, name = path.split(".")
        inside: JsonObject | list[object] = whole
        for part in above:
            inside = inside[int(part)] if isinstance(inside, list) else inside[part]  # type: ignore[assignment]
        free = above == [FREE]
        if not isinstance(inside, dict) or (name not in inside and not free):
            raise KeyError(path)
        inside[name] = value
        if free and value is None:
            del inside[name]
    return ProgrammeSettings(**whole)


def changes_between(
    before: ProgrammeSettings, after: ProgrammeSettings
) -> tuple[SettingChange, ...]:
    """Return the settings that differ, in the order in which they are kept."""
    old, new = flatten(before), flatten(after)
    paths = dict.fromkeys((*old, *new))
    return tuple(
        SettingChange(path, old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path)
    )


def list_settings_versions(session: Session) -> list[ProgrammeSettingsVersion]:
    """Return every version, oldest first."""
    ordered = select(ProgrammeSettingsVersion).order_by(ProgrammeSettingsVersion.version)
    return list(session.scalars(ordered))


def list_settings_changes(session: Session) -> tuple[SettingsChange, ...]:
    """Return every change, newest first; the first version is compared with the defaults."""
    rows = list_settings_versions(session)
    read = [ProgrammeSettings(), *(ProgrammeSettings(**row.values) for row in rows)]
    made_by = {row.made_by for row in rows}
    named = select(Coordinator).where(Coordinator.id.in_(made_by))
    names = {each.id: each.name for each in session.scalars(named)}
    log = [
        SettingsChange(row.version, row.made_at, names.get(row.made_by or 0, ""), changes)
        for row, changes in zip(
            rows, (changes_between(*pair) for pair in pairwise(read)), strict=True
        )
    ]
    return tuple(reversed(log))
