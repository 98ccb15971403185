"""What answers say besides, days an organisation is closed, tasks, and emails that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0002_answers"
down_revision = "0001"
branch_labels = None
depends_on = None

NOTHING = sa.text("'[]'")


def upgrade() -> None:
    """Bring the schema forward."""
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.add_column(
            sa.Column("closures", sa.JSON(), nullable=False, server_default=NOTHING)
        )
    with op.batch_alter_table("volunteer") as batch_op:
        batch_op.add_column(
            sa.Column("not_for_me", sa.JSON(), nullable=False, server_default=NOTHING)
        )
    with op.batch_alter_table("pairing") as batch_op:
        batch_op.add_column(sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("interest", sa.Text(), nullable=False, server_default=""))
    _create_received_email()
    _create_task()


def _create_received_email() -> None:
    op.create_table(
        "received_email",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("outgoing_email_id", sa.Integer(), nullable=True),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        *_foreign_keys(
            "received_email", "programme", "outgoing_email", "help_request", "volunteer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_received_email"),
        sa.UniqueConstraint("digest", name="uq_received_email_digest"),
    )
    for column in ("outgoing_email_id", "help_request_id", "volunteer_id", "from_address"):
        op.create_index(f"ix_received_email_{column}", "received_email", [column])


def _create_task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("pairing_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("received_email_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        *_foreign_keys(
            "task", "programme", "help_request", "pairing", "volunteer", "received_email"
        ),
        sa.ForeignKeyConstraint(["done_by"], ["coordinator.id"], name="fk_task_done_by"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("key", name="uq_task_key"),
    )
    for column in ("done_at", "help_request_id", "pairing_id", "volunteer_id"):
        op.create_index(f"ix_task_{column}", "task", [column])


def _foreign_keys(table: str, *others: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=f"fk_{table}_{other}_id")
        for other in others
    )


def downgrade() -> None:
    """Take the schema back."""
    op.drop_table("task")
    op.drop_table("received_email")
    with op.batch_alter_table("pairing") as batch_op:
        batch_op.drop_column("interest")
        batch_op.drop_column("extended_at")
    with op.batch_alter_table("volunteer") as batch_op:
        batch_op.drop_column("not_for_me")
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.drop_column("closures")
