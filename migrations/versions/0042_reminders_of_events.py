"""Reminders of events, for those who go and asked for one."""

import sqlalchemy as sa
from alembic import op

revision = "0042_reminders"
down_revision = "0041_peer_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column(
        "going", sa.Column("remind", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("going", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the schema back."""
    op.drop_column("going", "reminded_at")
    op.drop_column("going", "remind")
