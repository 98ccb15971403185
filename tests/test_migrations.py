import re

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from matcher.records.database import Base, db
from matcher.records.pairings import Pairing

#: Indexes of words are made in each database's own way (records/search.py).
OF_WORDS = re.compile("words_of_|ix_.*_words$")


def is_mapped(name, kind, _parents):
    return not (kind in {"table", "index"} and OF_WORDS.match(name or ""))


def test_the_migrated_schema_equals_the_mapped_classes(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_mapped}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_go_back_to_nothing_and_forward_again(app):
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade()
    assert set(Base.metadata.tables) < set(inspect(db.engine).get_table_names())


def test_the_latest_migrations_go_back_and_forward_with_people_in_the_tables(cast):
    cast.confirmed(cast.request(), cast.volunteer())
    db.session.remove()
    downgrade(revision="0051_tokens")
    upgrade()
    assert len(cast.rows(Pairing)) == 1
