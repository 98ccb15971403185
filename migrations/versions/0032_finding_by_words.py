"""Indexes that find people and requests by their words."""

from alembic import op

revision = "0032_words"
down_revision = "0031_travel"
branch_labels = None
depends_on = None

COLUMNS = {
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
LISTS = {"skills", "experience"}


def upgrade() -> None:
    """Bring the schema forward."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, columns in COLUMNS.items():
        if on_sqlite:
            _index_on_sqlite(table, columns)
        else:
            op.execute(
                f"CREATE INDEX ix_{table}_words ON {table} USING gin (({_vector(table, columns)}))"
            )


def _vector(table: str, columns: tuple[str, ...]) -> str:
    return " || ".join(
        f"to_tsvector('simple', {table}.{each})"
        if each in LISTS
        else f"to_tsvector('simple', translate({table}.{each}, '-./@_:', '      '))"
        for each in columns
    )


def _index_on_sqlite(table: str, columns: tuple[str, ...]) -> None:
    """Make a full-text index without a copy of the words, and triggers that keep it true."""
    index = f"words_of_{table}"
    op.execute(f"CREATE VIRTUAL TABLE {index} USING fts5(words, content='', detail=none)")
    op.execute(
        f"INSERT INTO {index}(rowid, words) SELECT id, {_words('', columns)} FROM {table}"  # noqa: S608
    )
    take = f"INSERT INTO {index}({index}, rowid, words) VALUES ('delete', old.id, {_words('old.', columns)});"  # noqa: S608, E501
    put = f"INSERT INTO {index}(rowid, words) VALUES (new.id, {_words('new.', columns)});"  # noqa: S608
    changed = ", ".join(columns)
    for name, moment, steps in (
        ("added", "AFTER INSERT", put),
        ("changed", f"AFTER UPDATE OF {changed}", take + put),
        ("deleted", "AFTER DELETE", take),
    ):
        op.execute(f"CREATE TRIGGER {index}_{name} {moment} ON {table} BEGIN {steps} END")


def _words(row: str, columns: tuple[str, ...]) -> str:
    return " || ' ' || ".join(f"{row}{each}" for each in columns)


def downgrade() -> None:
    """Take the schema back."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in COLUMNS:
        if on_sqlite:
            for name in ("added", "changed", "deleted"):
                op.execute(f"DROP TRIGGER words_of_{table}_{name}")
            op.execute(f"DROP TABLE words_of_{table}")
        else:
            op.execute(f"DROP INDEX ix_{table}_words")
