import re

import pytest
from sqlalchemy import select

from matcher.actions.requester.asking import confirm_request
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.tasks import Task

ANSWERS = {
    "need": {"need": "Somebody to brief our members on social media."},
    "where": {"place": "Newbury"},
    "when": {"when": "flexible"},
    "costs": {"who_pays": "requester_pays"},
    "you": {
        "name": "Ruth Adeyemi",
        "email": "ruth@westberks.example",
        "organisation": "West Berkshire Council",
    },
}


def fill_in(client, **changes):
    for name, answers in (ANSWERS | changes).items():
        client.post(f"/ask/{name}", data=answers)


def the_request():
    db.session.rollback()
    return db.session.scalars(select(HelpRequest)).one()


def test_the_pages_lead_one_to_the_next_and_then_to_checking(client):
    answers = [client.post(f"/ask/{name}", data=typed) for name, typed in ANSWERS.items()]
    assert [answer.location for answer in answers] == [
        "/ask/answered",
        "/ask/when",
        "/ask/costs",
        "/ask/you",
        "/ask/check",
    ]


def test_checking_shows_everything_that_was_typed(client):
    fill_in(client)
    page = client.get("/ask/check").text
    assert "Somebody to brief our members" in page
    assert "Newbury, West Berkshire" in page


def test_sending_keeps_the_request_and_queues_the_proof(client, cast):
    fill_in(client)
    answer = client.post("/ask/check")
    assert answer.location == "/ask/sent"
    assert the_request().state == help_request.State.UNCONFIRMED
    assert len(cast.emails("confirm_request")) == 1


def test_sending_twice_is_sending_once(client, cast):
    fill_in(client)
    client.post("/ask/check")
    client.post("/ask/check")
    assert the_request()
    assert len(cast.emails("confirm_request")) == 1


def test_sending_before_all_is_filled_in_goes_to_what_is_missing(client):
    client.post("/ask/need", data=ANSWERS["need"])
    assert client.post("/ask/check").location == "/ask/where"


def test_what_was_typed_comes_back_with_its_error(client):
    answer = client.post("/ask/need", data={"need": "x" * 4001})
    assert answer.status_code == 422
    assert "must be 4,000 characters or fewer" in answer.text
    assert "x" * 4001 in answer.text


def test_what_was_typed_is_there_on_the_way_back(client):
    client.post("/ask/need", data=ANSWERS["need"])
    assert "Somebody to brief our members" in client.get("/ask/need").text


def test_an_ambiguous_place_is_asked_about_with_its_district(client):
    answer = client.post("/ask/where", data={"place": "Newport"})
    assert answer.status_code == 422
    assert len(re.findall(r'name="place-which"', answer.text)) > 2


def test_a_certain_date_is_asked_for_where_one_was_announced(client):
    answer = client.post("/ask/when", data={"when": "on_dates"})
    assert "Enter the date, or say that your dates are flexible" in answer.text


def test_the_same_page_comes_for_every_address(client, cast):
    cast.request(need="Help us to plan a cycle lane.")
    fill_in(client)
    assert client.post("/ask/check").location == "/ask/sent"


def test_looking_at_the_link_proves_nothing(client, cast, address, monday):
    request_id = cast.request(confirmed=False)
    link = address(Purpose.CONFIRM_REQUEST, help_request_id=request_id)
    assert client.get(link).status_code == 200
    assert the_request().state == help_request.State.UNCONFIRMED


def test_pressing_the_button_proves_the_address_and_opens_the_page(client, cast, address, monday):
    request_id = cast.request(confirmed=False)
    link = address(Purpose.CONFIRM_REQUEST, help_request_id=request_id)
    page = client.post(link, follow_redirects=True)
    assert "With a coordinator" in page.text


def test_pressing_it_again_shows_how_it_stands(client, cast, address, monday):
    request_id = cast.request(confirmed=False)
    link = address(Purpose.CONFIRM_REQUEST, help_request_id=request_id)
    client.post(link)
    assert client.post(link).status_code == 303
    assert "/t/status/" in client.get(link).location


@pytest.mark.parametrize("altered", ["", "x", "0" * 65, "'; DROP TABLE link;--"])
def test_a_link_that_was_never_made_is_told_kindly(client, altered):
    assert client.get(f"/t/status/{altered or 'none'}").status_code == 404


def test_details_are_saved_and_shown(client, cast, address, monday):
    request_id = cast.request()
    page = address(Purpose.STATUS, help_request_id=request_id)
    given = {"title": "Social media for leaders", "places": "2", "unwanted": "Reading\nSlough"}
    client.post(f"{page}/details", data=given)
    shown = client.get(page).text
    assert "Social media for leaders" in shown
    assert "Reading Borough Council" in shown


def test_fewer_people_than_have_said_yes_is_refused_at_the_field(client, cast, address, monday):
    request_id = cast.request()
    page = address(Purpose.STATUS, help_request_id=request_id)
    client.post(f"{page}/details", data={"places": "3"})
    for _ in range(2):
        cast.accepted(request_id, cast.volunteer())
    answer = client.post(f"{page}/details", data={"places": "1"})
    assert "More people than that have already said yes" in answer.text


def test_withdrawing_ends_the_request(client, cast, address, monday):
    request_id = cast.request()
    page = address(Purpose.STATUS, help_request_id=request_id)
    client.post(f"{page}/withdraw", data={"reason": "not_needed"})
    assert the_request().state == help_request.State.WITHDRAWN


def test_who_was_found_is_shown_without_name_or_address(client, cast, address, monday):
    volunteer_id = cast.volunteer(email="victor.osei@walsall.example")
    pairing_id = cast.accepted(cast.request(), volunteer_id)
    page = client.get(address(Purpose.CONFIRM_PERSON, pairing_id=pairing_id))
    assert "Walsall Metropolitan Borough Council" in page.text
    assert "victor.osei" not in page.text


def test_a_yes_to_who_was_found_introduces_both(client, cast, address, monday):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    link = address(Purpose.CONFIRM_PERSON, pairing_id=pairing_id)
    client.post(link, data={"answer": "yes"})
    assert cast.get(Pairing, pairing_id).state == pairing.State.CONFIRMED


def test_a_no_to_who_was_found_frees_the_place(client, cast, address, monday):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    link = address(Purpose.CONFIRM_PERSON, pairing_id=pairing_id)
    client.post(link, data={"answer": "no", "note": "We know them well."})
    assert cast.get(Pairing, pairing_id).state == pairing.State.TURNED_DOWN


def the_same_need(cast):
    """A request of the same organisation that asks for much the same, some days ago."""
    return cast.request(need="Somebody to brief our members on social media, please.")


def test_the_same_need_sent_twice_is_asked_about_before_it_is_sent(client, cast, monday):
    the_same_need(cast)
    fill_in(client)
    answer = client.post("/ask/check")
    assert answer.location == "/ask/same"
    page = client.get("/ask/same").text
    assert "Yes, it is H-1001" in page
    assert "please" not in page.split("<main")[1]


def test_another_need_is_sent_all_the_same_and_a_coordinator_is_told(client, cast, monday):
    the_same_need(cast)
    fill_in(client)
    assert client.post("/ask/same", data={"which": "another"}).location == "/ask/sent"
    second = cast.link_id(Purpose.CONFIRM_REQUEST, help_request_id=2)
    confirm_request(second, cast.acting(Actor.REQUESTER))
    task = cast.rows(Task, kind=TaskKind.POSSIBLE_DUPLICATE)[0]
    assert task.words == "H-1001"


@pytest.mark.parametrize(("email", "sent"), [("ruth@westberks.example", 1), ("x@y.example", 0)])
def test_its_page_goes_to_whoever_sent_it_and_to_nobody_else(client, cast, monday, email, sent):
    request_id = the_same_need(cast)
    fill_in(client, you={**ANSWERS["you"], "email": email})
    answer = client.post("/ask/same", data={"which": str(request_id)})
    assert answer.location == "/ask/same/found"
    assert len(cast.emails("your_request")) == sent


def test_another_need_of_the_same_organisation_is_not_asked_about(client, cast, monday):
    cast.request(need="Help us to plan a cycle lane.")
    fill_in(client)
    assert client.post("/ask/check").location == "/ask/sent"
