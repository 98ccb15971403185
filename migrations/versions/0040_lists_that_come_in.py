"""Lists that coordinators send, and who supplied somebody's details."""

import sqlalchemy as sa
from alembic import op

revision = "0040_lists"
down_revision = "0035_hellos"
branch_labels = None
depends_on = None

SUPPLIED = ("volunteer", "help_request")


def upgrade() -> None:
    """Bring the schema forward."""
    # Not in batch mode: a copied table would lose the triggers of its index of words.
    for table in SUPPLIED:
        op.add_column(table, sa.Column("supplied_by", sa.String(100), nullable=True))
    _upload()
    _upload_line()


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("intake", sa.String(32), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("file_name", sa.String(100), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_upload_programme_id"),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name="fk_upload_coordinator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
        sa.UniqueConstraint("key", name="uq_upload_key"),
    )
    op.create_index("ix_upload_expires_at", "upload", ["expires_at"])


def _upload_line() -> None:
    op.create_table(
        "upload_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("known_as", sa.String(32), nullable=True),
        sa.Column("same_as", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name="fk_upload_line_upload_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_upload_line"),
    )
    op.create_index("ix_upload_line_address", "upload_line", ["address"])
    op.create_index("ix_upload_line_standing", "upload_line", ["upload_id", "state", "number"])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_table("upload_line")
    op.drop_table("upload")
    for table in SUPPLIED:
        op.drop_column(table, "supplied_by")
