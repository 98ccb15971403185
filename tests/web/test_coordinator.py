import re

import pytest

from matcher.actions.signing_in import end_coordinator
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer


@pytest.fixture
def cora(client, cast, address, monday):
    """A browser in which Cora is signed in."""
    coordinator_id = cast.coordinator()
    client.post("/coordinator/sign-in", data={"email": "cora@programme.example"})
    client.post(address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id))
    return client


def test_a_coordinator_signs_in_by_a_link(cora):
    assert "What needs you next" in cora.get("/coordinator").text


def test_the_link_works_once(client, cast, address, monday):
    coordinator_id = cast.coordinator()
    client.post("/coordinator/sign-in", data={"email": "cora@programme.example"})
    link = address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id)
    client.post(link)
    assert client.post(link).status_code == 410


def test_looking_at_the_link_signs_nobody_in(client, cast, address, monday):
    coordinator_id = cast.coordinator()
    client.post("/coordinator/sign-in", data={"email": "cora@programme.example"})
    client.get(address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id))
    assert client.get("/coordinator").location == "/coordinator/sign-in"


@pytest.mark.parametrize("email", ["cora@programme.example", "nobody@programme.example"])
def test_asking_for_a_link_looks_the_same_for_every_address(client, cast, email):
    cast.coordinator()
    answer = client.post("/coordinator/sign-in", data={"email": email})
    assert answer.location == "/coordinator/sign-in/sent"


def test_every_page_of_the_desk_asks_for_signing_in(client, app):
    desk = [
        re.sub("<int:[a-z_]+>", "1", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("coordinator")
        and "GET" in rule.methods
        and "sign" not in rule.rule
    ]
    assert {client.get(page).status_code for page in desk} == {302}


def test_nothing_to_do_is_said_so(cora):
    assert "Nothing needs you today" in cora.get("/coordinator").text


def test_a_request_to_review_stands_on_the_desk(cora, cast):
    cast.request()
    page = cora.get("/coordinator").text
    assert "To review" in page
    assert "West Berkshire Council" in page


def test_a_request_shows_its_need_and_its_candidates_without_contact_details(cora, cast):
    request_id = cast.request()
    cast.proposal(request_id, cast.volunteer(email="victor@walsall.example"))
    page = cora.get(f"/coordinator/requests/{request_id}").text
    assert "Victor Osei" in page
    assert "victor@walsall.example" not in page
    assert "ruth@westberks.example" not in page


def test_what_will_be_sent_is_shown_before_it_is(cora, cast):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    page = cora.get(f"/coordinator/requests/{request_id}/approve?pairing={pairing_id}")
    assert "What will be sent, and to whom" in page.text
    assert cast.get(Pairing, pairing_id).state == pairing.State.PROPOSED


def test_approving_asks_the_volunteer(cora, cast):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    cora.post(f"/coordinator/requests/{request_id}/approve", data={"pairing": [pairing_id]})
    assert cast.get(Pairing, pairing_id).state == pairing.State.INVITED
    assert cast.get(HelpRequest, request_id).state == help_request.State.ASKING


def test_approving_anothers_pairing_does_nothing(cora, cast):
    mine, other = cast.request(), cast.request()
    pairing_id = cast.proposal(other, cast.volunteer())
    cora.post(f"/coordinator/requests/{mine}/approve", data={"pairing": [pairing_id]})
    assert cast.get(Pairing, pairing_id).state == pairing.State.PROPOSED


def test_setting_aside_asks_why(cora, cast):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    address = f"/coordinator/requests/{request_id}/candidates/{pairing_id}/dismiss"
    assert "Select why this volunteer is not right" in cora.post(address).text
    cora.post(address, data={"reason": "too_far"})
    assert cast.get(Pairing, pairing_id).state == pairing.State.DISMISSED


def test_setting_aside_can_be_taken_back(cora, cast):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    address = f"/coordinator/requests/{request_id}/candidates/{pairing_id}"
    cora.post(f"{address}/dismiss", data={"reason": "too_far"})
    cora.post(f"{address}/reconsider")
    assert cast.get(Pairing, pairing_id).state == pairing.State.PROPOSED


def test_closing_ends_the_request(cora, cast):
    request_id = cast.request()
    cora.post(f"/coordinator/requests/{request_id}/close", data={"reason": "out_of_scope"})
    assert cast.get(HelpRequest, request_id).state == help_request.State.CLOSED


def test_details_are_shown_by_a_press_and_the_look_is_logged(cora, cast):
    request_id = cast.request()
    page = cora.post(f"/coordinator/requests/{request_id}/details").text
    assert "ruth@westberks.example" in page
    looked = cast.rows(Happening, event="details_shown", actor=Actor.COORDINATOR)
    assert [row.help_request_id for row in looked] == [request_id]


def test_a_pending_volunteer_is_let_in_and_the_domain_known(cora, cast):
    volunteer_id = cast.volunteer(active=False)
    assert "Let them in" in cora.get(f"/coordinator/volunteers/{volunteer_id}").text
    cora.post(f"/coordinator/volunteers/{volunteer_id}/let-in", data={"trust_domain": "yes"})
    assert cast.get(Volunteer, volunteer_id).state == standing.State.ACTIVE
    assert cast.get(Volunteer, cast.volunteer()).state == standing.State.ACTIVE


def test_why_not_names_who_is_barred(cora, cast):
    request_id = cast.request()
    cast.vera()
    page = cora.get(f"/coordinator/requests/{request_id}/why-not?bar=too_far").text
    assert "Farther than they go" in page
    assert "Vera Lloyd" in page


@pytest.mark.parametrize(
    "page",
    [
        "/coordinator/requests/999",
        "/coordinator/requests/999/why-not",
        "/coordinator/requests/999/close",
        "/coordinator/volunteers/999",
        "/coordinator/requests/99999999999999999999",
    ],
)
def test_what_is_not_there_is_not_found(cora, page):
    assert cora.get(page).status_code == 404


@pytest.mark.parametrize("page", ["requests", "volunteers", "emails"])
@pytest.mark.parametrize("words", ["", "%", "_", "'", "H-1001", "H-99999999999999999999", "\\"])
def test_lists_bear_any_words(cora, cast, page, words):
    cast.request()
    address = f"/coordinator/{page}"
    assert cora.get(address, query_string={"words": words, "page": "9"}).status_code == 200


def test_ending_access_ends_the_session_at_once(cora, cast):
    end_coordinator("cora@programme.example", cast.acting(Actor.COORDINATOR))
    assert cora.get("/coordinator").status_code == 302


def test_a_volunteer_cannot_open_the_desk(client, cast, address, monday):
    volunteer_id = cast.volunteer(confirmed=False)
    client.post(address(Purpose.CONFIRM_OFFER, volunteer_id=volunteer_id))
    assert client.get("/coordinator").status_code == 302
