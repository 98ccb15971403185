"""When an email with a question came back, and nobody was looked for instead yet."""

import sqlalchemy as sa
from alembic import op

from matcher.records.database import UtcDateTime

revision = "0066_unreached"
down_revision = "0064_saved_views"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("peer_question", sa.Column("unreached_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Take the schema back."""
    op.drop_column("peer_question", "unreached_at")
