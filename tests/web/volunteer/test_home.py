from datetime import date

import pytest

from matcher.actions.moving import move
from matcher.actions.volunteer.answering import Yes, accept
from matcher.lifecycle import pairing
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import Event, State
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def victor(cast, sign_in):
    """Victor, signed in."""
    volunteer_id = cast.volunteer(email="victor.osei@walsall.example")
    sign_in(volunteer_id)
    return volunteer_id


def test_the_page_is_for_those_who_are_signed_in(client):
    assert client.get("/volunteer").location == "/volunteer/sign-in"


@pytest.mark.parametrize("email", ["victor.osei@walsall.example", "nobody@walsall.example"])
def test_asking_for_a_link_looks_the_same_for_every_address(client, cast, email):
    cast.volunteer(email="victor.osei@walsall.example")
    answer = client.post("/volunteer/sign-in", data={"email": email})
    assert (answer.status_code, answer.location) == (303, "/volunteer/sign-in/sent")


def test_a_link_goes_only_to_a_known_address(client, cast):
    cast.volunteer(email="victor.osei@walsall.example")
    for email in ("victor.osei@walsall.example", "nobody@walsall.example"):
        client.post("/volunteer/sign-in", data={"email": email})
    sent = [email.to_address for email in cast.emails("your_page")]
    assert sent == ["victor.osei@walsall.example"]


def test_asking_too_often_is_stopped(app, client, monkeypatch):
    limiter = next(iter(app.extensions["limiter"]))
    monkeypatch.setattr(limiter, "enabled", True)
    typed = {"email": "nobody@walsall.example"}
    answers = [client.post("/volunteer/sign-in", data=typed).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_looking_at_a_sign_in_link_signs_nobody_in(client, cast, address):
    volunteer_id = cast.volunteer()
    client.post("/volunteer/sign-in", data={"email": cast.get(Volunteer, volunteer_id).email})
    link = address(Purpose.SIGN_IN_VOLUNTEER, volunteer_id=volunteer_id)
    assert "Victor Osei" in client.get(link).text
    assert client.get("/volunteer").status_code == 302


def test_a_sign_in_link_works_once(client, app, cast, address, victor):
    link = address(Purpose.SIGN_IN_VOLUNTEER, volunteer_id=victor)
    assert client.get("/volunteer").status_code == 200
    assert app.test_client().post(link).status_code == 410


def test_signing_out_ends_the_session(client, victor):
    client.post("/sign-out")
    assert client.get("/volunteer").location == "/volunteer/sign-in"


def test_the_page_shows_what_the_matcher_reads(client, victor):
    page = client.get("/volunteer").text
    assert "briefed members and the chief executive" in page
    assert "Up to 120 miles" in page


def test_an_open_invitation_is_on_the_page_with_a_way_to_answer(client, cast, victor):
    cast.invited(cast.request(), victor)
    page = client.get("/volunteer").text
    assert "Waiting for your answer" in page
    assert "West Berkshire" in page
    assert "/t/answer/" in page


def test_the_page_shows_nothing_of_the_requester_before_the_introduction(client, cast, victor):
    cast.accepted(cast.request(), victor)
    page = client.get("/volunteer").text
    assert "Do not book travel yet" in page
    assert "Ruth" not in page
    assert "ruth@" not in page


def test_a_coming_visit_shows_whom_to_meet(client, cast, victor):
    cast.confirmed(cast.request(), victor)
    page = client.get("/volunteer").text
    assert "Coming visits" in page
    assert "Ruth Adeyemi" in page
    assert "ruth@westberks.example" in page


def test_a_reserve_is_told_so(client, cast, victor):
    request_id = cast.request()
    waiting = cast.invited(request_id, victor)
    cast.accepted(request_id, cast.volunteer())
    accept(waiting, Yes(), cast.acting(Actor.VOLUNTEER, victor))
    assert "Somebody else was a little quicker" in client.get("/volunteer").text


def test_what_is_over_is_a_page_of_its_own(client, cast, victor):
    pairing_id = cast.invited(cast.request(), victor)
    client.post("/volunteer/pause", data={"how_long": "back"})
    assert cast.get(Pairing, pairing_id).state == pairing.State.DECLINED
    assert "1 earlier invitation" in client.get("/volunteer").text
    assert "Said no" in client.get("/volunteer/past").text


def test_another_volunteers_invitations_are_not_on_the_page(client, cast, victor):
    cast.invited(cast.request(), cast.volunteer(name="Vera Lloyd"))
    assert "/t/answer/" not in client.get("/volunteer").text


def test_pausing_until_a_date_stands_open_asks_down(client, cast, victor):
    pairing_id = cast.invited(cast.request(), victor)
    typed = {"how_long": "until", "until-day": "1", "until-month": "3", "until-year": "2027"}
    assert client.post("/volunteer/pause", data=typed).location == "/volunteer"
    kept = cast.get(Volunteer, victor)
    assert (kept.state, kept.paused_until) == (State.PAUSED, date(2027, 3, 1))
    assert cast.get(Pairing, pairing_id).state == pairing.State.DECLINED


def test_a_pause_into_the_past_is_refused_at_the_field(client, victor):
    typed = {"how_long": "until", "until-day": "1", "until-month": "3", "until-year": "2026"}
    answer = client.post("/volunteer/pause", data=typed)
    assert answer.status_code == 422
    assert "must be on or after 24 November 2026" in answer.text
    assert 'value="2026"' in answer.text


def test_i_am_back_ends_the_pause_and_pressed_twice_is_no_fault(client, cast, victor):
    client.post("/volunteer/pause", data={"how_long": "back"})
    answers = [client.post("/volunteer/back").location for _ in range(2)]
    assert answers == ["/volunteer", "/volunteer"]
    assert cast.get(Volunteer, victor).state == State.ACTIVE


def test_leaving_says_first_what_it_does(client, cast, victor):
    cast.confirmed(cast.request(), victor)
    page = client.get("/volunteer/leave").text
    assert "1 visit you said yes to is called off" in page
    assert cast.get(Volunteer, victor).state == State.ACTIVE


def test_leaving_closes_the_page(client, cast, victor):
    assert client.post("/volunteer/leave").location == "/volunteer/left"
    assert cast.get(Volunteer, victor).state == State.LEFT
    assert client.get("/volunteer").location == "/volunteer/sign-in"


def test_a_bounced_address_is_proved_again_by_signing_in(client, cast, sign_in):
    volunteer_id = cast.volunteer()
    with writing() as session:
        volunteer = session.get_one(Volunteer, volunteer_id)
        move(session, volunteer, Event.BOUNCE, cast.acting(Actor.CLOCK))
    sign_in(volunteer_id)
    assert cast.get(Volunteer, volunteer_id).state == State.ACTIVE
