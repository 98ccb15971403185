"""The list of erasures, and the version of the privacy notice that each person saw."""

import sqlalchemy as sa
from alembic import op

revision = "0022_erasures"
down_revision = "0021_events"
branch_labels = None
depends_on = None

PEOPLE = ("help_request", "volunteer")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("digest", "erased_at", name=op.f("uq_erasure_digest_erased_at")),
    )
    for name in PEOPLE:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column(
                    "privacy_notice", sa.String(length=16), nullable=False, server_default="1"
                )
            )


def downgrade() -> None:
    """Take the schema back."""
    for name in PEOPLE:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column("privacy_notice")
    op.drop_table("erasure")
