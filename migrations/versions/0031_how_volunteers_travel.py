"""How a volunteer travels: from home or from work, and whether home again the same day."""

import sqlalchemy as sa
from alembic import op

revision = "0031_travel"
down_revision = "0030_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two answers; nothing was answered so far."""
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("starts_at", sa.String(length=8), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("same_day", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.drop_column("same_day")
        batch_op.drop_column("starts_at")
