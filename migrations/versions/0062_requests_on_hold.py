"""Requests that a coordinator holds until a day on which they look again."""

import sqlalchemy as sa
from alembic import op

revision = "0062_requests_on_hold"
down_revision = "0061_organisations"
branch_labels = None
depends_on = None

COLUMNS = ("held_until", "held_because", "hold_is_told")


def upgrade() -> None:
    """Bring the schema forward."""
    for column in (
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("held_because", sa.Text(), nullable=False, server_default=""),
        sa.Column("hold_is_told", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("help_request", column)
    op.create_index("ix_help_request_held_until", "help_request", ["held_until"])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_index("ix_help_request_held_until", "help_request")
    for name in COLUMNS:
        op.drop_column("help_request", name)
