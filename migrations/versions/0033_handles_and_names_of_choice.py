"""Addresses on the web, a name of one's choice, and organisations that are kept to oneself."""

import sqlalchemy as sa
from alembic import op

revision = "0033_handles"
down_revision = "0032_words"
branch_labels = None
depends_on = None

COLUMNS = {
    "volunteer": ("hides_organisation", "vouched_at", "handles"),
    "help_request": ("display_name", "handles"),
}


def _column(name: str) -> sa.Column:
    json = sa.JSON()
    return {
        "hides_organisation": sa.Column(
            name, sa.Boolean(), nullable=False, server_default=sa.false()
        ),
        "vouched_at": sa.Column(name, sa.DateTime(timezone=True), nullable=True),
        "handles": sa.Column(name, json, nullable=False, server_default="[]"),
        "display_name": sa.Column(name, sa.String(length=100), nullable=False, server_default=""),
    }[name]


def upgrade() -> None:
    """Bring the schema forward, by additions alone: a copied table would lose its triggers."""
    for table, names in COLUMNS.items():
        for name in names:
            op.add_column(table, _column(name))


def downgrade() -> None:
    """Take the schema back."""
    for table, names in COLUMNS.items():
        for name in names:
            op.drop_column(table, name)
