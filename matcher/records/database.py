"""The one database: its engine settings, its column types, and what a transaction is.

A reading transaction cannot write: SQLite is told ``query_only``, PostgreSQL ``READ ONLY``.
A writing one is opened by ``writing()`` alone, and on SQLite takes the write lock at once.
Settings: see docs/decisions.md, "Database".
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakSet

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Engine, Enum, MetaData, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, Dialect
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLITE_TIMEOUT_SECONDS = 15
CHECKPOINT_TIMEOUT_MS = 1000
POSTGRESQL_LIMITS = (
    "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s"
)

# JSON columns hold plain values; what is in each is said beside the column.
JsonObject = dict[str, Any]
#: Under this name a session keeps what narrows its readings to areas (records/sight.py).
SIGHT = "sight"
#: SQLite's full-text indexes, which a migration makes and triggers keep (records/search.py).
WORD_INDEXES = ("words_of_help_request", "words_of_volunteer")


class Base(DeclarativeBase):
    """All mapped classes."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what has no zone, and keep the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def state_type(states: type[StrEnum]) -> Enum:
    """Return a column type that keeps a state by its value."""
    return Enum(
        states,
        native_enum=False,
        length=32,
        create_constraint=False,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


JsonColumn = JSON()


def engine_options(url: str) -> JsonObject:
    """Return what ``create_engine`` needs for this kind of database."""
    # No error of the database names the values of a row: they would stand in the log.
    always: JsonObject = {"hide_parameters": True}
    if url.startswith("sqlite"):
        return {
            **always,
            "connect_args": {"timeout": SQLITE_TIMEOUT_SECONDS, "isolation_level": None},
        }
    return {**always, "connect_args": {"options": POSTGRESQL_LIMITS}, "pool_pre_ping": True}


_engines: WeakSet[Engine] = WeakSet()


def _leave_connections_to_the_parent() -> None:
    for engine in _engines:
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_leave_connections_to_the_parent)


def prepare_engine(engine: Engine) -> None:
    """Hang the settings on an engine: SQLite's pragmas, and what BEGIN means."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    _engines.add(engine)


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def may_write(connection: Connection) -> bool:
    """Return whether this connection's transaction was opened for writing."""
    return bool(connection.get_execution_options().get("write"))


def _begin_sqlite(connection: Connection) -> None:
    write = may_write(connection)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not may_write(connection):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def writing() -> Iterator[Session]:
    """Open the one writing transaction of an action; commit at the end, or leave nothing.

    What was read before is forgotten, so that nothing is decided on an old reading. Rules are
    decided on everything there is, whoever acts: only what they may name is narrowed.
    """
    session: Session = db.session()
    session.rollback()
    with whole_sight(session):
        session.connection(execution_options={"write": True})
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def whole_sight(session: Session) -> Iterator[None]:
    """Read everything meanwhile, in a session that shows some areas alone (records/sight.py).

    For what is decided by rules, never for what is shown. Rows that were read are let go.
    """
    if SIGHT not in session.info:
        yield
        return
    narrowed, seen = session.info.pop(SIGHT), set(session)
    try:
        yield
    finally:
        for row in set(session) - seen:
            if row in session:  # letting go of another may have let go of it, too
                session.expunge(row)
        session.info[SIGHT] = narrowed


def seeing_everything(action: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let an action that writes nothing read everything, as ``writing`` does for those that do."""

    @wraps(action)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        with whole_sight(db.session()):
            return action(*args, **kwargs)

    return run


def end_reading(_fault: BaseException | None = None) -> None:
    """End what was read for an answer that is made: a database that dies now may not spoil it."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session().invalidate()


def leave_no_traces() -> None:
    """Empty SQLite's write-ahead log, which still holds what was just erased from the tables.

    Where a reader is in the way for a second, the next upkeep does it. PostgreSQL needs nothing:
    its own vacuum overwrites what was erased.
    """
    engine = db.engine
    if engine.dialect.name != "sqlite":
        return
    db.session.rollback()
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {CHECKPOINT_TIMEOUT_MS}")
        _forget_indexed_words(cursor)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {SQLITE_TIMEOUT_SECONDS * 1000}")
        cursor.close()
    finally:
        connection.close()


def _forget_indexed_words(cursor: DBAPICursor) -> None:
    """Write SQLite's indexes of words anew: what was taken out of them leaves the file."""
    cursor.execute("PRAGMA query_only = OFF")
    for name in WORD_INDEXES:
        cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608


def again_if_beaten(action: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Run an action once more where a unique key says that another process was first.

    The second run finds what the first wrote, so that twice at the same time is the same as once.
    """

    @wraps(action)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        try:
            return action(*args, **kwargs)
        except IntegrityError:
            return action(*args, **kwargs)

    return run
