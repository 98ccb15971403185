"""Finding volunteers and help requests by words: SQLite's FTS5, PostgreSQL's text search.

The indexes are made by a migration and kept by the database itself, so nothing here writes. A word
is found at the beginning of a word, in any case of letters.
"""

import re

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
    union,
)
from sqlalchemy.orm import Session

from matcher.records.help_requests import HelpRequest
from matcher.records.organisations import Organisation
from matcher.records.volunteers import Volunteer

MOST_WORDS = 8
WORD = re.compile(r"[^\W_]+")
#: What the migration indexed, written in the same way: otherwise PostgreSQL does not use the index.
COLUMNS: dict[str, tuple[str, ...]] = {
    "volunteer": (
        "name",
        "display_name",
        "job_title",
        "offer",
        "place_label",
        "skills",
        "experience",
    ),
    "help_request": ("requester_name", "title", "need", "audience", "place_label"),
}
#: What the searched table is called in a select of its ids.
SEARCHED = "searched"
LISTS = frozenset({"skills", "experience"})

Searched = type[HelpRequest] | type[Volunteer]


def has_words(session: Session, model: Searched, words: str) -> ColumnElement[bool]:
    """Return the condition that a row, or the name of its organisation, has each of the words."""
    wanted = [each.lower() for each in WORD.findall(words)][:MOST_WORDS]
    sqlite = session.get_bind().dialect.name == "sqlite"
    found = _in_sqlite if sqlite else _in_postgresql
    if not wanted:
        return false()
    # One set of ids or the other: an "or" of the two would have PostgreSQL read every row.
    either = (union(found(model, each), _of_organisation(model, each)) for each in wanted)
    return and_(*(model.id.in_(ids) for ids in either))


def _in_sqlite(model: Searched, word: str) -> Select[int]:
    name = f"words_of_{model.__tablename__}"
    index = table(name, column("rowid"), column(name))
    matching = index.c[name].op("MATCH")(f'"{word}"*')
    return select(index.c.rowid).where(matching)


def _in_postgresql(model: Searched, word: str) -> Select[int]:
    query = func.to_tsquery("simple", f"'{word}':*")
    searched = model.__table__.alias(SEARCHED)
    matching = literal_column(_vector(model.__tablename__)).bool_op("@@")(query)
    return select(searched.c.id).where(matching)


def _vector(name: str) -> str:
    return "({})".format(
        " || ".join(
            f"to_tsvector('simple', {SEARCHED}.{each})"
            if each in LISTS
            else f"to_tsvector('simple', translate({SEARCHED}.{each}, '-./@_:', '      '))"
            for each in COLUMNS[name]
        )
    )


def _of_organisation(model: Searched, word: str) -> Select[int]:
    named = or_(
        func.lower(Organisation.name).contains(word, autoescape=True),
        func.lower(Organisation.short_name).contains(word, autoescape=True),
    )
    searched = model.__table__.alias(SEARCHED)
    return select(searched.c.id).where(
        searched.c.organisation_id.in_(select(Organisation.id).where(named))
    )
