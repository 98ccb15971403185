"""Everything in the tables that is one person's, found by the email address they proved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, false, or_, select, union
from sqlalchemy.orm import Session

from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.drafts import Draft
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail
from matcher.records.personal_data import table_named
from matcher.records.received import ReceivedEmail
from matcher.records.uploads import UploadLine
from matcher.records.volunteers import Volunteer

#: The table that stands for a person on each side; rows elsewhere point to one of them.
ROOTS = {
    Actor.REQUESTER: HelpRequest.__tablename__,
    Actor.VOLUNTEER: Volunteer.__tablename__,
    Actor.COORDINATOR: Coordinator.__tablename__,
}
#: A note of advice is its author's alone, though it names a visit of two.
ONE_OWNER = frozenset({"advice_note"})
#: Rows that are two people's: whatever points to one of them is theirs, too.
SHARED = frozenset({"pairing", "visit", "advice_note", "peer_question"})


@dataclass(frozen=True, slots=True)
class Person:
    """One address and the ids of the rows that are its owner's, on each side.

    ``listed``: the address stands in a list that a coordinator sent and has not taken in.

    ``before``: emails to the address count only where they were queued before that moment.
    """

    address: str = ""
    requests: tuple[int, ...] = ()
    volunteers: tuple[int, ...] = ()
    coordinators: tuple[int, ...] = ()
    drafts: tuple[str, ...] = ()
    written_to: bool = False
    listed: bool = False
    before: datetime | None = None

    @property
    def known(self) -> bool:
        """Whether anything is kept about them."""
        return bool(
            self.written_to or self.listed or self.drafts or any(self.ids(side) for side in ROOTS)
        )

    def ids(self, side: Actor) -> tuple[int, ...]:
        """Return the ids of the rows that stand for the person on one side."""
        return {
            Actor.REQUESTER: self.requests,
            Actor.VOLUNTEER: self.volunteers,
            Actor.COORDINATOR: self.coordinators,
        }[side]


def find_person(session: Session, address: str, *, before: datetime | None = None) -> Person:
    """Return whose this address is; what was begun at ``before`` or later is left out."""
    address = address.strip().lower()
    return Person(
        address=address,
        requests=_ids(session, HelpRequest, HelpRequest.requester_email, address, before),
        volunteers=_ids(session, Volunteer, Volunteer.email, address, before),
        coordinators=_ids(session, Coordinator, Coordinator.email, address, before),
        drafts=tuple(_drafts_with(session, address)) if address else (),
        written_to=_written_to(session, address, before),
        listed=_listed(session, address),
        before=before,
    )


BEGAN = {
    HelpRequest: HelpRequest.sent_at,
    Volunteer: Volunteer.joined_at,
    Coordinator: Coordinator.invited_at,
}


def _ids(
    session: Session,
    model: type[HelpRequest | Volunteer | Coordinator],
    column: object,
    address: str,
    before: datetime | None,
) -> tuple[int, ...]:
    if not address:
        return ()
    mine = select(model.id).where(column == address).order_by(model.id)  # type: ignore[arg-type]  # a column
    if before is not None:
        mine = mine.where(BEGAN[model] < before)
    return tuple(session.scalars(mine))


def _drafts_with(session: Session, address: str) -> Iterator[str]:
    """Find half-filled forms that name the address: few rows, none older than a day."""
    for draft in session.scalars(select(Draft)):
        typed = (str(value).strip().lower() for value in draft.values.values())
        if address in typed:
            yield draft.key


def _written_to(session: Session, address: str, before: datetime | None) -> bool:
    sent = select(OutgoingEmail.id).where(emails_to(address, before)).limit(1)
    return session.scalars(sent).first() is not None


def _listed(session: Session, address: str) -> bool:
    named = select(UploadLine.id).where(UploadLine.address == address).limit(1)
    return bool(address) and session.scalars(named).first() is not None


def emails_to(address: str, before: datetime | None) -> ColumnElement[bool]:
    """Return the condition for emails to an address, queued before a moment where one is given."""
    if not address:
        return false()
    mine = OutgoingEmail.to_address == address
    return mine if before is None else and_(mine, OutgoingEmail.queued_at < before)


def list_addresses(session: Session) -> list[str]:
    """Return every address that somebody gave or that was written to."""
    columns = (
        HelpRequest.requester_email,
        Volunteer.email,
        Coordinator.email,
        OutgoingEmail.to_address,
        UploadLine.address,
    )
    given = union(*(select(column) for column in columns))
    return sorted({address.lower() for address in session.scalars(given) if address})


def rows_of(person: Person, side: Actor, table: Table) -> ColumnElement[bool]:
    """Return the condition for a table's rows that are the person's, as one side.

    A row belongs to whom it points to, itself or through a row that does: a visit through its
    pairing, a pairing to both its request and its volunteer.
    """
    if table.name == ROOTS[side]:
        return table.c.id.in_(person.ids(side))
    if table.name == Draft.__tablename__:
        return table.c.key.in_(person.drafts)
    if table.name == UploadLine.__tablename__:
        return and_(table.c.address == person.address, table.c.address != "")
    if table.name == ReceivedEmail.__tablename__ and person.address:
        return or_(table.c.from_address == person.address, _pointing(person, side, table))
    return _pointing(person, side, table)


def _pointing(person: Person, side: Actor, table: Table) -> ColumnElement[bool]:
    conditions = []
    for column in table.columns:
        for key in column.foreign_keys:
            target = key.column.table
            if target.name == ROOTS[side]:
                conditions.append(column.in_(person.ids(side)))
            elif table.name not in ONE_OWNER and target.name in SHARED:
                through = table_named(target.name)
                found = select(key.column).where(rows_of(person, side, through))
                conditions.append(column.in_(found))
    return or_(*conditions) if conditions else false()
