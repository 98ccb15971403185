"""Roles at the desk: whoever came first administers, the others coordinate."""

import sqlalchemy as sa
from alembic import op

revision = "0050_roles"
down_revision = "0042_reminders"
branch_labels = None
depends_on = None

# One in each programme: of those with access the first, and of these first who has signed in.
FIRST = """
UPDATE coordinator SET role = 'administrator' WHERE id IN (
  SELECT id FROM (
    SELECT id, row_number() OVER (
      PARTITION BY programme_id
      ORDER BY CASE WHEN signed_in_at IS NULL THEN 1 ELSE 0 END, id
    ) AS place
    FROM coordinator WHERE ended_at IS NULL
  ) AS standing WHERE place = 1
)
"""


def upgrade() -> None:
    """Bring the schema forward."""
    role = sa.Column("role", sa.String(32), nullable=False, server_default="coordinator")
    op.add_column("coordinator", role)
    op.execute(FIRST)


def downgrade() -> None:
    """Take the schema back."""
    op.drop_column("coordinator", "role")
