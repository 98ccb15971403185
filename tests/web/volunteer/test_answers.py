from datetime import timedelta

import pytest
import time_machine

from matcher.actions.clock.upkeep import lapse
from matcher.actions.post.sending import mark_sent
from matcher.actions.requester.asking import turn_down_person, withdraw_request
from matcher.actions.volunteer.answering import Yes, accept, decline
from matcher.lifecycle import pairing
from matcher.lifecycle.choices import DeclineReason, WithdrawReason
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer
from tests.cast import WANTED
from tests.web.wicked import WICKED

pytestmark = pytest.mark.usefixtures("monday")

YES = {"answer": "yes", "chosen_on": WANTED[0].isoformat(), "accepted_as": "Victor Osei"}
NO = {"answer": "no", "reason": "too_far", "why": "Four changes of train"}
PASS_ON = {
    "answer": "pass_on",
    "colleague_name": "Wanda Brown",
    "colleague_email": "wanda@walsall.example",
}
PAUSE = {"answer": "pause"}


@pytest.fixture
def asked(cast):
    """An invitation to Victor, at Walsall, from West Berkshire."""
    return cast.invited(cast.request(), cast.volunteer(email="victor.osei@walsall.example"))


@pytest.fixture
def link(address, asked):
    return address(Purpose.ANSWER, pairing_id=asked)


def state(cast, pairing_id):
    return cast.get(Pairing, pairing_id).state


def test_the_page_names_who_it_was_sent_to(client, link):
    page = client.get(link).text
    assert "Victor Osei" in page
    assert "Walsall" in page
    assert "I am someone else" in page


def test_the_page_shows_what_is_asked_where_how_far_and_when(client, link):
    page = client.get(link).text
    for words in (
        "brief our chief executive",
        "West Berkshire",
        "About 85 miles in a straight line from WS1, Walsall",
        "Wednesday 20 January 2027",
        "pays for travel",
        "A yes is not yet a booking",
    ):
        assert words in page


def test_the_page_shows_nothing_of_who_asks(client, link):
    page = client.get(link).text
    assert "Ruth" not in page
    assert "ruth@" not in page


def test_the_words_that_matched_are_shown(client, asked, link):
    reasons = [
        {"kind": "word", "word": "social media", "need_word": "social media"},
        {"kind": "thesaurus", "word": "members", "need_word": "councillors"},
        {"kind": "distance", "word": "", "need_word": ""},
    ]
    with writing() as session:
        session.get_one(Pairing, asked).snapshot = {"candidate": {"reasons": reasons}}
    page = client.get(link).text
    assert "Why you" in page
    assert "councillors" in page


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_answers_nothing(client, cast, asked, link, method):
    getattr(client, method)(link)
    assert state(cast, asked) == pairing.State.INVITED


def test_a_yes_takes_the_place_and_says_what_comes_next(client, cast, asked, link):
    page = client.post(link, data=YES, follow_redirects=True).text
    assert "Do not book travel yet" in page
    kept = cast.get(Pairing, asked)
    assert (kept.state, kept.chosen_on) == (pairing.State.ACCEPTED, WANTED[0])


def test_whoever_accepts_for_a_shared_mailbox_gives_a_name(client, cast, asked, link):
    client.post(link, data=YES | {"accepted_as": "Wanda Brown", "note": "I need a hearing loop"})
    kept = cast.get(Pairing, asked)
    assert (kept.accepted_as, kept.answer_note) == ("Wanda Brown", "I need a hearing loop")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Select your answer"),
        ({"answer": "yes", "accepted_as": "Victor"}, "Select a date you can do"),
        (YES | {"accepted_as": ""}, "Enter the name of the person who would come"),
        (YES | {"chosen_on": "2031-01-01"}, "Select a date you can do"),
        ({"answer": "no"}, "Select why you cannot come"),
        (PASS_ON | {"colleague_email": "wanda"}, "Enter an email address in the correct format"),
        (PAUSE | {"until-day": "31", "until-month": "2", "until-year": "2027"}, "real date"),
    ],
)
def test_what_is_missing_is_said_at_the_field(client, link, sent, message):
    answer = client.post(link, data=sent)
    assert answer.status_code == 422
    assert message in answer.text


def test_what_was_typed_is_not_lost_with_an_error(client, link):
    page = client.post(link, data=YES | {"chosen_on": "", "note": "Step-free, please"}).text
    assert "Step-free, please" in page


def test_pressing_yes_twice_is_one_yes(client, cast, asked, link):
    for _ in range(2):
        assert client.post(link, data=YES).location == link
    assert state(cast, asked) == pairing.State.ACCEPTED
    assert len(cast.emails("accepted", pairing_id=asked)) == 1


def test_the_second_of_two_is_a_reserve_on_a_kind_page(client, cast, address):
    request_id = cast.request()
    second = cast.invited(request_id, cast.volunteer(email="victor.osei@walsall.example"))
    cast.accepted(request_id, cast.volunteer())
    link = address(Purpose.ANSWER, pairing_id=second)
    page = client.post(link, data=YES, follow_redirects=True).text
    assert "You are in reserve" in page
    assert state(cast, second) == pairing.State.RESERVE


def test_a_no_offers_the_change_that_fits(client, cast, asked, link):
    page = client.post(link, data=NO, follow_redirects=True).text
    assert "Shall we ask you only for what is nearer?" in page
    kept = cast.get(Pairing, asked)
    assert (kept.state, kept.answer_reason) == (pairing.State.DECLINED, "too_far")
    assert kept.answer_note == "Four changes of train"


def test_a_no_may_become_a_yes(client, cast, asked, link):
    client.post(link, data=NO)
    page = client.get(link).text
    assert "You can still say yes" in page
    client.post(link, data=YES)
    assert state(cast, asked) == pairing.State.ACCEPTED


def test_a_yes_may_be_taken_back(client, cast, asked, link):
    client.post(link, data=YES)
    page = client.post(f"{link}/withdraw", data={"reason": "dates"}, follow_redirects=True).text
    assert "You took back your yes" in page
    assert state(cast, asked) == pairing.State.RELEASED


def test_taking_back_needs_a_reason(client, cast, asked, link):
    client.post(link, data=YES)
    assert client.post(f"{link}/withdraw", data={}).status_code == 422
    assert state(cast, asked) == pairing.State.ACCEPTED


def test_there_is_nothing_to_take_back_before_a_yes(client, link):
    assert client.get(f"{link}/withdraw").location == link


def test_after_a_release_a_yes_changes_nothing(client, cast, asked, link):
    client.post(link, data=YES)
    client.post(f"{link}/withdraw", data={"reason": "dates"})
    assert client.post(link, data=YES).location == link
    assert state(cast, asked) == pairing.State.RELEASED


def test_pausing_from_an_invitation_pauses_and_frees_the_ask(client, cast, asked, link):
    page = client.post(link, data=PAUSE, follow_redirects=True).text
    assert "Your invitations are paused" in page
    volunteer = cast.get(Pairing, asked).volunteer
    assert (volunteer.state, state(cast, asked)) == (State.PAUSED, pairing.State.DECLINED)


def test_passing_on_asks_the_colleague_for_proof(client, cast, asked, link):
    page = client.post(link, data=PASS_ON, follow_redirects=True).text
    assert "We have written to your colleague" in page
    assert state(cast, asked) == pairing.State.PASSED_ON
    sent = cast.emails("colleague_proof")
    assert [email.to_address for email in sent] == ["wanda@walsall.example"]


def test_passing_on_to_oneself_is_refused_at_the_field(client, cast, asked, link):
    own = PASS_ON | {"colleague_email": "Victor.Osei@walsall.example"}
    answer = client.post(link, data=own)
    assert answer.status_code == 422
    assert "This is the address the invitation went to" in answer.text
    assert state(cast, asked) == pairing.State.INVITED


def test_someone_else_gets_a_link_of_their_own(client, cast, asked, link):
    typed = {"name": "Wanda Brown", "email": "wanda@walsall.example"}
    client.post(f"{link}/someone-else", data=typed)
    assert state(cast, asked) == pairing.State.PASSED_ON
    assert len(cast.emails("colleague_proof")) == 1


def test_a_late_answer_still_counts_where_a_place_is_free(client, cast, asked, link):
    with writing() as session:
        session.get_one(Pairing, asked).answer_by = cast.occasion.now
    lapse(cast.acting(Actor.CLOCK))
    assert "You can still help" in client.get(link).text
    client.post(link, data=YES)
    assert state(cast, asked) == pairing.State.ACCEPTED


def test_an_answer_when_the_request_is_over_finds_a_kind_page(client, cast, asked, link):
    request_id = cast.get(Pairing, asked).help_request_id
    withdraw_request(request_id, WithdrawReason.FOUND_HELP, "", cast.acting(Actor.REQUESTER))
    page = client.post(link, data=YES, follow_redirects=True).text
    assert "This is no longer needed" in page
    assert state(cast, asked) == pairing.State.STOOD_DOWN


def test_a_no_does_not_become_a_reserve_of_a_request_that_is_over(client, cast, asked, link):
    decline(asked, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    request_id = cast.get(Pairing, asked).help_request_id
    withdraw_request(request_id, WithdrawReason.FOUND_HELP, "", cast.acting(Actor.REQUESTER))
    client.post(link, data=YES)
    assert state(cast, asked) == pairing.State.DECLINED


def test_who_was_turned_down_reads_kind_words(client, cast, asked, link):
    accept(asked, Yes(WANTED[0]), cast.acting(Actor.VOLUNTEER))
    turn_down_person(asked, "", cast.acting(Actor.REQUESTER))
    page = client.get(link).text
    assert "They chose another way" in page
    assert "Send my answer" not in page


def test_after_the_introduction_the_page_says_whom_to_meet(client, cast, address):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    page = client.get(address(Purpose.ANSWER, pairing_id=pairing_id)).text
    assert "Ruth Adeyemi" in page
    assert "ruth@westberks.example" in page


def test_who_is_paused_is_still_shown_their_other_invitations(client, cast, address):
    volunteer_id = cast.volunteer()
    kept = cast.accepted(cast.request(), volunteer_id)
    with writing() as session:
        session.get_one(Volunteer, volunteer_id).state = State.PAUSED
    assert "Do not book travel yet" in client.get(address(Purpose.ANSWER, pairing_id=kept)).text


def test_dates_that_have_passed_are_not_offered(client, cast, link):
    with time_machine.travel(cast.occasion.now + timedelta(days=60), tick=False):
        page = client.get(link).text
    assert 'value="2027-01-20"' not in page
    assert 'value="2027-01-27"' in page


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        *((YES, field) for field in ("answer", "chosen_on", "accepted_as", "note")),
        *((NO, field) for field in ("reason", "why")),
        *((PASS_ON, field) for field in ("colleague_name", "colleague_email")),
        (PAUSE, "until-day"),
    ],
)
def test_wicked_input_is_answered_at_the_field_or_kept_as_words(client, link, sent, field):
    for words in WICKED:
        answer = client.post(link, data=sent | {field: words})
        assert answer.status_code in {303, 422}
        assert "<script>alert" not in answer.text + client.get(link).text


def test_a_forged_form_is_refused(client, app, cast, asked, link):
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(link, data=YES).status_code == 400
    assert state(cast, asked) == pairing.State.INVITED


def sent_on_monday(asked, cast):
    """The invitation went out, so that its clock runs."""
    mark_sent(cast.emails("invitation", pairing_id=asked)[0].id, cast.occasion)


def test_who_must_ask_a_manager_gets_more_time_once_and_words_to_send(client, cast, asked, link):
    sent_on_monday(asked, cast)
    before = cast.get(Pairing, asked).answer_by
    page = client.post(link, data={"answer": "manager"}, follow_redirects=True).text
    assert "You have more time to ask your manager" in page
    assert cast.get(Pairing, asked).answer_by - before == timedelta(days=7)
    assert len(cast.emails("ask_manager", pairing_id=asked)) == 1
    assert "I must ask my manager first" not in page


def test_asking_for_more_time_twice_gives_it_once(client, cast, asked, link):
    sent_on_monday(asked, cast)
    client.post(link, data={"answer": "manager"})
    once = cast.get(Pairing, asked).answer_by
    client.post(link, data={"answer": "manager"})
    assert cast.get(Pairing, asked).answer_by == once


def test_a_declared_connection_is_kept_for_the_requester(client, cast, asked, link):
    client.post(link, data=YES | {"interest": "My sister works there"})
    told = cast.emails("accepted", pairing_id=asked)[0].context["found"]["interest"]
    assert (cast.get(Pairing, asked).interest, told) == ("My sister works there",) * 2


def test_who_comes_too_late_sees_what_else_waits_for_them(client, cast, asked, link):
    withdraw_request(
        cast.get(Pairing, asked).help_request_id,
        WithdrawReason.NOT_NEEDED,
        "",
        cast.acting(Actor.REQUESTER),
    )
    other = cast.request(need="A word with our parking team, please.")
    cast.invited(other, cast.get(Pairing, asked).volunteer_id)
    assert "A word with our parking team" in client.get(link).text
