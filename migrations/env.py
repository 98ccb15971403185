"""Alembic's environment: runs the migrations in the application's own engine."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from matcher.records.database import Base, UtcDateTime

LOCK_TIMEOUT = "200ms"


def run() -> None:
    """Run the migrations in one transaction that may write, giving way to others' locks."""
    engine = current_app.extensions["migrate"].db.engine
    writing = engine.execution_options(write=True)
    with writing.connect() as connection:
        _configure(connection)
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            context.run_migrations()


def _configure(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_plainly,
        include_name=is_mapped,
    )


def is_mapped(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the indexes of words, which each database has in a way of its own."""
    words = (name or "").startswith("words_of_") or (name or "").endswith("_words")
    return not (kind in {"table", "index"} and words)


def render_plainly(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types into migrations as SQLAlchemy's own, which never change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


run()
