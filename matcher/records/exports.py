"""What can be taken out as files, read so many rows at a time, and who took what.

Each part is a short reading of its own, so that somebody who fetches slowly holds up nothing.
Names and addresses of people stand only in what is asked for with them, and only where a
coordinator may see them: of those who have proved their address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.export_columns import (
    ASKS,
    PAIRINGS,
    REQUESTS,
    VISITS,
    VOLUNTEERS,
    Shown,
    Taking,
)
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteers import Volunteer

AT_ONCE = 500
#: The subject and the event of the history's rows about exports.
SUBJECT = "export"
TOOK = "taken_out"
LATEST = 20
COUNTED: Mapping[str, type[HelpRequest | Volunteer | Pairing | Visit]] = {
    "requests": HelpRequest,
    "volunteers": Volunteer,
    "pairings": Pairing,
    "visits": Visit,
}
COUNT_HEADINGS = ("What", "State", "Number")


class Export(StrEnum):
    """What can be taken out."""

    REQUESTS = "requests"
    VOLUNTEERS = "volunteers"
    PAIRINGS = "pairings"
    ASKS = "asks"
    VISITS = "visits"


TAKINGS: Mapping[Export, Taking] = {
    Export.REQUESTS: REQUESTS,
    Export.VOLUNTEERS: VOLUNTEERS,
    Export.PAIRINGS: PAIRINGS,
    Export.ASKS: ASKS,
    Export.VISITS: VISITS,
}
#: These can be had with names and addresses, too.
WITH_DETAILS = frozenset(
    name for name, taking in TAKINGS.items() if any(each.detail for each in taking.columns)
)


@dataclass(frozen=True, slots=True)
class Took:
    """One export: what, by whom, when, and whether with names and addresses."""

    what: Export
    with_details: bool
    by: str
    at: datetime


def headings_of(export: Export, *, with_details: bool) -> tuple[str, ...]:
    """Return the headings of an export."""
    return tuple(each.heading for each in _columns(export, with_details=with_details))


def read_rows(
    session: Session, export: Export, *, with_details: bool
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of an export, in the order in which they were made."""
    taking, after = TAKINGS[export], 0
    columns = _columns(export, with_details=with_details)
    labelled = [each.column.label(f"c{number}") for number, each in enumerate(columns)]
    every = taking.joined(select(taking.order.label("number"), *labelled))
    while True:
        rows = session.execute(
            every.where(taking.order > after).order_by(taking.order).limit(AT_ONCE)
        ).all()
        session.rollback()
        for row in rows:
            yield tuple(each.show(value) for each, value in zip(columns, row[1:], strict=True))
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].number


def _columns(export: Export, *, with_details: bool) -> tuple[Shown, ...]:
    return tuple(each for each in TAKINGS[export].columns if with_details or not each.detail)


def count_states(session: Session) -> Mapping[str, Mapping[str, int]]:
    """Return how many requests, volunteers, pairings and visits stand where."""
    counted: dict[str, Mapping[str, int]] = {}
    for name, model in COUNTED.items():
        by_state = select(model.state, func.count(model.id).label("number")).group_by(model.state)
        rows = session.execute(by_state.order_by(model.state)).all()
        counted[name] = {row.state.value: row.number for row in rows}
    return counted


def count_rows(session: Session) -> Iterator[tuple[object, ...]]:
    """Yield the same as rows of a file."""
    for what, states in count_states(session).items():
        for state, number in states.items():
            yield what, state, number


def list_taken(session: Session) -> tuple[Took, ...]:
    """Return the latest exports, the latest first."""
    did_it = and_(Happening.actor == Actor.COORDINATOR, Happening.actor_id == Coordinator.id)
    latest = (
        select(Happening, Coordinator.name)
        .outerjoin(Coordinator, did_it)
        .where(Happening.subject == SUBJECT, Happening.event == TOOK)
        .order_by(Happening.id.desc())
        .limit(LATEST)
    )
    return tuple(
        Took(
            what=Export(happening.facts["what"]),
            with_details=happening.facts["with_details"],
            by=name or "",
            at=happening.at,
        )
        for happening, name in session.execute(latest)
    )
