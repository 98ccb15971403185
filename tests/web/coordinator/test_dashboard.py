import re
from datetime import timedelta

import pytest
import time_machine

from matcher.actions.coordinator.access import end_coordinator
from matcher.actions.post.sending import mark_refused
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.outbox import OutgoingEmail
from matcher.records.workers import WorkerSign

LISTS = ["", "/requests", "/volunteers", "/emails"]
CORA = {"email": "cora@programme.example"}


def refuse_one(cast, answer="550 no such mailbox"):
    """An email to a requester that the mail server refused; its id."""
    cast.request()
    email = cast.emails("request_received")[-1]
    mark_refused(email.id, answer, cast.acting(Actor.CLOCK))
    return email.id


def test_a_coordinator_signs_in_by_a_link(cora):
    assert "What needs you next" in cora.get("/coordinator").text


def test_the_page_to_sign_in_asks_for_an_address(client):
    assert 'name="email"' in client.get("/coordinator/sign-in").text


def test_a_link_goes_only_to_a_coordinator(client, cast):
    cast.coordinator()
    for email in (CORA["email"], "nobody@programme.example"):
        client.post("/coordinator/sign-in", data={"email": email})
    sent = [email.to_address for email in cast.emails("coordinator_sign_in")]
    assert sent == [CORA["email"]]


def test_what_is_no_address_is_asked_for_again(client):
    typed = ["", "cora", "x" * 100_000, "\x00@b.example", "<b>@b.example"]
    answers = [client.post("/coordinator/sign-in", data={"email": each}) for each in typed]
    assert {answer.status_code for answer in answers} == {422}


def test_the_link_works_once(client, cast, address, monday):
    coordinator_id = cast.coordinator()
    client.post("/coordinator/sign-in", data=CORA)
    link = address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id)
    client.post(link)
    assert client.post(link).status_code == 410


def test_looking_at_the_link_signs_nobody_in(client, cast, address, monday):
    coordinator_id = cast.coordinator()
    client.post("/coordinator/sign-in", data=CORA)
    link = address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id)
    assert "Cora Bell" in client.get(link).text
    assert client.get("/coordinator").location == "/coordinator/sign-in"


@pytest.mark.parametrize("email", [CORA["email"], "nobody@programme.example"])
def test_asking_for_a_link_looks_the_same_for_every_address(client, cast, email):
    cast.coordinator()
    answer = client.post("/coordinator/sign-in", data={"email": email})
    assert (answer.status_code, answer.location) == (303, "/coordinator/sign-in/sent")


def test_asking_too_often_is_stopped(app, client, monkeypatch):
    monkeypatch.setattr(next(iter(app.extensions["limiter"])), "enabled", True)
    typed = {"email": "nobody@programme.example"}
    answers = [client.post("/coordinator/sign-in", data=typed).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_signing_out_ends_the_session(cora):
    cora.post("/sign-out")
    assert cora.get("/coordinator").location == "/coordinator/sign-in"


def test_ending_access_ends_the_session_at_once(cora, cast):
    end_coordinator(CORA["email"], cast.acting(Actor.COORDINATOR))
    assert cora.get("/coordinator").location == "/coordinator/sign-in"


def test_a_link_sent_before_access_ended_lets_nobody_in(client, cast, address, monday):
    coordinator_id = cast.coordinator()
    client.post("/coordinator/sign-in", data=CORA)
    end_coordinator(CORA["email"], cast.acting(Actor.COORDINATOR))
    client.post(address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id))
    assert client.get("/coordinator").location == "/coordinator/sign-in"


def desk_routes(app):
    """Each address of the desk with each method that it answers to."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/coordinator"))
    return {
        (re.sub("<int:[a-z_]+>", "1", rule.rule), method)
        for rule in rules
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if "/sign-in" not in rule.rule
    }


def test_every_page_and_press_of_the_desk_asks_for_signing_in(client, app, cast):
    cast.proposal(cast.request(), cast.volunteer())
    answers = {
        client.open(page, method=method).location for page, method in sorted(desk_routes(app))
    }
    assert len(desk_routes(app)) > 20
    assert answers == {"/coordinator/sign-in"}


def test_a_volunteer_cannot_open_the_desk(client, app, cast, sign_in, monday):
    sign_in(cast.volunteer())
    answers = {
        client.open(page, method=method).location for page, method in sorted(desk_routes(app))
    }
    assert answers == {"/coordinator/sign-in"}


def test_nothing_to_do_is_said_so(cora):
    assert "Nothing needs you today" in cora.get("/coordinator").text


def test_a_request_to_review_stands_on_the_desk(cora, cast):
    cast.request()
    page = cora.get("/coordinator").text
    assert "To review, since today" in page
    assert "H-1001, West Berkshire Council, wanted Wednesday 20 January 2027" in page


def test_how_long_a_task_has_waited_counts_days_of_the_calendar(cora, cast):
    cast.request()
    with time_machine.travel(cast.occasion.now + timedelta(hours=11.5), tick=False):
        assert "To review, since today" in cora.get("/coordinator").text


def test_what_runs_by_itself_is_shown_as_such(cora, cast):
    cast.invited(cast.request(), cast.volunteer())
    page = cora.get("/coordinator").text
    assert "Nothing needs you today" in page
    assert "1 request is asking volunteers" in page
    assert "1 answer of a volunteer is awaited" in page


def test_a_silent_worker_is_said_first(cora):
    assert "No worker has been seen" in cora.get("/coordinator").text


def test_a_worker_that_is_well_is_said(cora, cast):
    with writing() as session:
        session.add(WorkerSign(name="one", seen_at=cast.occasion.now))
    assert "The worker is running" in cora.get("/coordinator").text


def test_an_email_that_was_refused_stands_on_the_desk_with_its_reason(cora, cast):
    refuse_one(cast)
    assert "550 no such mailbox" in cora.get("/coordinator").text


def test_emails_are_listed_by_what_became_of_them(cora, cast):
    refuse_one(cast)
    assert "Not delivered: 550" in cora.get("/coordinator/emails?fate=refused").text
    assert "Not delivered: 550" not in cora.get("/coordinator/emails?fate=waiting").text


def test_lists_of_emails_show_no_address(cora, cast):
    refuse_one(cast)
    assert "ruth@westberks.example" not in cora.get("/coordinator/emails").text


@pytest.mark.parametrize("page", ["", "/emails", "/requests/1"])
def test_an_address_that_the_mail_server_repeats_is_left_out(cora, cast, page):
    refuse_one(cast, "550 <ruth@westberks.example>: unknown (ruth@westberks.example)")
    shown = cora.get(f"/coordinator{page}").text
    assert "550 &lt;…@…&gt;: unknown (…@…)" in shown
    assert "ruth@" not in shown


def test_a_refused_email_can_be_tried_again(cora, cast):
    email_id = refuse_one(cast)
    cora.post(f"/coordinator/emails/{email_id}/again")
    assert cast.get(OutgoingEmail, email_id).failed_at is None


def test_a_refused_email_can_be_set_aside(cora, cast):
    email_id = refuse_one(cast)
    cora.post(f"/coordinator/emails/{email_id}/set-aside")
    assert "could not be delivered" not in cora.get("/coordinator/emails?fate=refused").text
    assert "set aside by a coordinator" in cora.get("/coordinator/emails?fate=skipped").text


def test_an_email_that_was_not_refused_is_left_alone(cora, cast):
    cast.request()
    email_id = cast.emails("request_received")[0].id
    assert cora.post(f"/coordinator/emails/{email_id}/again").status_code == 409


def test_an_email_that_is_not_there_is_not_found(cora):
    presses = ["again", "set-aside"]
    answers = {cora.post(f"/coordinator/emails/999/{press}").status_code for press in presses}
    assert answers == {404}


@pytest.mark.parametrize("of", ["requests", "volunteers", "emails"])
def test_lists_bear_any_page_number(cora, cast, of):
    cast.proposal(cast.request(), cast.volunteer())
    pages = ["", "?page=0", "?page=-5", "?page=x", f"?page={10**30}"]
    assert {cora.get(f"/coordinator/{of}{page}").status_code for page in pages} == {200}


def test_the_number_of_queries_of_a_list_does_not_grow(cora, cast, queries):
    cast.proposal(cast.request(), cast.volunteer())
    few = [count_queries(cora, queries, page) for page in LISTS]
    for _ in range(4):
        cast.proposal(cast.request(organisation="Stirling"), cast.volunteer(organisation="Derby"))
    assert [count_queries(cora, queries, page) for page in LISTS] == few
    assert max(few) <= 30


def count_queries(cora, queries, page):
    with queries() as sent:
        cora.get(f"/coordinator{page}")
    return len(sent)
