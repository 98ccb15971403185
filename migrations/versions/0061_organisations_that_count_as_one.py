"""Organisations that share their staff, and those that became part of another."""

import sqlalchemy as sa
from alembic import op

revision = "0061_organisations"
down_revision = "0060_new_addresses"
branch_labels = None
depends_on = None

COLUMNS = ("staff_of_id", "successor_id")


def upgrade() -> None:
    """Bring the schema forward."""
    with op.batch_alter_table("organisation") as organisation:
        for name in COLUMNS:
            organisation.add_column(sa.Column(name, sa.Integer(), nullable=True))
            organisation.create_foreign_key(
                f"fk_organisation_{name}", "organisation", [name], ["id"]
            )


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table("organisation") as organisation:
        for name in COLUMNS:
            organisation.drop_constraint(f"fk_organisation_{name}", type_="foreignkey")
            organisation.drop_column(name)
