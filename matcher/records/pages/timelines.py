"""The history of a request or a volunteer as coordinators read it: what, when, by whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.help_requests import REFERENCE_OFFSET
from matcher.records.history import Happening
from matcher.records.volunteers import Volunteer

#: The latest are shown; a request with every proposal asked has about a hundred.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class HappeningRow:
    """One thing that happened. ``by`` is the coordinator's name, where one did it.

    ``volunteer`` is the shown name and ``reference`` the request's, of whom and what it is about.
    """

    at: datetime
    subject: str
    event: str
    to_state: str
    actor: str
    by: str
    volunteer: str
    reference: str
    reason: str
    reason_code: str


def read_request_history(session: Session, request_id: int) -> tuple[HappeningRow, ...]:
    """Return what happened to a request and those asked for it, oldest first."""
    return _read(session, Happening.help_request_id == request_id)


def read_volunteer_history(session: Session, volunteer_id: int) -> tuple[HappeningRow, ...]:
    """Return what happened to a volunteer, oldest first."""
    return _read(session, Happening.volunteer_id == volunteer_id)


def _read(session: Session, belongs: ColumnElement[bool]) -> tuple[HappeningRow, ...]:
    did_it = and_(Happening.actor == Actor.COORDINATOR, Happening.actor_id == Coordinator.id)
    latest = session.execute(
        select(Happening, Coordinator.name, Volunteer.display_name, Volunteer.name)
        .outerjoin(Coordinator, did_it)
        .outerjoin(Volunteer, Happening.volunteer_id == Volunteer.id)
        .where(belongs)
        .order_by(Happening.id.desc())
        .limit(MOST_SHOWN)
    ).all()
    return tuple(
        as_row(happening, by or "", shown_as or name or "")
        for happening, by, shown_as, name in reversed(latest)
    )


def as_row(happening: Happening, by: str, volunteer: str) -> HappeningRow:
    """Return a row as it is read, with the names of who did it and whom it is about."""
    request_id = happening.help_request_id
    return HappeningRow(
        at=happening.at,
        subject=happening.subject,
        event=happening.event,
        to_state=happening.to_state,
        actor=happening.actor,
        by=by,
        volunteer=volunteer,
        reference="" if request_id is None else f"H-{request_id + REFERENCE_OFFSET}",
        reason=happening.reason,
        reason_code=str(happening.facts.get("reason", "")),
    )
