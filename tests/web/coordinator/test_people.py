from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from matcher.actions.volunteer.volunteering import change_page
from matcher.lifecycle import pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.history import Happening
from matcher.records.offers import OfferChange
from matcher.records.pairings import Pairing
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer


def page_of(volunteer_id, rest=""):
    return f"/coordinator/volunteers/{volunteer_id}{rest}"


def test_a_volunteer_is_shown_by_the_name_they_chose(cora, cast):
    volunteer_id = cast.volunteer()
    volunteer = cast.acting(Actor.VOLUNTEER, volunteer_id)
    change_page(volunteer_id, lambda page: replace(page, display_name="V. O."), volunteer)
    page = cora.get(page_of(volunteer_id)).text
    assert "V. O." in page
    assert "Victor Osei" not in page


def test_a_volunteer_is_shown_with_limits_and_load(cora, cast):
    volunteer_id = cast.volunteer()
    cast.invited(cast.request(), volunteer_id)
    page = cora.get(page_of(volunteer_id)).text
    assert "Up to 120 miles" in page
    assert "Asked once this quarter, of at most 3" in page


def test_days_away_are_shown(cora, cast):
    volunteer_id = cast.volunteer()
    away = ((date(2027, 1, 4), date(2027, 1, 8)),)
    volunteer = cast.acting(Actor.VOLUNTEER, volunteer_id)
    change_page(volunteer_id, lambda page: replace(page, away=away), volunteer)
    page = cora.get(page_of(volunteer_id)).text
    assert "Monday 4 January 2027 to Friday 8 January 2027" in page


def test_what_a_volunteer_was_asked_is_listed(cora, cast):
    volunteer_id = cast.volunteer()
    cast.invited(cast.request(), volunteer_id)
    page = cora.get(page_of(volunteer_id)).text
    assert "H-1001: Victor Osei was asked (by itself)" in page


def test_a_volunteers_address_is_not_on_the_page(cora, cast):
    volunteer_id = cast.volunteer(email="victor@walsall.example")
    assert "victor@walsall.example" not in cora.get(page_of(volunteer_id)).text


def test_details_are_shown_by_a_press_and_the_look_is_logged(cora, cast):
    volunteer_id = cast.volunteer(email="victor@walsall.example")
    page = cora.post(page_of(volunteer_id, "/details")).text
    looked = cast.rows(Happening, event="details_shown", volunteer_id=volunteer_id)
    assert "victor@walsall.example" in page
    assert [row.actor for row in looked] == [Actor.COORDINATOR]


def test_looking_twice_is_logged_twice(cora, cast):
    volunteer_id = cast.volunteer()
    for _ in range(2):
        cora.post(page_of(volunteer_id, "/details"))
    assert len(cast.rows(Happening, event="details_shown")) == 2


def test_a_pending_volunteer_is_let_in_and_told(cora, cast):
    volunteer_id = cast.volunteer(active=False)
    cora.post(page_of(volunteer_id, "/let-in"))
    assert cast.get(Volunteer, volunteer_id).state == standing.State.ACTIVE
    assert len(cast.emails("offer_approved", volunteer_id=volunteer_id)) == 1


def test_letting_in_names_the_domain_and_the_organisation(cora, cast):
    page = cora.get(page_of(cast.volunteer(active=False), "/let-in")).text
    assert "Also trust addresses at walsall.example for Walsall Metropolitan Borough" in page


@pytest.mark.parametrize(
    ("ticked", "next_one"),
    [({"trust_domain": "yes"}, standing.State.ACTIVE), ({}, standing.State.PENDING)],
)
def test_a_domain_is_known_from_then_on_where_ticked(cora, cast, ticked, next_one):
    cora.post(page_of(cast.volunteer(active=False), "/let-in"), data=ticked)
    assert cast.get(Volunteer, cast.volunteer(active=False)).state == next_one


def test_letting_in_twice_is_not_possible(cora, cast):
    volunteer_id = cast.volunteer(active=False)
    cora.post(page_of(volunteer_id, "/let-in"))
    assert cora.post(page_of(volunteer_id, "/let-in")).status_code == 409


def test_a_pause_ends_what_is_asked(cora, cast):
    volunteer_id = cast.volunteer()
    pairing_id = cast.invited(cast.request(), volunteer_id)
    cora.post(page_of(volunteer_id, "/pause"))
    assert cast.get(Volunteer, volunteer_id).state == standing.State.PAUSED
    assert cast.get(Pairing, pairing_id).state == pairing.State.DECLINED


def test_looking_at_the_pause_pauses_nobody(cora, cast):
    volunteer_id = cast.volunteer()
    assert cora.get(page_of(volunteer_id, "/pause")).status_code == 200
    assert cast.get(Volunteer, volunteer_id).state == standing.State.ACTIVE


def test_a_pause_can_be_ended(cora, cast):
    volunteer_id = cast.volunteer()
    cora.post(page_of(volunteer_id, "/pause"))
    cora.post(page_of(volunteer_id, "/resume"))
    assert cast.get(Volunteer, volunteer_id).state == standing.State.ACTIVE


def test_a_volunteer_who_is_not_there_is_not_found(cora):
    pages, ids = ["", "/let-in", "/pause"], [0, 999, 2**31]
    answers = {cora.get(page_of(each, rest)).status_code for rest in pages for each in ids}
    assert answers == {404}


def test_nothing_is_done_to_a_volunteer_who_is_not_there(cora):
    presses = ["let-in", "pause", "resume", "details"]
    assert {cora.post(page_of(999, f"/{press}")).status_code for press in presses} == {404}


def test_volunteers_are_found_by_state_and_words(cora, cast):
    cast.volunteer(offer="I plan cycle lanes", active=False)
    cast.volunteer(offer="I plan bus lanes", email="bus@derby.example", organisation="Derby")
    page = cora.get("/coordinator/volunteers?state=pending&words=lanes+plan").text
    assert "1 volunteer<" in page


def test_an_unknown_state_is_no_limit(cora, cast):
    cast.volunteer()
    assert "1 volunteer<" in cora.get("/coordinator/volunteers?state=nonsense").text


def test_the_number_of_queries_does_not_grow_with_what_was_asked(cora, cast, queries):
    volunteer_id = cast.volunteer()
    cast.proposal(cast.request(), volunteer_id)
    with queries() as few:
        cora.get(page_of(volunteer_id))
    for _ in range(5):
        cast.proposal(cast.request(organisation="Stirling"), volunteer_id)
    with queries() as many:
        cora.get(page_of(volunteer_id))
    assert len(few) == len(many) <= 26


def test_a_private_note_is_seen_by_coordinators_and_can_be_removed(cora, cast):
    page = f"/coordinator/volunteers/{cast.volunteer()}"
    cora.post(f"{page}/note", data={"words": "Prefers <mornings>."})
    assert "Prefers &lt;mornings&gt;." in cora.get(page).text
    cora.post(f"{page}/note/1/remove")
    assert "mornings" not in cora.get(page).text


def test_one_press_vouches_and_the_volunteer_may_be_proposed(cora, cast):
    volunteer_id = cast.volunteer()
    own = cast.acting(Actor.VOLUNTEER, volunteer_id)
    change_page(volunteer_id, lambda before: replace(before, hides_organisation=True), own)
    for _ in range(2):
        cora.post(f"{page_of(volunteer_id)}/vouch")
    assert all(task.done_at for task in cast.rows(Task))
    newest = select(OfferChange.payload).order_by(OfferChange.number.desc())
    assert db.session.scalars(newest).first() is not None
    assert "A coordinator vouched for the volunteer" in cora.get(page_of(volunteer_id)).text
