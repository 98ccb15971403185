"""Who has access to the desk, as administrators read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle.access import Role
from matcher.lifecycle.refusals import NotFound
from matcher.records.coordinators import Coordinator


@dataclass(frozen=True, slots=True)
class AccessView:
    """Somebody who has or had access. ``signed_in_at`` is None until they came.

    ``councils`` are those of their areas; None is everything.
    """

    coordinator_id: int
    name: str
    email: str
    role: Role
    invited_at: datetime
    signed_in_at: datetime | None
    ended_at: datetime | None
    councils: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Those with access by name, and those whose access ended, the latest first."""

    standing: tuple[AccessView, ...]
    ended: tuple[AccessView, ...]


def read_access(session: Session) -> AccessPage:
    """Return everybody who has or had access."""
    rows = select(Coordinator).order_by(Coordinator.name, Coordinator.id)
    every = _views(session.scalars(rows))
    ended = sorted((each for each in every if each.ended_at), key=_ended_at, reverse=True)
    return AccessPage(tuple(each for each in every if not each.ended_at), tuple(ended))


def read_person_with_access(session: Session, coordinator_id: int) -> AccessView:
    """Return somebody who has access. Raises NotFound."""
    found = session.get(Coordinator, coordinator_id)
    if found is None or found.ended_at is not None:
        raise NotFound("no such coordinator")
    return _views([found])[0]


def _ended_at(view: AccessView) -> datetime:
    return view.ended_at or view.invited_at


def _views(rows: Iterable[Coordinator]) -> tuple[AccessView, ...]:
    return tuple(
        AccessView(
            coordinator_id=row.id,
            name=row.name,
            email=row.email,
            role=Role(row.role),
            invited_at=row.invited_at,
            signed_in_at=row.signed_in_at,
            ended_at=row.ended_at,
            councils=row.areas,
        )
        for row in rows
    )
