"""What a requester says of a visit: when on the day, where exactly, the agenda, who pays."""

from dataclasses import dataclass, fields
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.actions.post.letters_visit import visit_changed
from matcher.actions.post.posting import queue_letters
from matcher.actions.visit.dates import lock_visit
from matcher.lifecycle import visit
from matcher.lifecycle.choices import WhoPays
from matcher.lifecycle.refusals import NotAllowed
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.pairings import Pairing, Visit


@dataclass(frozen=True, slots=True)
class VisitDetails:
    """What can be said of a visit. All but the times holds for every visit of the request."""

    begins: time | None
    ends: time | None
    venue: str
    access: str
    contact_on_day: str
    agenda: str
    who_pays: WhoPays
    expenses: str


TIMES = frozenset({"begins", "ends"})


def write_details(visit_id: int, given: VisitDetails, occasion: Occasion) -> tuple[str, ...]:
    """Write the details and return the codes of what is new; then all who meet are told.

    Raises NotAllowed where the visit is not to come.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        if begun.state not in visit.COMING:
            raise NotAllowed("the visit is over")
        changed = _write(begun, given)
        if changed:
            session.add(_happening(begun, changed, occasion))
            for each in _affected(session, begun, changed):
                each.sequence += 1
                queue_letters(session, visit_changed(changed), each, occasion)
        return changed


def _write(begun: Visit, given: VisitDetails) -> tuple[str, ...]:
    """Write what differs and return its codes; the two times are one."""
    changed: list[str] = []
    for field in fields(given):
        of_visit = field.name in TIMES
        row: Visit | HelpRequest = begun if of_visit else begun.pairing.help_request
        value = getattr(given, field.name)
        if getattr(row, field.name) != value:
            setattr(row, field.name, value)
            changed.append("time" if of_visit else field.name)
    return tuple(dict.fromkeys(changed))


def _affected(session: Session, begun: Visit, changed: tuple[str, ...]) -> list[Visit]:
    """Return the visits that a change concerns: all of the request, or one where only its time."""
    if changed == ("time",):
        return [begun]
    request_id = begun.pairing.help_request_id
    coming = select(Visit).join(Pairing, Visit.pairing_id == Pairing.id)
    mine = coming.where(Pairing.help_request_id == request_id, Visit.state.in_(visit.COMING))
    return list(session.scalars(mine.order_by(Visit.id)))


def _happening(begun: Visit, changed: tuple[str, ...], occasion: Occasion) -> Happening:
    return Happening(
        at=occasion.now,
        subject=Visit.__tablename__,
        subject_id=begun.id,
        help_request_id=begun.pairing.help_request_id,
        volunteer_id=begun.pairing.volunteer_id,
        event="change_details",
        from_state=begun.state,
        to_state=begun.state,
        actor=occasion.actor,
        actor_id=occasion.actor_id,
        facts={"changed": list(changed)},
    )
