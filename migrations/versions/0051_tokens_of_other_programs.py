"""Tokens with which other programs read."""

import sqlalchemy as sa
from alembic import op

revision = "0051_tokens"
down_revision = "0050_roles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name="fk_api_token_programme_id"
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name="fk_api_token_coordinator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
    )
    op.create_index("ix_api_token_coordinator_id", "api_token", ["coordinator_id"])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_table("api_token")
