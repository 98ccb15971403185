"""What coordinators made of the thesaurus: groups of their own, and groups switched off.

Every version is kept whole, so that a decision can be made again and a change taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.matching.thesaurus import Group, Thesaurus, shipped_thesaurus
from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime

REMEMBERED = 8
#: The section under which a group of the coordinators is listed.
OWN_SECTION = "our own groups"


class ThesaurusVersion(Base):
    """One version, with who made it; the highest number is in force.

    ``values`` holds ``off``, the ids of groups, and ``own``, each with id, terms and weight.
    """

    __tablename__ = "thesaurus_version"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    values: Mapped[JsonObject] = mapped_column(JsonColumn)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("coordinator.id"))


@dataclass(frozen=True)
class OwnThesaurus:
    """The groups that are switched off, by id, and those that coordinators added."""

    off: frozenset[str] = frozenset()
    own: tuple[Group, ...] = ()

    @property
    def groups(self) -> dict[str, Group]:
        """The added groups by their id."""
        return {group.id: group for group in self.own}

    def switched(self, group_id: str, *, on: bool) -> "OwnThesaurus":
        """Return the same with one group on or off."""
        off = self.off - {group_id} if on else self.off | {group_id}
        return OwnThesaurus(off, self.own)

    def having(self, group: Group) -> "OwnThesaurus":
        """Return the same with this group, in the place of one with its id."""
        groups = {**self.groups, group.id: group}
        return OwnThesaurus(self.off, tuple(groups[each] for each in sorted(groups)))

    def without(self, group_id: str) -> "OwnThesaurus":
        """Return the same without an added group."""
        kept = tuple(group for group in self.own if group.id != group_id)
        return OwnThesaurus(self.off - {group_id}, kept)

    def as_values(self) -> JsonObject:
        """Return this as a row keeps it."""
        own = [{"id": g.id, "terms": list(g.terms), "weight": g.weight} for g in self.own]
        return {"off": sorted(self.off), "own": own}


def own_from_values(values: JsonObject) -> OwnThesaurus:
    """Return what ``as_values`` made a row of."""
    groups = (
        Group(each["id"], tuple(each["terms"]), each["weight"], OWN_SECTION)
        for each in values["own"]
    )
    return OwnThesaurus(frozenset(values["off"]), tuple(groups))


@lru_cache(maxsize=REMEMBERED)
def whole_thesaurus(own: OwnThesaurus) -> Thesaurus:
    """Return the shipped thesaurus with the added groups and without those switched off."""
    shipped = shipped_thesaurus()
    if own == OwnThesaurus():
        return shipped
    return shipped.with_groups(own.own).without(own.off)


def every_group(own: OwnThesaurus) -> tuple[Group, ...]:
    """Return all groups, those switched off too: the coordinators' own first."""
    return (*own.own, *shipped_thesaurus().groups)


def latest_thesaurus(session: Session) -> tuple[int, OwnThesaurus]:
    """Return the number of the version in force and what it holds; 0 where nobody made one."""
    newest = select(ThesaurusVersion).order_by(ThesaurusVersion.number.desc()).limit(1)
    row = session.scalars(newest).one_or_none()
    return (0, OwnThesaurus()) if row is None else (row.number, own_from_values(row.values))


def find_thesaurus(session: Session, number: int) -> OwnThesaurus | None:
    """Return what a version held; None where there is none of this number."""
    if number == 0:
        return OwnThesaurus()
    row = session.scalars(select(ThesaurusVersion).filter_by(number=number)).one_or_none()
    return None if row is None else own_from_values(row.values)


def list_versions(session: Session) -> Sequence[ThesaurusVersion]:
    """Return every version, oldest first."""
    return session.scalars(select(ThesaurusVersion).order_by(ThesaurusVersion.number)).all()
