"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "draft",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("offer_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_table(
        "tally",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tally")),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tally_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "worker_sign",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worker_sign")),
    )
    op.create_table(
        "coordinator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("session_key", sa.String(length=32), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_coordinator_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinator")),
        sa.UniqueConstraint(
            "programme_id", "email", name=op.f("uq_coordinator_programme_id_email")
        ),
    )
    op.create_table(
        "index_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("up_to", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_index_version_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_version")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("gss", sa.String(length=9), nullable=True),
        sa.Column("nation", sa.String(length=32), nullable=False),
        sa.Column("vetted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_organisation_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("gss", name=op.f("uq_organisation_gss")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_organisation_programme_id_name")),
    )
    op.create_table(
        "help_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unconfirmed",
                "in_review",
                "needs_info",
                "asking",
                "nobody",
                "part_filled",
                "filled",
                "reopened",
                "done",
                "closed",
                "withdrawn",
                "expired",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("form_key", sa.String(length=32), nullable=False),
        sa.Column("requester_name", sa.String(length=100), nullable=False),
        sa.Column("requester_email", sa.String(length=254), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "brief_leaders",
                "workshop",
                "day_with_team",
                "one_to_one",
                "review",
                "something_else",
                name="kind",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("audience", sa.String(length=500), nullable=False),
        sa.Column("how_long", sa.String(length=100), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("contact_on_day", sa.String(length=200), nullable=False),
        sa.Column("remote_too", sa.Boolean(), nullable=False),
        sa.Column("unwanted", sa.JSON(), nullable=False),
        sa.Column("place_id", sa.String(length=40), nullable=False),
        sa.Column("place_label", sa.String(length=200), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("outcode", sa.String(length=4), nullable=False),
        sa.Column("council_gss", sa.String(length=9), nullable=False),
        sa.Column("nation", sa.String(length=32), nullable=False),
        sa.Column("wanted_dates", sa.JSON(), nullable=False),
        sa.Column("dates_note", sa.String(length=500), nullable=False),
        sa.Column(
            "who_pays",
            sa.Enum(
                "requester_pays",
                "volunteer_organisation",
                "to_be_agreed",
                name="whopays",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "filled >= 0 AND filled <= places", name=op.f("ck_help_request_filled_within_places")
        ),
        sa.CheckConstraint(
            "places BETWEEN 1 AND 3", name=op.f("ck_help_request_places_one_to_three")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_help_request_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_help_request_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
        sa.UniqueConstraint("form_key", name=op.f("uq_help_request_form_key")),
    )
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_request_next_at"), ["next_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_help_request_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_request_requester_email"), ["requester_email"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_help_request_state"), ["state"], unique=False)

    op.create_table(
        "organisation_domain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_domain_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_domain")),
    )
    with op.batch_alter_table("organisation_domain", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_domain_domain"), ["domain"], unique=False)

    op.create_table(
        "programme_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["coordinator.id"], name=op.f("fk_programme_settings_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_settings_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_settings")),
        sa.UniqueConstraint(
            "programme_id", "version", name=op.f("uq_programme_settings_programme_id_version")
        ),
    )
    op.create_table(
        "volunteer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unconfirmed",
                "pending",
                "active",
                "paused",
                "resting",
                "unverified",
                "left",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("form_key", sa.String(length=32), nullable=False),
        sa.Column("session_key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("display_name", sa.String(length=100), nullable=False),
        sa.Column("job_title", sa.String(length=200), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("experience", sa.JSON(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("place_id", sa.String(length=40), nullable=False),
        sa.Column("place_label", sa.String(length=200), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("outcode", sa.String(length=4), nullable=False),
        sa.Column("nation", sa.String(length=32), nullable=False),
        sa.Column("travel_limit", sa.JSON(), nullable=False),
        sa.Column("asks_per_quarter", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("lapses_in_a_row", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_volunteer_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_volunteer_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("form_key", name=op.f("uq_volunteer_form_key")),
    )
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_volunteer_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_volunteer_next_at"), ["next_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_volunteer_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_volunteer_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_volunteer_member",
            ["programme_id", "email"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('unconfirmed', 'left')"),
            postgresql_where=sa.text("state NOT IN ('unconfirmed', 'left')"),
        )

    op.create_table(
        "happening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("from_state", sa.String(length=32), nullable=False),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["help_request_id"], ["help_request.id"], name=op.f("fk_happening_help_request_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_happening_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_happening")),
    )
    with op.batch_alter_table("happening", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_happening_help_request_id"), ["help_request_id"], unique=False
        )
        batch_op.create_index("ix_happening_subject", ["subject", "subject_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_happening_volunteer_id"), ["volunteer_id"], unique=False
        )

    op.create_table(
        "offer_change",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_offer_change_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_offer_change_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_offer_change")),
    )
    with op.batch_alter_table("offer_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offer_change_volunteer_id"), ["volunteer_id"], unique=False
        )

    op.create_table(
        "pairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("help_request_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "dismissed",
                "approved",
                "invited",
                "accepted",
                "declined",
                "lapsed",
                "passed_on",
                "reserve",
                "confirmed",
                "turned_down",
                "released",
                "visited",
                "missed",
                "stood_down",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_on", sa.Date(), nullable=True),
        sa.Column("accepted_as", sa.String(length=100), nullable=False),
        sa.Column("answer_reason", sa.String(length=40), nullable=False),
        sa.Column("answer_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["help_request_id"], ["help_request.id"], name=op.f("fk_pairing_help_request_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_pairing_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sa.UniqueConstraint(
            "help_request_id", "volunteer_id", name=op.f("uq_pairing_help_request_id_volunteer_id")
        ),
    )
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairing_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairing_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairing_volunteer_id"), ["volunteer_id"], unique=False)

    op.create_table(
        "volunteer_away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_volunteer_away_volunteer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_away")),
    )
    with op.batch_alter_table("volunteer_away", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_volunteer_away_volunteer_id"), ["volunteer_id"], unique=False
        )

    op.create_table(
        "link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("pairing_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name=op.f("fk_link_coordinator_id")
        ),
        sa.ForeignKeyConstraint(
            ["help_request_id"], ["help_request.id"], name=op.f("fk_link_help_request_id")
        ),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_link_pairing_id")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_link_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_link_coordinator_id"), ["coordinator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_link_help_request_id"), ["help_request_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_link_pairing_id"), ["pairing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_volunteer_id"), ["volunteer_id"], unique=False)

    op.create_table(
        "outgoing_email",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("thread", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("to_name", sa.String(length=100), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("pairing_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_because", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name=op.f("fk_outgoing_email_coordinator_id")
        ),
        sa.ForeignKeyConstraint(
            ["help_request_id"], ["help_request.id"], name=op.f("fk_outgoing_email_help_request_id")
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_outgoing_email_pairing_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_outgoing_email_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_email")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_email_message_id")),
    )
    with op.batch_alter_table("outgoing_email", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outgoing_email_help_request_id"), ["help_request_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outgoing_email_pairing_id"), ["pairing_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outgoing_email_to_address"), ["to_address"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outgoing_email_volunteer_id"), ["volunteer_id"], unique=False
        )
        batch_op.create_index("ix_outgoing_email_waiting", ["sent_at", "not_before"], unique=False)

    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "dates_offered",
                "agreed",
                "reconfirmed",
                "rescheduling",
                "took_place",
                "took_place_remote",
                "missed",
                "called_off",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("calendar_uid", sa.String(length=100), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_visit_pairing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("calendar_uid", name=op.f("uq_visit_calendar_uid")),
        sa.UniqueConstraint("pairing_id", name=op.f("uq_visit_pairing_id")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_state"), ["state"], unique=False)

    programme = sa.table("programme", sa.column("name"), sa.column("offer_number"))
    op.execute(programme.insert().values(name="Ask for help in person", offer_number=0))


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_state"))
        batch_op.drop_index(batch_op.f("ix_visit_next_at"))

    op.drop_table("visit")
    with op.batch_alter_table("outgoing_email", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_email_waiting")
        batch_op.drop_index(batch_op.f("ix_outgoing_email_volunteer_id"))
        batch_op.drop_index(batch_op.f("ix_outgoing_email_to_address"))
        batch_op.drop_index(batch_op.f("ix_outgoing_email_pairing_id"))
        batch_op.drop_index(batch_op.f("ix_outgoing_email_help_request_id"))

    op.drop_table("outgoing_email")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_volunteer_id"))
        batch_op.drop_index(batch_op.f("ix_link_pairing_id"))
        batch_op.drop_index(batch_op.f("ix_link_help_request_id"))
        batch_op.drop_index(batch_op.f("ix_link_coordinator_id"))

    op.drop_table("link")
    with op.batch_alter_table("volunteer_away", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volunteer_away_volunteer_id"))

    op.drop_table("volunteer_away")
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pairing_volunteer_id"))
        batch_op.drop_index(batch_op.f("ix_pairing_state"))
        batch_op.drop_index(batch_op.f("ix_pairing_next_at"))

    op.drop_table("pairing")
    with op.batch_alter_table("offer_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_change_volunteer_id"))

    op.drop_table("offer_change")
    with op.batch_alter_table("happening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_happening_volunteer_id"))
        batch_op.drop_index("ix_happening_subject")
        batch_op.drop_index(batch_op.f("ix_happening_help_request_id"))

    op.drop_table("happening")
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_volunteer_member",
            sqlite_where=sa.text("state NOT IN ('unconfirmed', 'left')"),
            postgresql_where=sa.text("state NOT IN ('unconfirmed', 'left')"),
        )
        batch_op.drop_index(batch_op.f("ix_volunteer_state"))
        batch_op.drop_index(batch_op.f("ix_volunteer_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_volunteer_next_at"))
        batch_op.drop_index(batch_op.f("ix_volunteer_email"))

    op.drop_table("volunteer")
    op.drop_table("programme_settings")
    with op.batch_alter_table("organisation_domain", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_domain_domain"))

    op.drop_table("organisation_domain")
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_request_state"))
        batch_op.drop_index(batch_op.f("ix_help_request_requester_email"))
        batch_op.drop_index(batch_op.f("ix_help_request_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_next_at"))

    op.drop_table("help_request")
    op.drop_table("organisation")
    op.drop_table("index_version")
    op.drop_table("coordinator")
    op.drop_table("worker_sign")
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tally_ends_at"))

    op.drop_table("tally")
    op.drop_table("programme")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_expires_at"))

    op.drop_table("draft")
