"""An index that finds the latest asks, by which the share of yeses is measured."""

from alembic import op

revision = "0034_latest_asks"
down_revision = "0033_handles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_index("ix_pairing_latest_asks", "pairing", ["invited_at", "id"])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_index("ix_pairing_latest_asks", "pairing")
