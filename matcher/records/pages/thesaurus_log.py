"""The log of the thesaurus: who changed which group when, from what to what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.matching.thesaurus import Group, shipped_thesaurus
from matcher.records.coordinators import Coordinator
from matcher.records.thesaurus_versions import OwnThesaurus, list_versions, own_from_values


class Did(StrEnum):
    """What was done to a group."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    SWITCHED_OFF = "switched_off"
    SWITCHED_ON = "switched_on"


@dataclass(frozen=True, slots=True)
class GroupChange:
    """One group in two versions. ``is_own`` says that its terms or weight were changed.

    A group that was only switched has the same terms in both.
    """

    group_id: str
    did: Did
    before: Group | None
    after: Group | None

    @property
    def is_own(self) -> bool:
        """Whether it is more than a switch."""
        return self.did in {Did.ADDED, Did.CHANGED, Did.REMOVED}


@dataclass(frozen=True, slots=True)
class ThesaurusChange:
    """One version: what it changed, when, by whom; ``by`` is empty where the system did."""

    number: int
    at: datetime
    by: str
    changes: tuple[GroupChange, ...]


def changes_between(before: OwnThesaurus, after: OwnThesaurus) -> tuple[GroupChange, ...]:
    """Return what was done to get from one version to the next, by the ids of groups."""
    return tuple(_changes(before, after))


def _changes(before: OwnThesaurus, after: OwnThesaurus) -> Iterator[GroupChange]:
    for group_id in sorted({*before.groups, *after.groups}):
        old, new = before.groups.get(group_id), after.groups.get(group_id)
        if old != new:
            did = Did.ADDED if old is None else Did.REMOVED if new is None else Did.CHANGED
            yield GroupChange(group_id, did, old, new)
    every = {**shipped_thesaurus().by_id, **before.groups, **after.groups}
    for group_id in sorted(before.off ^ after.off):
        group = every.get(group_id)
        did = Did.SWITCHED_OFF if group_id in after.off else Did.SWITCHED_ON
        if group_id in after.groups or group_id not in before.groups:
            yield GroupChange(group_id, did, group, group)


def list_thesaurus_changes(session: Session) -> tuple[ThesaurusChange, ...]:
    """Return every change, newest first."""
    rows = list_versions(session)
    versions = [OwnThesaurus(), *(own_from_values(row.values) for row in rows)]
    made_by = [row.made_by for row in rows]
    named = select(Coordinator).where(Coordinator.id.in_(made_by))
    names = {each.id: each.name for each in session.scalars(named)}
    pairs = zip(rows, pairwise(versions), strict=True)
    log = [
        ThesaurusChange(row.number, row.made_at, names.get(row.made_by or 0, ""), changes)
        for row, changes in ((row, changes_between(*pair)) for row, pair in pairs)
    ]
    return tuple(reversed(log))
