"""A new email address, kept with the link that proves it."""

import sqlalchemy as sa
from alembic import op

revision = "0060_new_addresses"
down_revision = "0051_tokens"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("link", sa.Column("new_address", sa.String(254), nullable=True))


def downgrade() -> None:
    """Take the schema back."""
    op.drop_column("link", "new_address")
