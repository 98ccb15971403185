"""The log of the desk."""

import csv
import io

import pytest

from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.pages.audit import AuditKind
from tests.house.test_get_changes_nothing import sign_in

LOG = "/coordinator/audit"


@pytest.fixture
def looked(cora, cast):
    """Cora has looked at the requester's details; somebody else has done nothing."""
    cast.coordinator("colin@programme.example", "Colin Field")
    request_id = cast.request()
    cora.post(f"/coordinator/requests/{request_id}/details")
    return cora


def test_a_look_at_contact_details_is_in_the_log_with_who_and_about_what(looked):
    page = looked.get(f"{LOG}?kind=looks").text
    assert "Contact details were looked at" in page
    assert "Cora Bell" in page
    assert "H-1001" in page


OTHERS = ("person=2", "kind=visits", "about=H-9999", "about=Nobody", "last=2026-11-22")
OURS = ("person=1", "about=h-1001", "first=2026-11-23&last=2026-11-23")


@pytest.mark.parametrize("narrowed", OTHERS)
def test_the_log_is_narrowed_by_person_kind_subject_and_days(looked, narrowed):
    assert "Nothing like that" in looked.get(f"{LOG}?{narrowed}").text


@pytest.mark.parametrize("narrowed", OURS)
def test_what_was_asked_for_is_shown(looked, narrowed):
    assert "Contact details were looked at" in looked.get(f"{LOG}?{narrowed}").text


@pytest.mark.parametrize("odd", ["person=x&first=yesterday", "person=99999999999", "page=99999999"])
def test_what_cannot_be_read_is_no_fault(looked, odd):
    assert looked.get(f"{LOG}?{odd}").status_code == 200


def test_the_file_has_what_the_page_has(looked):
    file = looked.get(f"{LOG}/log.csv?kind=looks").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    assert len(rows) == 2
    assert rows[1][1:5] == ["Cora Bell", "details_shown", "help_request", "H-1001"]


def test_every_kind_can_be_asked_for(looked):
    answers = {each: looked.get(f"{LOG}?kind={each}").status_code for each in AuditKind}
    assert set(answers.values()) == {200}


def test_coordinators_do_not_see_the_log(looked, cast, app):
    colin = cast.rows(Coordinator, email="colin@programme.example")[0]
    browser = app.test_client()
    sign_in(browser, Actor.COORDINATOR, colin)
    assert browser.get(LOG).status_code == 403
