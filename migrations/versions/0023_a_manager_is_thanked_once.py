"""A volunteer's manager is thanked once."""

import sqlalchemy as sa
from alembic import op

revision = "0023_manager"
down_revision = "0022_erasures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    with op.batch_alter_table("visit") as batch_op:
        batch_op.add_column(
            sa.Column("manager_thanked", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table("visit") as batch_op:
        batch_op.drop_column("manager_thanked")
