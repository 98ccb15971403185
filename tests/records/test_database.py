from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from matcher.records.database import again_if_beaten, db, writing
from matcher.records.limits import Tally
from matcher.records.programmes import get_programme

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_reading_transaction_cannot_write(app):
    db.session.add(Tally(key="a", count=1, ends_at=NOON))
    with pytest.raises(DBAPIError):
        db.session.commit()
    db.session.rollback()


def test_a_raw_statement_cannot_write_while_reading(app):
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE programme SET name = 'changed'"))
    db.session.rollback()


def test_a_writing_transaction_keeps_what_it_wrote(app):
    with writing() as session:
        session.add(Tally(key="a", count=1, ends_at=NOON))
    assert db.session.get_one(Tally, "a").ends_at == NOON


def write_the_same_twice():
    with writing() as session:
        session.add(Tally(key="a", count=1, ends_at=NOON))
        session.execute(text("INSERT INTO tally SELECT key, count, ends_at FROM tally"))


def test_an_error_while_writing_leaves_nothing(app):
    with pytest.raises(IntegrityError):
        write_the_same_twice()
    assert db.session.get(Tally, "a") is None


def test_reading_after_writing_cannot_write_again(app):
    with writing() as session:
        session.add(Tally(key="a", count=1, ends_at=NOON))
    with pytest.raises(DBAPIError):
        db.session.execute(text("DELETE FROM tally"))
    db.session.rollback()


def test_a_moment_without_a_zone_is_refused(app):
    with pytest.raises(StatementError), writing() as session:
        session.add(Tally(key="a", count=1, ends_at=datetime(2026, 11, 23)))  # noqa: DTZ001


def test_the_migration_makes_the_one_programme(app):
    assert get_programme(db.session()).offer_number == 0


def test_an_action_beaten_to_a_unique_key_runs_once_more(app):
    runs = []

    @again_if_beaten
    def act() -> str:
        runs.append("run")
        if len(runs) == 1:
            raise IntegrityError("", None, Exception())
        return "done"

    assert (act(), len(runs)) == ("done", 2)


def test_what_beats_an_action_twice_is_raised(app):
    @again_if_beaten
    def add() -> None:
        raise IntegrityError("", None, Exception())

    with pytest.raises(IntegrityError):
        add()
