"""Notes of advice, and reports of what is wrong with one."""

import sqlalchemy as sa
from alembic import op

revision = "0003_advice"
down_revision = "0002_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "advice_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("written_by", sa.String(length=32), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("pairing_id", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("needed", sa.Text(), nullable=False),
        sa.Column("helped", sa.Text(), nullable=False),
        sa.Column("again", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("shown_as", sa.String(length=100), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_advice_note_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_advice_note_volunteer_id")
        ),
        sa.ForeignKeyConstraint(
            ["help_request_id"], ["help_request.id"], name=op.f("fk_advice_note_help_request_id")
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_advice_note_pairing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_note")),
        sa.UniqueConstraint("form_key", name=op.f("uq_advice_note_form_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_advice_note_slug")),
    )
    for column in ("state", "volunteer_id", "help_request_id", "published_at", "next_at"):
        op.create_index(op.f(f"ix_advice_note_{column}"), "advice_note", [column])
    op.create_index("ix_advice_note_pairing", "advice_note", ["pairing_id", "written_by"])
    op.create_table(
        "advice_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("advice_note_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["advice_note_id"],
            ["advice_note.id"],
            name=op.f("fk_advice_report_advice_note_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_report")),
    )
    op.create_index(op.f("ix_advice_report_advice_note_id"), "advice_report", ["advice_note_id"])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_table("advice_report")
    op.drop_table("advice_note")
