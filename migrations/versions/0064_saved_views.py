"""Views of the lists at the desk, saved under a name, and with which one somebody begins."""

import sqlalchemy as sa
from alembic import op

revision = "0064_saved_views"
down_revision = "0063_merged_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("listing", sa.String(32), nullable=False),
        sa.Column("queue", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("words", sa.String(100), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.ForeignKeyConstraint(["coordinator_id"], ["coordinator.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_saved_view_coordinator_id", "saved_view", ["coordinator_id"])
    op.add_column("coordinator", sa.Column("opening_view_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the schema back."""
    op.drop_column("coordinator", "opening_view_id")
    op.drop_table("saved_view")
