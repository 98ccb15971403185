"""What people write becomes no header, no markup, no script and no template; read back by others.

``benchmarks/injection.py`` does the same with 10,000 strings.
"""

import pytest
from hostile import HEADERS, MARK, SCRIPTS, Read, harm_in_html, strings
from injection import harm_of
from sqlalchemy import update

from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.database import writing
from matcher.records.events import MeetingEvent
from matcher.records.organisations import Organisation
from matcher.records.volunteers import Volunteer
from tests.builders_mail import EVERY
from tests.conftest import HOST
from tests.hostile_rows import POLYGLOT, fill_with_hostile_words

SOME = 60


@pytest.mark.parametrize("email", EVERY, ids=lambda email: email.name)
def test_no_email_is_bent_by_what_it_tells(email):
    assert [harm_of(email, words) for words in (*SCRIPTS[:6], *HEADERS[:6])] == [[]] * 12


def test_no_string_bends_an_email():
    emails = [email for email in EVERY if email.name in {"invitation", "introduction_volunteer"}]
    bent = {
        words: harm_of(emails[number % len(emails)], words)
        for number, words in enumerate(strings(SOME))
    }
    assert {words: harm for words, harm in bent.items() if harm} == {}


@pytest.fixture
def written(cast, paths, everybody):
    """Every column that a person fills in holds the hostile words."""
    for side in (Actor.REQUESTER, Actor.VOLUNTEER):
        ids = {"programme": 1, "help_request": 1, "volunteer": 1, "pairing": 1}
        fill_with_hostile_words(side, {**ids, "visit": 1, "advice_note": 1})
    with writing() as session:
        session.execute(update(Organisation).values(short_name=POLYGLOT))
        session.execute(update(MeetingEvent).values(name=POLYGLOT, description=POLYGLOT))


def sign_in(client, actor, row):
    with client.session_transaction(base_url=f"http://{HOST}") as session:
        session["_user_id"] = f"{actor}:{row.id}:{row.session_key}"


@pytest.mark.parametrize("actor", [None, Actor.COORDINATOR, Actor.VOLUNTEER])
def test_no_page_is_bent_by_what_the_tables_hold(client, cast, paths, written, monday, actor):
    if actor is not None:
        model = {Actor.COORDINATOR: Coordinator, Actor.VOLUNTEER: Volunteer}[actor]
        sign_in(client, actor, cast.rows(model)[0])
    pages = {path: client.get(path, buffered=True) for path in paths("GET")}
    html = {at: page.text for at, page in pages.items() if "text/html" in page.content_type}
    assert sum(MARK in text for text in html.values()) >= 8
    assert {at: harm for at, text in html.items() if (harm := harm_in_html(text))} == {}
    assert [at for at, text in html.items() if f"{MARK}() 49" in text] == []


def test_the_reader_would_have_seen_it():
    assert len(harm_in_html(f"<p>{POLYGLOT}</p>")) >= 3
    assert Read(f"<p>{POLYGLOT}</p>").harmful
