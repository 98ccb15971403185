"""Requests that were merged into another: which one."""

import sqlalchemy as sa
from alembic import op

revision = "0063_merged_requests"
down_revision = "0062_requests_on_hold"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward.

    No foreign key: on SQLite it needs the table made anew, and rows that refer to it forbid that.
    """
    op.add_column("help_request", sa.Column("merged_into_id", sa.Integer(), nullable=True))
    op.create_index("ix_help_request_merged_into_id", "help_request", ["merged_into_id"])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_index("ix_help_request_merged_into_id", "help_request")
    op.drop_column("help_request", "merged_into_id")
