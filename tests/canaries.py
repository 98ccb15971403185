"""Unmistakable words in every place where a person's words may stand, and the search for them.

The places are found from the tables themselves, so that a new column is filled and looked for.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import JSON, Column, Enum, String, Table, func, insert, select, text, update

from matcher.lifecycle.tables import Actor
from matcher.records.database import Base, db, writing
from matcher.records.personal_data import REGISTER, STAYS

#: No stemmer shortens it, no list of words knows it.
MARK = "zqxjk"
SHORTEST = 10
#: Organisations and drafts are typed in; the log of offers follows from what volunteers offer.
BY_HAND = {"organisation", "draft", "offer_change"}
#: About coordinators alone.
COORDINATORS = {"coordinator", "api_token", "saved_view"}


@dataclass
class Canaries:
    """Fills the tables of one person, as one side. ``ids`` are the rows that new ones point to."""

    side: Actor
    ids: dict[str, int]
    numbers: count = field(default_factory=lambda: count(1000))

    def word(self) -> str:
        return f"{MARK}{next(self.numbers)}"

    def fill(self) -> int:
        """Add the rows that the story did not, then put a word into every place; how many."""
        with writing() as session:
            wanted = REGISTER.keys() - BY_HAND - COORDINATORS
            wanted |= {target for name in wanted for target in pointed_to(name)}
            for table in Base.metadata.sorted_tables:
                if table.name in wanted and not session.scalar(
                    select(func.count()).select_from(table)
                ):
                    session.execute(insert(table).values(self._row(table)))
            return sum(self._fill(session, name) for name in REGISTER.keys() - BY_HAND)

    def _row(self, table: Table) -> dict[str, object]:
        wanted = (column for column in table.columns if not column.primary_key)
        return {column.name: self._value(column) for column in wanted}

    def _value(self, column: Column) -> object:
        if column.foreign_keys:
            (key,) = column.foreign_keys
            return self.ids.get(key.column.table.name, None if column.nullable else 1)
        if isinstance(column.type, Enum):
            return self.side if self.side in column.type.enums else column.type.enums[0]
        if column.nullable:
            return None
        made = {
            str: lambda: f"{next(self.numbers)}",
            list: list,
            dict: dict,
            float: float,
            int: int,
            bool: bool,
        }
        made |= {object: lambda: datetime.now(UTC), date: lambda: date(2027, 1, 1)}
        return [] if isinstance(column.type, JSON) else made[column.type.python_type]()

    def _fill(self, session, name: str) -> int:
        table, columns = Base.metadata.tables[name], self._columns(name)
        rows = session.execute(select(table)).mappings().all()
        mine = [row for row in rows if self._is_theirs(name, row)]
        for row in mine:
            same = [key == row[key] for key in table.primary_key.columns]
            words = {column.name: self._in_place(column, row) for column in columns}
            if words:
                session.execute(update(table).where(*same).values(words))
        return len(mine) * len(columns)

    def _columns(self, name: str) -> list[Column]:
        held = REGISTER[name].columns
        about = (held_as for held_as in held.items() if self.side in held_as[1].of)
        open_to_words = (column for column, personal in about if personal.erased is not STAYS)
        found = (Base.metadata.tables[name].columns[column] for column in open_to_words)
        return [column for column in found if _holds_words(column)]

    def _in_place(self, column: Column, row) -> object:
        if not isinstance(column.type, JSON):
            return self.word()
        if column.name == "travel_limit":
            return {"areas": [self.word()]}
        held = [self.word()]
        return held if isinstance(row[column.name], list) else {"candidate": {"need": held}}

    def _is_theirs(self, name: str, row) -> bool:
        """Whether a row is theirs; an email is its addressee's alone."""
        if name == "outgoing_email" and self.side == Actor.REQUESTER:
            return row["volunteer_id"] is None and row["coordinator_id"] is None
        own = "help_request_id" if self.side == Actor.REQUESTER else "volunteer_id"
        return row.get(own, True) is not None


def pointed_to(name: str) -> set[str]:
    keys = Base.metadata.tables[name].foreign_keys
    return {key.column.table.name for key in keys} - {"coordinator"}


def _holds_words(column: Column) -> bool:
    if isinstance(column.type, Enum):
        return False
    long_enough = isinstance(column.type, String) and (column.type.length or 999) >= SHORTEST
    return long_enough or isinstance(column.type, JSON)


def places_with_words() -> list[str]:
    """Return the tables in which a mark stands, as the database itself reads its rows."""
    db.session.rollback()
    return [
        f"{name} {row}"
        for name in sorted(Base.metadata.tables)
        for row in db.session.execute(text(f"SELECT * FROM {name}"))  # noqa: S608
        if MARK in repr(row).lower()
    ]


def files_with_words(path: Path) -> list[str]:
    """Return which of SQLite's files hold a mark in their bytes."""
    files = sorted(path.parent.glob(f"{path.name}*"))
    return [each.name for each in files if MARK.encode() in each.read_bytes().lower()]
