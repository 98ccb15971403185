"""Areas of those at the desk, and in which council each volunteer starts."""

import sqlalchemy as sa
from alembic import op

from matcher.places.gazetteer import Gazetteer

revision = "0067_areas"
down_revision = "0066_unreached"
branch_labels = None
depends_on = None

PLACED = ("volunteer", "help_request")


def upgrade() -> None:
    """Bring the schema forward, and say for what is there in which council it is."""
    op.add_column("coordinator", sa.Column("councils", sa.JSON(), nullable=True))
    council = sa.Column("council_gss", sa.String(length=9), nullable=False, server_default="")
    op.add_column("volunteer", council)
    if not op.get_context().as_sql:
        for name in PLACED:
            _fill(name)


def _fill(name: str) -> None:
    rows = sa.table(name, sa.column("place_id"), sa.column("council_gss"))
    empty = rows.c.council_gss == ""
    bind = op.get_bind()
    places = list(bind.scalars(sa.select(rows.c.place_id).where(empty).distinct()))
    gazetteer = Gazetteer.load() if places else None
    for place_id in places:
        try:
            council = gazetteer.get(place_id).council_gss
        except KeyError:
            continue  # of somebody whose details are erased
        there = rows.update().where(empty, rows.c.place_id == place_id)
        bind.execute(there.values(council_gss=council))


def downgrade() -> None:
    """Take the schema back."""
    op.drop_column("volunteer", "council_gss")
    op.drop_column("coordinator", "councils")
