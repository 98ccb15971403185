"""Every column that may hold a person's data stands in the one register."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import JSON, Date, Enum, Float, String, Text

from matcher.records.database import Base
from matcher.records.personal_data import PLAIN_TABLES, REGISTER, STAYS
from matcher.records.privacy_notice import NOTICE_DIGEST

REGISTER_IS = "matcher/records/personal_data.py"


def may_hold_words(column) -> bool:
    if column.primary_key or column.foreign_keys or isinstance(column.type, Enum):
        return False
    return isinstance(column.type, String | JSON | Date | Float)


@pytest.mark.parametrize("database_url", ["sqlite:///:memory:"])
def test_every_column_of_words_numbers_or_days_is_named_in_the_register(app):
    unnamed = [
        f"{name}.{column.name}"
        for name, table in Base.metadata.tables.items()
        for column in table.columns
        if may_hold_words(column) and column.name not in named_columns(name)
    ]
    assert unnamed == [], f"say in {REGISTER_IS} what they hold and what erasure leaves there"


def named_columns(name: str) -> set[str]:
    holding = REGISTER.get(name)
    plain = PLAIN_TABLES.get(name, frozenset())
    return set(plain) if holding is None else {*holding.columns, *holding.plain}


@pytest.mark.parametrize("database_url", ["sqlite:///:memory:"])
def test_the_register_names_only_tables_and_columns_that_there_are(app):
    tables = Base.metadata.tables
    assert {*REGISTER, *PLAIN_TABLES} == set(tables)
    gone = [
        f"{name}.{column}"
        for name in REGISTER
        for column in named_columns(name)
        if column not in tables[name].columns
    ]
    assert gone == []


@pytest.mark.parametrize("database_url", ["sqlite:///:memory:"])
def test_no_free_text_stays_after_an_erasure(app):
    staying = [
        f"{name}.{column}"
        for name, holding in REGISTER.items()
        for column, personal in holding.columns.items()
        if personal.erased is STAYS
        and isinstance(Base.metadata.tables[name].columns[column].type, Text)
    ]
    assert staying == []


def test_a_changed_privacy_notice_gets_a_new_version():
    notice = Path(__file__).parents[2] / "templates" / "public" / "privacy.html"
    found = sha256(notice.read_bytes()).hexdigest()[: len(NOTICE_DIGEST)]
    assert found == NOTICE_DIGEST, "raise PRIVACY_NOTICE and set NOTICE_DIGEST beside it"
