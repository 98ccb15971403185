"""Events at which people meet, and who will be there."""

import sqlalchemy as sa
from alembic import op

revision = "0021_events"
down_revision = "0020_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    with op.batch_alter_table("volunteer") as batch_op:
        batch_op.add_column(
            sa.Column("wants_event_news", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "meeting_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=32), nullable=False),
        sa.Column("feed_uid", sa.String(length=255), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("place_id", sa.String(length=40), nullable=False),
        sa.Column("place_label", sa.String(length=200), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("outcode", sa.String(length=4), nullable=False),
        sa.Column("nation", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name="fk_meeting_event_programme_id"
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["volunteer.id"], name="fk_meeting_event_proposed_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_event"),
        sa.UniqueConstraint("form_key", name="uq_meeting_event_form_key"),
        sa.UniqueConstraint("feed_uid", name="uq_meeting_event_feed_uid"),
        sa.UniqueConstraint("slug", name="uq_meeting_event_slug"),
    )
    for column in ("state", "proposed_by", "last_on"):
        op.create_index(f"ix_meeting_event_{column}", "meeting_event", [column])
    op.create_table(
        "going",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_event_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_event_id"],
            ["meeting_event.id"],
            name="fk_going_meeting_event_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name="fk_going_volunteer_id"),
        sa.ForeignKeyConstraint(
            ["help_request_id"], ["help_request.id"], name="fk_going_help_request_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_going"),
        sa.UniqueConstraint(
            "meeting_event_id", "volunteer_id", name="uq_going_meeting_event_id_volunteer_id"
        ),
        sa.UniqueConstraint(
            "meeting_event_id", "help_request_id", name="uq_going_meeting_event_id_help_request_id"
        ),
    )
    for column in ("meeting_event_id", "volunteer_id", "help_request_id"):
        op.create_index(f"ix_going_{column}", "going", [column])


def downgrade() -> None:
    """Take the schema back."""
    op.drop_table("going")
    op.drop_table("meeting_event")
    with op.batch_alter_table("volunteer") as batch_op:
        batch_op.drop_column("wants_event_news")
