"""A person's own copy of everything kept about them, as the register of personal data says."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, ColumnElement, Row, Table, and_, or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle.tables import Actor
from matcher.records.advice import AdviceNote
from matcher.records.database import JsonObject
from matcher.records.history import Happening
from matcher.records.outbox import OutgoingEmail
from matcher.records.person import ROOTS, Person, emails_to, rows_of
from matcher.records.personal_data import REGISTER, Personal, table_named
from matcher.records.received import ReceivedEmail

#: Numbers of rows say nothing to a person, and keys and signatures open doors.
NOT_SHOWN = frozenset({"id", "number", "lapses_in_a_row", "leased_until", "attempts"})
#: Words beside an event are shown to whoever wrote them, and where the programme wrote them.
WRITTEN_BY_THE_PROGRAMME = (Actor.COORDINATOR, Actor.CLOCK)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its words and its name in the table."""

    name: str
    words: str
    value: object


@dataclass(frozen=True, slots=True)
class Section:
    """The person's rows of one table, oldest first."""

    table: str
    title: str
    purpose: str
    rows: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True, slots=True)
class PersonalCopy:
    """Everything that is kept about whoever has an address."""

    address: str
    made_at: datetime
    sections: tuple[Section, ...]

    def as_json(self) -> str:
        """Return it as a file that other programs read: tables by name, rows as objects."""
        tables = {section.table: [_plain(row) for row in section.rows] for section in self.sections}
        whole = {"address": self.address, "made_at": self.made_at.isoformat(), "tables": tables}
        return json.dumps(whole, ensure_ascii=False, indent=2, default=_as_text) + "\n"


def _plain(row: Sequence[Fact]) -> JsonObject:
    return {fact.name: fact.value for fact in row}


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def read_copy(session: Session, person: Person, now: datetime) -> PersonalCopy:
    """Return a person's own copy. What others wrote in confidence and their details stay out."""
    sections = (_section(session, person, name) for name in REGISTER)
    return PersonalCopy(person.address, now, tuple(each for each in sections if each.rows))


def _section(session: Session, person: Person, name: str) -> Section:
    holding = REGISTER[name]
    rows: dict[tuple[object, ...], tuple[Fact, ...]] = {}
    for side in ROOTS:
        if side in holding.told:
            rows |= _rows(session, person, side, table_named(name))
    return Section(name, holding.title, holding.purpose, tuple(rows.values()))


def _rows(
    session: Session, person: Person, side: Actor, table: Table
) -> dict[tuple[object, ...], tuple[Fact, ...]]:
    """Return the rows that the person reads as one side, by their keys."""
    keys = table.primary_key.columns
    mine = select(table).where(_own_rows(person, side, table)).order_by(*keys)
    return {
        tuple(row._mapping[key] for key in keys): tuple(_facts(row, table, side))
        for row in session.execute(mine)
    }


def _own_rows(person: Person, side: Actor, table: Table) -> ColumnElement[bool]:
    """Return the condition for rows that the person may read: not all that are about them are."""
    if table.name == OutgoingEmail.__tablename__:
        own = table.c.coordinator_id if side == Actor.COORDINATOR else table.c.volunteer_id
        ids = () if side == Actor.REQUESTER else person.ids(side)
        return or_(emails_to(person.address, person.before), own.in_(ids))
    if table.name == ReceivedEmail.__tablename__:
        return table.c.from_address == person.address
    if table.name == AdviceNote.__tablename__:
        return and_(rows_of(person, side, table), table.c.written_by == side)
    mine = rows_of(person, side, table)
    if table.name == Happening.__tablename__ and side == Actor.REQUESTER:
        return and_(mine, table.c.subject == ROOTS[side])
    return mine


def _facts(row: Row[tuple[object, ...]], table: Table, side: Actor) -> Iterator[Fact]:
    holding = REGISTER[table.name]
    for column in table.columns:
        personal = holding.columns.get(column.name)
        if _is_hidden(column, holding.plain) or (personal and not personal.shown_to(side)):
            continue
        value = _value(row, column, personal, side)
        if value not in (None, "", [], {}):
            yield Fact(column.name, _words(column, personal), value)


def _is_hidden(column: Column[object], plain: frozenset[str]) -> bool:
    return column.name in NOT_SHOWN | plain or bool(column.foreign_keys)


def _words(column: Column[object], personal: Personal | None) -> str:
    if personal is not None:
        return personal.words
    return column.name.removesuffix("_at").replace("_", " ").capitalize()


def _value(
    row: Row[tuple[object, ...]], column: Column[object], personal: Personal | None, side: Actor
) -> object:
    held = row._mapping
    value = held[column]
    name = column.table.name
    if name == Happening.__tablename__ and column.name in ("reason", "facts"):
        return value if held["actor"] in (side, *WRITTEN_BY_THE_PROGRAMME) else None
    if name == OutgoingEmail.__tablename__ and column.name == "context":
        return value if held["sent_at"] else None
    if personal is not None and personal.part:
        return value.get(personal.part) if isinstance(value, dict) else None
    return value


def as_words(value: object) -> str:
    """Return a value as a line or lines that people can read."""
    if isinstance(value, dict):
        pairs = ((key, as_words(each)) for key, each in value.items())
        return "\n".join(f"{key.replace('_', ' ')}: {words}" for key, words in pairs if words)
    if isinstance(value, list):
        return "; ".join(words for each in value if (words := as_words(each)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else _as_text(value)
