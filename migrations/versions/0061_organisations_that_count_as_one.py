"""Organisations that share their staff, and those that became part of another."""

import sqlalchemy as sa
from alembic import op

revision = "0061_organisations"
down_revision = "0060_new_addresses"
branch_labels = None
depends_on = None

COLUMNS = ("staff_of_id", "successor_id")


def upgrade() -> None:
    """Bring the schema forward.

    No foreign keys: on SQLite they need the table made anew, and rows that refer to it forbid that.
    """
    for name in COLUMNS:
        op.add_column("organisation", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the schema back."""
    for name in COLUMNS:
        op.drop_column("organisation", name)
