"""Each invariant that the year and the machine are held to fails where it is broken on purpose."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from year_invariants import INVARIANTS, broken

from matcher.actions.occasion import Occasion
from matcher.actions.post.sending import mark_sent
from matcher.app import create_app
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.programmes import ProgrammeSettings
from tests.cast import WALSALL, Cast
from tests.conftest import HOST, MONDAY, make_settings

HAPPENED = (
    "at, subject, subject_id, volunteer_id, from_state, to_state, event, actor, reason, facts"
)

PLANTED = {
    "asked_beyond_their_cap": "UPDATE volunteer SET asks_per_quarter = 0",
    "barred_but_asked": """UPDATE volunteer SET organisation_id =
        (SELECT organisation_id FROM help_request LIMIT 1)""",
    "asked_while_unavailable": """INSERT INTO volunteer_away (volunteer_id, first_on, last_on)
        SELECT id, '2026-11-01', '2026-12-31' FROM volunteer""",
    "place_double_booked": "UPDATE help_request SET filled = 1 - filled",
    "request_forgotten": """UPDATE help_request SET next_at = NULL, nudge_at = NULL;
        UPDATE pairing SET next_at = NULL, answer_by = NULL; UPDATE visit SET next_at = NULL""",
    "email_without_an_end": "UPDATE outgoing_email SET skipped_at = queued_at",
    "asked_at_a_bad_hour": """UPDATE outgoing_email SET sent_at = '2026-11-22 12:00:00.000000'
        WHERE name = 'invitation'""",
    "lapsed_too_early": """INSERT INTO happening
        (at, subject, subject_id, from_state, to_state, event, actor, reason, facts)
        SELECT '2026-11-23 12:00:00.000000', 'pairing', id, 'invited', 'lapsed', 'lapse', 'clock',
          '', '{}' FROM pairing WHERE state = 'invited'""",
    "reminded_after_an_answer": """UPDATE outgoing_email SET name = 'reminder'
        WHERE sent_at IS NOT NULL; UPDATE pairing SET answered_at = '2026-11-01'""",
    "reserve_passed_over": "UPDATE pairing SET state = 'reserve' WHERE state = 'invited'",
    "pair_kept_twice": """CREATE TABLE copied AS SELECT * FROM pairing; DROP TABLE pairing;
        ALTER TABLE copied RENAME TO pairing; INSERT INTO pairing SELECT * FROM pairing""",
    "history_broken": "UPDATE pairing SET state = 'declined' WHERE state = 'invited'",
    "email_apart_from_its_event": "DELETE FROM outgoing_email WHERE name = 'invitation'",
    "details_before_confirmation": "DELETE FROM happening WHERE event = 'confirm'",
    "ended_but_still_open": "UPDATE help_request SET state = 'withdrawn'",
}


@pytest.fixture(scope="module")
def lived(sqlite_template, tmp_path_factory):
    """A database in which one pair was introduced and another is being asked; all is well."""
    path = tmp_path_factory.mktemp("lived") / "matcher.sqlite"
    shutil.copy(sqlite_template, path)
    occasion = Occasion(MONDAY, Actor.CLOCK, ProgrammeSettings(), "one", HOST)
    cast = Cast(occasion)
    with create_app(make_settings(f"sqlite:///{path}")).app_context():
        cast.confirmed(cast.request(), cast.volunteer())
        cast.invited(cast.request(), cast.volunteer(where=WALSALL))
        later = replace(occasion, now=MONDAY + timedelta(minutes=1))
        for email in cast.emails("invitation"):
            mark_sent(email.id, later)
        db.session.remove()
        db.engine.dispose()
    return path


def look(path):
    return broken(path, MONDAY + timedelta(hours=3), MONDAY - timedelta(days=1))


def test_where_all_is_well_nothing_is_broken(lived):
    assert {name: lines for name, lines in look(lived).items() if lines} == {}


@pytest.mark.parametrize("name", [each.__name__ for each in INVARIANTS])
def test_a_planted_violation_is_seen(lived, tmp_path, name):
    path = tmp_path / "planted.sqlite"
    shutil.copy(lived, path)
    with sqlite3.connect(path) as rows:
        rows.executescript(PLANTED[name])
    assert look(path)[name]
