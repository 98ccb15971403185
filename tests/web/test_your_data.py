"""A person's own copy and erasure, by a link that proves the address; and at the desk, logged."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.clock.upkeep import sweep
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.links import Link
from matcher.records.volunteers import Volunteer

RUTH, VICTOR = "ruth@westberks.example", "victor@walsall.example"


@pytest.fixture
def story(cast, monday):
    request_id, volunteer_id = cast.request(), cast.volunteer(email=VICTOR)
    cast.confirmed(request_id, volunteer_id)
    return request_id, volunteer_id


@pytest.fixture
def link(client, story, address):
    """Ruth's link to what is kept about her."""
    client.post("/your-data", data={"email": RUTH.upper()})
    return address(Purpose.YOUR_DATA, help_request_id=story[0])


def test_the_answer_is_the_same_for_an_address_that_nobody_knows(client, story, cast):
    answers = [client.post("/your-data", data={"email": each}) for each in (RUTH, "x@y.example")]
    assert [(each.status_code, each.location) for each in answers] == [(303, "/your-data/sent")] * 2
    assert [email.to_address for email in cast.emails("your_data")] == [RUTH]


def test_the_link_shows_all_that_is_theirs_and_saves_it_as_a_file(client, link):
    page = client.get(link).text
    assert "Ruth Adeyemi" in page
    assert "Victor" not in page
    saved = client.get(f"{link}/copy.json")
    assert "attachment" in saved.headers["Content-Disposition"]
    assert saved.json["tables"]["help_request"][0]["requester_email"] == RUTH


def test_looking_at_the_erasure_page_erases_nothing_and_the_press_does(client, cast, link, story):
    client.get(f"{link}/erase")
    assert cast.get(HelpRequest, story[0]).requester_email == RUTH
    client.post(f"{link}/erase")
    assert cast.get(HelpRequest, story[0]).requester_email == ""
    assert client.get(link).status_code == 410


def test_a_coordinator_sees_a_persons_copy_and_that_is_logged(cora, cast, story):
    page = cora.post(f"/coordinator/data/volunteer/{story[1]}")
    assert VICTOR in page.text
    (looked,) = cast.rows(Happening, event="data_shown")
    assert (looked.volunteer_id, looked.actor) == (story[1], Actor.COORDINATOR)


def test_a_coordinator_erases_for_whoever_wrote_in(cora, cast, story):
    assert cora.get(f"/coordinator/data/volunteer/{story[1]}/erase").status_code == 200
    cora.post(f"/coordinator/data/volunteer/{story[1]}/erase")
    assert cast.get(Volunteer, story[1]).email == ""


@pytest.mark.parametrize("path", ["volunteer/99", "requester/99", "clock/1"])
def test_who_is_not_there_is_not_found(cora, path):
    assert cora.post(f"/coordinator/data/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "/copy.json", "/erase"])
def test_nobody_else_sees_a_copy_at_the_desk(client, story, path):
    answer = client.post(f"/coordinator/data/requester/{story[0]}{path}")
    assert answer.location == "/coordinator/sign-in"


NEW = "ruth@newbury.example"


def test_a_name_is_changed_wherever_it_stands(client, link, cast, story):
    assert client.post(f"{link}/name", data={"name": "Ruth Bell"}).status_code == 303
    assert cast.get(HelpRequest, story[0]).requester_name == "Ruth Bell"


def test_a_new_address_counts_once_it_is_proved_and_the_old_one_is_told(
    client, link, cast, story, address
):
    client.post(f"{link}/address", data={"email": NEW.upper()})
    assert cast.get(HelpRequest, story[0]).requester_email == RUTH
    proof = address(Purpose.NEW_ADDRESS, help_request_id=story[0])
    assert NEW in client.get(proof).text
    assert client.post(proof).status_code == 303
    assert cast.get(HelpRequest, story[0]).requester_email == NEW
    assert [email.to_address for email in cast.emails("address_changed")] == [RUTH]
    assert client.post(proof).status_code == 410
    assert client.get(link).status_code == 410  # the old mailbox opens nothing any more


@pytest.fixture
def move_to(client, address):
    """Have a person prove a new address; the answer to the press."""

    def prove(old, new, **subject):
        client.post("/your-data", data={"email": old})
        mine = address(Purpose.YOUR_DATA, **subject)
        client.post(f"{mine}/address", data={"email": new})
        return client.post(address(Purpose.NEW_ADDRESS, **subject))

    return prove


@pytest.mark.parametrize("purpose", [Purpose.ANSWER, Purpose.VISIT, Purpose.UNSUBSCRIBE])
def test_no_link_in_a_volunteers_old_mailbox_works(client, story, address, move_to, purpose):
    old = address(purpose, volunteer_id=story[1])
    move_to(VICTOR, "v.osei@walsall.example", volunteer_id=story[1])
    assert client.get(old).status_code == 410
    assert client.get(address(purpose, volunteer_id=story[1])).status_code == 200


@pytest.mark.parametrize("purpose", [Purpose.STATUS, Purpose.CONFIRM_PERSON, Purpose.VISIT])
def test_no_link_in_a_requesters_old_mailbox_works(client, story, address, move_to, purpose):
    old = address(
        purpose,
        help_request_id=story[0],
        **({"volunteer_id": None} if purpose == Purpose.VISIT else {}),
    )
    move_to(RUTH, NEW, help_request_id=story[0])
    assert client.get(old).status_code == 410


def test_the_links_of_the_other_side_live_on(client, story, address, move_to):
    others = [address(each, volunteer_id=story[1]) for each in (Purpose.ANSWER, Purpose.VISIT)]
    move_to(RUTH, NEW, help_request_id=story[0])
    assert [client.get(each).status_code for each in others] == [200, 200]


def test_the_press_leads_to_all_that_is_theirs_and_so_does_an_email(client, story, move_to, cast):
    page = client.get(move_to(RUTH, NEW, help_request_id=story[0]).location).text
    (email,) = cast.emails("new_links")
    assert email.to_address == NEW
    assert "/t/status/" in page
    assert client.get(re.search(r"/t/status/[^\"]+", page)[0]).status_code == 200


def test_emails_that_still_wait_carry_the_new_links(client, story, cast, move_to):
    move_to(RUTH, NEW, help_request_id=story[0])
    (waiting,) = cast.emails("introduction_requester")
    kept = [cast.get(Link, each).revoked_at for each in waiting.links.values()]
    assert (waiting.to_address, set(kept)) == (NEW, {None})


def test_only_the_other_side_of_a_coming_visit_is_told(story, cast, move_to):
    move_to(VICTOR, "v.osei@walsall.example", volunteer_id=story[1])
    (told,) = cast.emails("visit_changed")
    assert (told.to_address, told.context["changed"]) == (RUTH, ["email"])
    assert told.context["other"]["email"] == "v.osei@walsall.example"


def test_who_moves_to_a_domain_that_nobody_knows_waits_for_a_look(story, cast, move_to):
    move_to(VICTOR, "victor@home.example", volunteer_id=story[1])
    assert cast.get(Volunteer, story[1]).state == standing.State.PENDING


def test_who_moves_within_the_organisation_stays(story, cast, move_to):
    move_to(VICTOR, "v.osei@walsall.example", volunteer_id=story[1])
    assert cast.get(Volunteer, story[1]).state == standing.State.ACTIVE


def test_a_new_address_ends_the_sessions_of_before(client, story, sign_in, move_to):
    sign_in(story[1])
    assert client.get("/volunteer").status_code == 200
    move_to(VICTOR, "v.osei@walsall.example", volunteer_id=story[1])
    assert client.get("/volunteer").status_code == 302


def test_whoever_forwarded_an_email_ends_its_links(client, link, story, address):
    forwarded = address(Purpose.STATUS, help_request_id=story[0])
    page = client.post(f"{link}/new-links").location
    assert client.get(forwarded).status_code == client.get(link).status_code == 410
    assert client.get(page).status_code == 200


def test_a_fresh_link_ends_the_one_before_it(client, link, story, address):
    client.post("/your-data", data={"email": RUTH})
    assert client.get(link).status_code == 410
    assert client.get(address(Purpose.YOUR_DATA, help_request_id=story[0])).status_code == 200


def test_a_coordinator_sends_the_link_to_a_new_address(cora, cast, story):
    page = f"/coordinator/data/requester/{story[0]}/new-address"
    assert RUTH not in cora.get(page).text
    assert cora.post(page, data={"email": NEW}).location.endswith(f"/requests/{story[0]}")
    assert [email.to_address for email in cast.emails("new_address")] == [NEW]
    (noted,) = cast.rows(Happening, event="send_address_link")
    assert noted.help_request_id == story[0]


def test_the_address_that_stands_already_is_no_new_one(client, link, cast):
    answer = client.post(f"{link}/address", data={"email": RUTH.upper()})
    assert (answer.status_code, "enter the new one" in answer.text) == (422, True)
    assert cast.emails("new_address") == []


def test_a_coordinator_is_told_that_the_address_stands_already(cora, cast, story):
    answer = cora.post(
        f"/coordinator/data/volunteer/{story[1]}/new-address", data={"email": VICTOR}
    )
    assert (answer.status_code, "enter the new one" in answer.text) == (422, True)
    assert cast.emails("new_address") == []


def test_an_address_at_which_somebody_else_offers_help_is_not_taken(client, cast, story, address):
    cast.volunteer(email="vera@dudley.example")
    client.post("/your-data", data={"email": VICTOR})
    link = address(Purpose.YOUR_DATA, volunteer_id=story[1])
    client.post(f"{link}/address", data={"email": "vera@dudley.example"})
    page = client.post(address(Purpose.NEW_ADDRESS, volunteer_id=story[1])).text
    assert "nothing was changed" in page
    assert cast.get(Volunteer, story[1]).email == VICTOR


def test_the_proof_of_an_address_holds_nothing_that_was_typed(client, link, cast):
    client.post(f"{link}/address", data={"email": NEW})
    (proof,) = cast.emails("new_address")
    assert (proof.to_name, proof.context) == ("", {"hours": 24})


def test_an_address_that_nobody_proves_is_forgotten_within_a_day(client, link, cast, story):
    client.post(f"{link}/address", data={"email": NEW})
    sweep(replace(cast.occasion, now=cast.occasion.now + timedelta(hours=25)))
    assert [each.new_address for each in cast.rows(Link) if each.new_address] == []
