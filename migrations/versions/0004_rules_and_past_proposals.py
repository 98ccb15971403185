"""The coordinators' thesaurus, and proposals that were made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0004_rules"
down_revision = "0003_advice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "thesaurus_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["coordinator.id"], name=op.f("fk_thesaurus_version_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_thesaurus_version_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thesaurus_version")),
        sa.UniqueConstraint(
            "programme_id", "number", name=op.f("uq_thesaurus_version_programme_id_number")
        ),
    )
    op.create_table(
        "past_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("help_request_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["help_request_id"],
            ["help_request.id"],
            name=op.f("fk_past_proposal_help_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_past_proposal_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_proposal")),
    )
    with op.batch_alter_table("past_proposal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_past_proposal_pair", ["help_request_id", "volunteer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_past_proposal_volunteer_id"), ["volunteer_id"], unique=False
        )


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table("past_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_proposal_volunteer_id"))
        batch_op.drop_index("ix_past_proposal_pair")
    op.drop_table("past_proposal")
    op.drop_table("thesaurus_version")
