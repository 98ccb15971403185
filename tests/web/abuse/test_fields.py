"""A form takes what it asks for and nothing else, and only from whoever was shown it."""

import io
import re

import pytest

from matcher.actions.coordinator.noting import add_note
from matcher.actions.network.advising import Author, SentNote, write_note
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.help_requests import HelpRequest
from matcher.records.volunteers import Volunteer, VolunteerNote
from tests.web.requester.test_help_form import fill_in as fill_in_request
from tests.web.volunteer.test_joining import fill_in as fill_in_offer

pytestmark = pytest.mark.usefixtures("monday")

#: What no form asks for.
SMUGGLED = {
    **dict.fromkeys(("state", "actor", "role", "is_admin", "_user_id", "user_id"), "coordinator"),
    **dict.fromkeys(("id", "programme_id", "organisation_id", "filled", "form_key"), "7"),
    **dict.fromkeys(("confirmed_at", "joined_at", "sent_at", "ended_at"), "2020-01-01T00:00:00"),
    **dict.fromkeys(("requester_email", "session_key", "reference"), "eve@evil.example"),
    **dict.fromkeys(("notice_version", "urgent", "vetted", "trusted", "wave"), "9"),
}


def kept_of(cast, model, row_id, *asked_for):
    row = cast.get(model, row_id)
    names = (column.name for column in model.__table__.columns if column.name not in asked_for)
    return {name: getattr(row, name) for name in names}


def test_the_form_of_details_changes_nothing_else_of_a_request(client, cast, address):
    request_id = cast.request()
    asked_for = ("title", "places", "next_at", "proposed_at")
    before = kept_of(cast, HelpRequest, request_id, *asked_for)
    page = address(Purpose.STATUS, help_request_id=request_id)
    sent = {**SMUGGLED, "title": "Taken", "places": "2"}
    assert client.post(f"{page}/details", data=sent).status_code == 303
    assert cast.get(HelpRequest, request_id).title == "Taken"
    assert kept_of(cast, HelpRequest, request_id, *asked_for) == before


def test_the_page_of_an_offer_changes_nothing_else_of_a_volunteer(client, cast, sign_in):
    volunteer_id = cast.volunteer()
    sign_in(volunteer_id)
    before = kept_of(cast, Volunteer, volunteer_id, "offer", "skills", "experience", "kinds")
    sent = {**SMUGGLED, "offer": "Taken", "email": "eve@evil.example", "display_name": "Eve"}
    client.post("/volunteer/offer", data=sent)
    assert cast.get(Volunteer, volunteer_id).offer == "Taken"
    after = kept_of(cast, Volunteer, volunteer_id, "offer", "skills", "experience", "kinds")
    assert after == before


@pytest.mark.parametrize("kind", ["help_request", "volunteer"])
def test_a_form_from_outside_begins_unconfirmed_whatever_it_says(client, cast, kind):
    fill_in, path = {
        "help_request": (fill_in_request, "/ask/check"),
        "volunteer": (fill_in_offer, "/offer/check"),
    }[kind]
    fill_in(client)
    client.post(path, data=SMUGGLED)
    (row,) = cast.rows({"help_request": HelpRequest, "volunteer": Volunteer}[kind])
    assert (row.state, row.id, row.programme_id, row.confirmed_at) == ("unconfirmed", 1, 1, None)


def test_a_field_sent_as_json_or_as_a_file_is_no_field(client, cast, sign_in):
    volunteer_id = cast.volunteer()
    sign_in(volunteer_id)
    client.post("/volunteer/offer", json={"offer": "Taken"})
    client.post("/volunteer/offer?offer=Taken")
    client.post("/volunteer/offer", data={"offer": (io.BytesIO(b"Taken"), "offer.txt")})
    assert cast.get(Volunteer, volunteer_id).offer != "Taken"


def test_whoever_falls_into_the_trap_sends_nothing(client, cast):
    fill_in_request(client)
    fill_in_offer(client)
    for path in ("/ask/check", "/offer/check"):
        client.post(path, data={"more": "https://spam.example"})
    client.post("/volunteer/sign-in", data={"email": "a@b.example", "more": "x"})
    assert cast.rows(HelpRequest) == []
    assert cast.rows(Volunteer) == []


def test_the_trap_is_in_every_form_that_anybody_can_open(client):
    forms = (
        "/ask/need",
        "/offer/offer",
        "/volunteer/sign-in",
        "/coordinator/sign-in",
        "/your-data",
    )
    without = [path for path in forms if 'name="more"' not in client.get(path).text]
    assert without == []


def token(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


def test_a_token_from_another_browser_is_refused(client, app, cast):
    app.config["WTF_CSRF_ENABLED"] = True
    stolen = token(app.test_client().get("/volunteer/sign-in"))
    client.get("/volunteer/sign-in")
    sent = {"email": "victor@walsall.example", "csrf_token": stolen}
    assert client.post("/volunteer/sign-in", data=sent).status_code == 400


def test_a_token_in_the_address_is_no_token(client, app, cast):
    app.config["WTF_CSRF_ENABLED"] = True
    own = token(client.get("/volunteer/sign-in"))
    answer = client.post(f"/volunteer/sign-in?csrf_token={own}", data={"email": "a@b.example"})
    assert answer.status_code == 400


@pytest.mark.parametrize("verb", ["dismiss", "outcome", "reconsider"])
def test_a_candidate_of_another_request_is_not_found_below_this_one(client, cast, cora, verb):
    first, second = cast.request(), cast.request(need="Help us to plan a cycle lane.")
    other = cast.proposal(second, cast.volunteer())
    path = f"/coordinator/requests/{first}/candidates/{other}/{verb}"
    assert client.post(path, data={"reason": "x"}).status_code == 404


def test_a_note_about_another_is_not_removed_below_this_one(client, cast, cora):
    volunteer_id, other = cast.volunteer(), cast.volunteer()
    add_note(other, "Phoned.", cast.acting(Actor.COORDINATOR, 1))
    client.post(f"/coordinator/volunteers/{volunteer_id}/note/1/remove")
    assert len(cast.rows(VolunteerNote)) == 1


def test_a_note_of_another_is_not_found_by_ones_own_link(client, cast, sign_in):
    author = Author(Actor.VOLUNTEER, cast.volunteer())
    note_id = write_note(author, SentNote("A", "B", "C"), "f" * 32, cast.acting(Actor.VOLUNTEER))
    sign_in(cast.volunteer())
    own = client.post("/volunteer/advice").location
    verbs = {"agree": "POST", "change": "POST", "holds": "POST", "take-down": "POST"}
    answers = {
        v: client.open(f"{own}/{note_id}/{v}", method=m).status_code for v, m in verbs.items()
    }
    assert answers == dict.fromkeys(verbs, 404)


def test_what_a_volunteer_posts_is_about_the_volunteer_who_is_signed_in(client, cast, sign_in):
    other, own = cast.volunteer(), cast.volunteer()
    sign_in(own)
    client.post("/volunteer/leave", data={"id": other, "volunteer_id": other, "row_id": other})
    assert cast.get(Volunteer, other).state == State.ACTIVE
    assert cast.get(Volunteer, own).state == State.LEFT
