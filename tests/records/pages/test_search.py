from pathlib import Path

import pytest

from matcher.lifecycle.tables import Actor
from matcher.records.database import db, leave_no_traces, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.coordinator_lists import list_requests, list_volunteers
from matcher.records.volunteers import Volunteer


def found(words):
    db.session.rollback()
    return [row.volunteer_id for row in list_volunteers(db.session(), words=words).rows]


@pytest.mark.parametrize(
    "words",
    ["victor", "OSEI", "social med", "brief chief", "ws1", "Walsall", "o'hara-osei"],
)
def test_a_volunteer_is_found_by_name_offer_place_and_organisation(cast, words):
    volunteer_id = cast.volunteer(name="Victor O'Hara-Osei")
    assert found(words) == [volunteer_id]


@pytest.mark.parametrize("words", ["vector", "edia", "%", "_", "'", '"', "*", "(", "😀"])
def test_what_is_in_nobodys_words_finds_nobody(cast, words):
    cast.volunteer()
    assert found(words) == []


def test_skills_and_experience_are_searched(cast):
    volunteer_id = cast.volunteer()
    with writing() as session:
        kept = session.get_one(Volunteer, volunteer_id)
        kept.skills, kept.experience = ["planning"], ["Ran a by-election"]
    assert found("planning election") == [volunteer_id]


def test_what_was_changed_is_found_as_it_is_now(cast):
    volunteer_id = cast.volunteer()
    with writing() as session:
        session.get_one(Volunteer, volunteer_id).name = "Zacharias Quill"
    assert (found("victor"), found("zach quill")) == ([], [volunteer_id])


def test_a_request_is_found_by_its_words_and_its_organisation(cast):
    request_id = cast.request()
    for words in ("ruth", "councillors social", "berkshire", "media west", "H-1001"):
        rows = list_requests(db.session(), cast.acting(Actor.CLOCK).now, words=words).rows
        assert bool(rows) == (words != "councillors social"), words
    assert rows[0].request_id == request_id


def test_a_word_that_was_erased_is_nowhere_in_the_file(cast, settings):
    volunteer_id = cast.volunteer()
    for title in ("Quillfeather", ""):
        with writing() as session:
            session.get_one(Volunteer, volunteer_id).job_title = title
    leave_no_traces()
    assert found("quillfeather") == []
    if settings.database_url.startswith("sqlite:///"):
        whole = Path(settings.database_url.removeprefix("sqlite:///")).read_bytes()
        assert b"uillfeather" not in whole


def test_the_titles_of_requests_change_with_them(cast):
    request_id = cast.request()
    with writing() as session:
        session.get_one(HelpRequest, request_id).title = "Flood defences"
    rows = list_requests(db.session(), cast.occasion.now, words="flood").rows
    assert [row.request_id for row in rows] == [request_id]
