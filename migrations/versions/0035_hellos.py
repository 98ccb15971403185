"""Hellos between volunteers who agreed to be found."""

import sqlalchemy as sa
from alembic import op

revision = "0035_hellos"
down_revision = "0034_latest_asks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward; columns are added alone, so that the table keeps its triggers."""
    for name in ("findable", "hellos_barred"):
        column = sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column("volunteer", column)
    op.create_table(
        "hello",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_hello_programme_id"),
        sa.ForeignKeyConstraint(["from_id"], ["volunteer.id"], name="fk_hello_from_id"),
        sa.ForeignKeyConstraint(["to_id"], ["volunteer.id"], name="fk_hello_to_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hello"),
        sa.UniqueConstraint("from_id", "to_id", name="uq_hello_from_id_to_id"),
    )
    for column in ("from_id", "to_id", "state", "sent_at", "next_at"):
        op.create_index(f"ix_hello_{column}", "hello", [column])
    op.create_table(
        "hello_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hello_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hello_id"], ["hello.id"], name="fk_hello_words_hello_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name="fk_hello_words_volunteer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hello_words"),
    )
    for column in ("hello_id", "volunteer_id", "written_at"):
        op.create_index(f"ix_hello_words_{column}", "hello_words", [column])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_table("hello_words")
    op.drop_table("hello")
    for name in ("findable", "hellos_barred"):
        op.drop_column("volunteer", name)
