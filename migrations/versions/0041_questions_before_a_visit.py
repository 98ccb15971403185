"""Short questions to volunteers before a visit is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0041_peer_questions"
down_revision = "0040_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "peer_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("help_request_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name="fk_peer_question_programme_id"
        ),
        sa.ForeignKeyConstraint(
            ["help_request_id"], ["help_request.id"], name="fk_peer_question_help_request_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_peer_question"),
        sa.UniqueConstraint("help_request_id", name="uq_peer_question_help_request_id"),
    )
    for column in ("state", "next_at"):
        op.create_index(f"ix_peer_question_{column}", "peer_question", [column])
    op.create_table(
        "peer_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("peer_question_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["peer_question_id"], ["peer_question.id"], name="fk_peer_answer_peer_question_id"
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name="fk_peer_answer_volunteer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_peer_answer"),
        sa.UniqueConstraint(
            "peer_question_id", "volunteer_id", name="uq_peer_answer_peer_question_id_volunteer_id"
        ),
    )
    for column in ("peer_question_id", "volunteer_id", "state"):
        op.create_index(f"ix_peer_answer_{column}", "peer_answer", [column])
    with op.batch_alter_table("advice_note") as batch_op:
        batch_op.add_column(sa.Column("peer_answer_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_advice_note_peer_answer_id", "peer_answer", ["peer_answer_id"], ["id"]
        )
        batch_op.create_index("ix_advice_note_peer_answer_id", ["peer_answer_id"])


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table("advice_note") as batch_op:
        batch_op.drop_index("ix_advice_note_peer_answer_id")
        batch_op.drop_constraint("fk_advice_note_peer_answer_id", type_="foreignkey")
        batch_op.drop_column("peer_answer_id")
    op.drop_table("peer_answer")
    op.drop_table("peer_question")
