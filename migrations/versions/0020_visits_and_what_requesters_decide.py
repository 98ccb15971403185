"""What falls due, what requesters decide in advance, and the life of a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0020_visits"
down_revision = "0004_rules"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(length=32)


def _words(name: str, kind: sa.types.TypeEngine[str]) -> sa.Column[str]:
    return sa.Column(name, kind, nullable=False, server_default="")


def _maybe(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, nullable=True)


def _no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _json(name: str, empty: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text(f"'{empty}'"))


def _columns() -> dict[str, tuple[sa.Column, ...]]:
    return {
        "help_request": (
            _maybe("nudge", CODE),
            _maybe("nudge_at", MOMENT),
            _words("venue", sa.String(length=300)),
            _words("agenda", sa.Text()),
            _words("expenses", sa.String(length=500)),
            _no("first_found"),
            _no("apart"),
            sa.Column("one_alone", CODE, nullable=False, server_default="not_said"),
            _json("reach", "{}"),
            _maybe("changed_at", MOMENT),
        ),
        "pairing": (_maybe("next_step", CODE),),
        "visit": (
            _maybe("next_step", CODE),
            _maybe("begins", sa.Time()),
            _maybe("ends", sa.Time()),
            _maybe("was_on", sa.Date()),
            _json("offered", "[]"),
            _maybe("offered_by", CODE),
            _no("place_moved"),
            _maybe("requester_said", CODE),
            _maybe("volunteer_said", CODE),
            _maybe("requester_helped", sa.Boolean()),
            _maybe("volunteer_helped", sa.Boolean()),
            _maybe("missed_because", CODE),
            _words("words", sa.Text()),
        ),
    }


def upgrade() -> None:
    """Bring the schema forward."""
    for table, columns in _columns().items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.add_column(column)
    op.create_index("ix_help_request_nudge_at", "help_request", ["nudge_at"])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_index("ix_help_request_nudge_at", "help_request")
    for table, columns in _columns().items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column.name)
