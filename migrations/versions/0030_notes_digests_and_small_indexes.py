"""Coordinators' notes and digests, and indexes of the few emails that are looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0030_desk"
down_revision = "0023_manager"
branch_labels = None
depends_on = None

WAITING = sa.text("sent_at IS NULL AND failed_at IS NULL AND skipped_at IS NULL")
GIVEN_UP = sa.text("failed_at IS NOT NULL AND sent_at IS NULL AND skipped_at IS NULL")


def upgrade() -> None:
    """Bring the schema forward."""
    with op.batch_alter_table("coordinator") as batch_op:
        batch_op.add_column(sa.Column("digest_on", sa.Date(), nullable=True))
    for name, column, where in (
        ("ix_outgoing_email_to_send", "not_before", WAITING),
        ("ix_outgoing_email_given_up", "failed_at", GIVEN_UP),
    ):
        op.create_index(
            name, "outgoing_email", [column], sqlite_where=where, postgresql_where=where
        )
    op.drop_index("ix_outgoing_email_waiting", "outgoing_email")
    op.create_table(
        "volunteer_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name="fk_volunteer_note_volunteer_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name="fk_volunteer_note_coordinator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_volunteer_note"),
    )
    op.create_index("ix_volunteer_note_volunteer_id", "volunteer_note", ["volunteer_id"])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_table("volunteer_note")
    op.create_index("ix_outgoing_email_waiting", "outgoing_email", ["sent_at", "not_before"])
    op.drop_index("ix_outgoing_email_given_up", "outgoing_email")
    op.drop_index("ix_outgoing_email_to_send", "outgoing_email")
    with op.batch_alter_table("coordinator") as batch_op:
        batch_op.drop_column("digest_on")
