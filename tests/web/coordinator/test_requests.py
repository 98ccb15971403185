from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.clock.upkeep import look_after_requests
from matcher.actions.coordinator.reviewing import approve
from matcher.actions.requester.asking import withdraw_request
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import WithdrawReason
from matcher.lifecycle.tables import Actor
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.pairings import Pairing
from tests.cast import STORY_NEED

LETTERS = ["%", "_", "'", '"', "\\", "<b>", "\x00", "x" * 100_000, "🙂", "\u202e", f"H-{10**30}"]
SNAPSHOT = {
    "candidate": {
        "score": 0.5,
        "parts": {"words": 0.6, "travel": -0.1, "load": 0.0, "dates": 0.0},
        "journey": {"distance_km": 137.4, "train_minutes": 150.0},
        "why_thin": None,
        "reasons": [
            {"kind": "word", "share": 0.4, "word": "media", "need_word": "Media"},
            {"kind": "thesaurus", "share": 0.2, "word": "members", "need_word": "councillors"},
            {"kind": "distance", "share": -0.1, "word": "", "need_word": "", "amount": 137.4},
        ],
    }
}


@pytest.fixture
def proposed(cast):
    """Ruth's request and a proposal with what it was made from; their ids."""
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer(email="victor@walsall.example"))
    with writing() as session:
        session.get_one(Pairing, pairing_id).snapshot = SNAPSHOT
    return request_id, pairing_id


def page_of(request_id, rest=""):
    return f"/coordinator/requests/{request_id}{rest}"


def test_a_request_shows_its_need_and_its_candidates(cora, proposed):
    page = cora.get(page_of(proposed[0])).text
    assert STORY_NEED in page
    assert "Victor Osei" in page


def test_a_request_shows_nobodys_address(cora, proposed):
    page = cora.get(page_of(proposed[0])).text
    assert "victor@walsall.example" not in page
    assert "ruth@westberks.example" not in page
    assert "Ruth Adeyemi" not in page


def test_the_parts_of_a_score_are_shown_as_points(cora, proposed):
    page = cora.get(page_of(proposed[0])).text
    assert "Score 50 of 100" in page
    assert "+60" in page
    assert "−10" in page


def test_a_word_that_stands_for_another_shows_which(cora, proposed):
    page = cora.get(page_of(proposed[0])).text
    assert "members ≈ councillors" in page
    assert "media ≈" not in page


def test_whoever_is_far_behind_the_best_is_not_ticked_beforehand(cora, cast, proposed):
    near, far = (cast.proposal(proposed[0], cast.volunteer(), rank) for rank in (2, 3))
    with writing() as session:
        session.get_one(Pairing, proposed[1]).score = 0.5
        session.get_one(Pairing, near).score = 0.3
        session.get_one(Pairing, far).score = 0.2
    page = cora.get(page_of(proposed[0])).text
    assert page.count(" checked") == 2
    assert f'value="{far}" checked' not in page


def test_the_words_that_matched_are_marked_in_the_volunteers_text(cora, proposed):
    assert "briefed <mark>members</mark>" in cora.get(page_of(proposed[0])).text


def test_distance_is_in_miles_and_the_journey_in_hours(cora, proposed):
    page = cora.get(page_of(proposed[0])).text
    assert "WS1, Walsall, about 85 miles" in page
    assert "About 2 and a half hours by train" in page


def test_how_often_a_volunteer_was_asked_is_shown(cora, cast, proposed):
    cast.invited(cast.request(), cast.get(Pairing, proposed[1]).volunteer_id)
    assert "Asked once this quarter, of at most 3" in cora.get(page_of(proposed[0])).text


def test_words_of_others_are_no_markup(cora, cast):
    request_id = cast.request(need="<script>alert(1)</script> help")
    cast.proposal(request_id, cast.volunteer(offer="<img src=x> media"))
    page = cora.get(page_of(request_id)).text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_the_history_says_who_did_what(cora, proposed):
    cora.post(page_of(proposed[0], "/approve"), data={"pairing": [proposed[1]]})
    cora.post(page_of(proposed[0], "/ask-now"))
    page = cora.get(page_of(proposed[0])).text
    assert "Victor Osei was approved (Cora Bell)" in page
    assert "Victor Osei was asked (by itself)" in page


def test_the_emails_of_a_request_say_what_became_of_them(cora, cast, proposed):
    approve(proposed[0], [proposed[1]], cast.acting(Actor.COORDINATOR))
    page = cora.get(page_of(proposed[0])).text
    assert "Waiting to go, at the earliest Monday 23 November 2026 at 10am" in page


def test_what_will_be_sent_is_shown_before_it_is(cora, cast, proposed):
    page = cora.get(page_of(proposed[0], f"/approve?pairing={proposed[1]}")).text
    assert "Could you help West Berkshire Council in person? (H-1001)" in page
    assert "to be answered by Monday 30 November 2026 at 6pm" in page
    assert cast.get(Pairing, proposed[1]).state == pairing.State.PROPOSED


def test_what_will_be_sent_names_nobodys_address(cora, proposed):
    page = cora.get(page_of(proposed[0], f"/approve?pairing={proposed[1]}")).text
    assert "victor@walsall.example" not in page
    assert "Ruth Adeyemi" not in page


def test_nobody_chosen_leads_back_to_the_request(cora, proposed):
    chosen = ["", "?pairing=x", "?pairing=999", f"?pairing={10**30}"]
    answers = {cora.get(page_of(proposed[0], f"/approve{each}")).location for each in chosen}
    assert answers == {page_of(proposed[0])}


def pass_minutes(cast, minutes):
    """What the clock does when so many minutes have passed."""
    later = cast.occasion.now + timedelta(minutes=minutes)
    look_after_requests(replace(cast.acting(Actor.CLOCK), now=later))


@pytest.mark.parametrize(("minutes", "asked"), [(9, 0), (10, 1)])
def test_whoever_is_approved_is_asked_ten_minutes_later(cora, cast, proposed, minutes, asked):
    cora.post(page_of(proposed[0], "/approve"), data={"pairing": [proposed[1]]})
    pass_minutes(cast, minutes)
    assert len(cast.emails("invitation", pairing_id=proposed[1])) == asked


def test_an_approval_that_is_taken_back_asks_nobody(cora, cast, proposed):
    cora.post(page_of(proposed[0], "/approve"), data={"pairing": [proposed[1]]})
    assert "Take it back" in cora.get(page_of(proposed[0])).text
    cora.post(page_of(proposed[0], "/take-back"))
    pass_minutes(cast, 60)
    assert cast.get(Pairing, proposed[1]).state == pairing.State.PROPOSED
    assert cast.get(HelpRequest, proposed[0]).state == help_request.State.IN_REVIEW


def test_what_was_sent_cannot_be_taken_back(cora, cast, proposed):
    cora.post(page_of(proposed[0], "/approve"), data={"pairing": [proposed[1]]})
    pass_minutes(cast, 10)
    assert "Take it back" not in cora.get(page_of(proposed[0])).text
    assert cora.post(page_of(proposed[0], "/take-back")).status_code == 409


def test_approving_twice_asks_once(cora, cast, proposed):
    for _ in range(2):
        cora.post(page_of(proposed[0], "/approve"), data={"pairing": [proposed[1]]})
        cora.post(page_of(proposed[0], "/ask-now"))
    assert len(cast.emails("invitation", pairing_id=proposed[1])) == 1


def test_more_can_be_approved_while_asking(cora, cast):
    request_id = cast.request()
    cast.invited(request_id, cast.volunteer())
    later = cast.proposal(request_id, cast.volunteer(), rank=2)
    cora.post(page_of(request_id, "/approve"), data={"pairing": [later]})
    pass_minutes(cast, 10)
    assert cast.get(Pairing, later).state == pairing.State.INVITED


def test_approving_nobody_starts_nothing(cora, cast, proposed):
    for chosen in ([], ["x"], ["999"], [str(10**30)]):
        cora.post(page_of(proposed[0], "/approve"), data={"pairing": chosen})
    assert cast.get(HelpRequest, proposed[0]).state == help_request.State.IN_REVIEW


def test_approving_a_pairing_of_another_request_does_nothing(cora, cast, proposed):
    other = cast.request()
    cora.post(page_of(other, "/approve"), data={"pairing": [proposed[1]]})
    assert cast.get(Pairing, proposed[1]).state == pairing.State.PROPOSED


def test_approving_for_a_request_that_has_ended_is_not_possible(cora, cast, proposed):
    withdraw_request(proposed[0], WithdrawReason.OTHER, "", cast.acting(Actor.REQUESTER))
    answer = cora.post(page_of(proposed[0], "/approve"), data={"pairing": [proposed[1]]})
    assert answer.status_code == 409


def test_setting_aside_asks_why(cora, cast, proposed):
    address = page_of(proposed[0], f"/candidates/{proposed[1]}/dismiss")
    answer = cora.post(address, data={"note": "Kept words"})
    assert answer.status_code == 422
    assert "Select why this volunteer is not right" in answer.text
    assert "Kept words" in answer.text


def test_setting_aside_keeps_the_reason_and_the_note(cora, cast, proposed):
    address = page_of(proposed[0], f"/candidates/{proposed[1]}/dismiss")
    cora.post(address, data={"reason": "too_far", "note": "Over the hills"})
    page = cora.get(page_of(proposed[0])).text
    assert cast.get(Pairing, proposed[1]).state == pairing.State.DISMISSED
    assert "Too far: Over the hills" in page


def test_setting_aside_can_be_taken_back(cora, cast, proposed):
    address = page_of(proposed[0], f"/candidates/{proposed[1]}")
    cora.post(f"{address}/dismiss", data={"reason": "too_far"})
    cora.post(f"{address}/reconsider")
    assert cast.get(Pairing, proposed[1]).state == pairing.State.PROPOSED


def test_a_candidate_of_another_request_is_not_found(cora, cast, proposed):
    address = page_of(cast.request(), f"/candidates/{proposed[1]}")
    assert cora.get(f"{address}/dismiss").status_code == 404
    assert cora.post(f"{address}/reconsider").status_code == 404


def test_closing_asks_why(cora, cast, proposed):
    assert cora.post(page_of(proposed[0], "/close"), data={}).status_code == 422
    assert cast.get(HelpRequest, proposed[0]).state == help_request.State.IN_REVIEW


def test_closing_ends_the_request_and_tells_who_was_asked(cora, cast):
    request_id = cast.request()
    pairing_id = cast.invited(request_id, cast.volunteer())
    cora.post(page_of(request_id, "/close"), data={"reason": "out_of_scope", "note": "See H-1"})
    assert cast.get(HelpRequest, request_id).state == help_request.State.CLOSED
    assert len(cast.emails("stood_down", pairing_id=pairing_id)) == 1
    assert "not something this service is for" in cora.get(page_of(request_id)).text


def test_a_closed_request_cannot_be_closed_again(cora, cast, proposed):
    for _ in range(2):
        answer = cora.post(page_of(proposed[0], "/close"), data={"reason": "other"})
    assert answer.status_code == 409


def test_looking_again_has_the_matcher_propose_anew(cora, cast, proposed):
    cora.post(page_of(proposed[0], "/propose"))
    assert cast.get(HelpRequest, proposed[0]).proposed_at is None
    assert "We are looking for volunteers" in cora.get(page_of(proposed[0])).text


def test_a_filled_request_looks_for_nobody(cora, cast):
    request_id = cast.request()
    cast.accepted(request_id, cast.volunteer())
    assert cora.post(page_of(request_id, "/propose")).status_code == 409


def test_the_requester_is_told_where_nobody_is_in_reach(cora, cast):
    request_id = cast.request()
    with writing() as session:
        session.get_one(HelpRequest, request_id).proposed_at = cast.occasion.now
    assert "Tell the requester" in cora.get(page_of(request_id)).text
    cora.post(page_of(request_id, "/nobody"))
    assert len(cast.emails("nobody", help_request_id=request_id)) == 1


def test_nobody_is_not_said_while_there_is_somebody(cora, cast, proposed):
    assert cora.post(page_of(proposed[0], "/nobody")).status_code == 409
    assert cast.get(HelpRequest, proposed[0]).state == help_request.State.IN_REVIEW


def test_details_are_shown_by_a_press_and_the_look_is_logged(cora, cast, proposed):
    page = cora.post(page_of(proposed[0], "/details")).text
    looked = cast.rows(Happening, event="details_shown", actor=Actor.COORDINATOR)
    assert "ruth@westberks.example" in page
    assert [row.help_request_id for row in looked] == [proposed[0]]
    assert "Contact details were looked at (Cora Bell)" in page


@pytest.mark.parametrize("made", ["invited", "accepted", "confirmed"])
def test_a_request_can_be_read_however_far_it_has_come(cora, cast, made):
    request_id = cast.request()
    getattr(cast, made)(request_id, cast.volunteer())
    assert "Victor Osei" in cora.get(page_of(request_id)).text


def test_a_request_whose_address_is_not_proved_can_be_read(cora, cast):
    page = cora.get(page_of(cast.request(confirmed=False))).text
    assert "not proved their address" in page
    assert "Show the requester" not in page


def test_a_request_that_is_not_there_is_not_found(cora):
    pages = ["", "/approve", "/close", "/why-not", "/candidates/1/dismiss"]
    ids = [0, 999, 2**31, 10**30]
    answers = {cora.get(page_of(each, rest)).status_code for rest in pages for each in ids}
    assert answers == {404}


def test_nothing_is_done_to_a_request_that_is_not_there(cora):
    sent = {"pairing": ["1"], "reason": "other"}
    presses = [
        "approve",
        "take-back",
        "ask-now",
        "close",
        "propose",
        "nobody",
        "details",
        "candidates/1/reconsider",
    ]
    answers = {cora.post(page_of(999, f"/{press}"), data=sent).status_code for press in presses}
    assert answers == {404}


def test_requests_are_found_by_any_words_in_any_order(cora, cast):
    cast.request()
    found = cora.get("/coordinator/requests?words=media+berkshire+SOCIAL").text
    missed = cora.get("/coordinator/requests?words=media+stirling").text
    assert "1 request<" in found
    assert "No requests like that" in missed


@pytest.mark.parametrize("of", ["requests", "volunteers"])
def test_any_letters_can_be_looked_for(cora, cast, of):
    cast.proposal(cast.request(), cast.volunteer())
    answers = [cora.get(f"/coordinator/{of}", query_string={"words": each}) for each in LETTERS]
    assert {answer.status_code for answer in answers} == {200}


def test_letters_with_a_meaning_to_the_database_mean_themselves(cora, cast):
    cast.request(need="We are 100% sure")
    cast.request(need="We are sure")
    page = cora.get("/coordinator/requests", query_string={"words": "100%"}).text
    assert "1 request<" in page


def test_a_request_is_found_by_its_reference(cora, cast):
    cast.request()
    cast.request(need="Something quite different")
    assert "1 request<" in cora.get("/coordinator/requests?words=h-1002").text


def test_a_queue_has_its_own_list(cora, cast):
    cast.request()
    cast.invited(cast.request(need="Being asked"), cast.volunteer())
    page = cora.get("/coordinator/requests?queue=to_review").text
    assert "1 request<" in page
    assert "Being asked" not in page


def test_lists_are_cut_into_pages(cora, cast):
    for number in range(21):
        cast.request(need=f"Need number {number}")
    page = cora.get("/coordinator/requests?words=need&page=2").text
    assert "Need number 0<" in page
    assert "words=need" in page


def test_the_number_of_queries_does_not_grow_with_the_candidates(cora, cast, queries):
    request_id = cast.request()
    cast.proposal(request_id, cast.volunteer())
    with queries() as few:
        cora.get(page_of(request_id))
    for rank in range(2, 7):
        cast.proposal(request_id, cast.volunteer(organisation="Derby"), rank=rank)
    with queries() as many:
        cora.get(page_of(request_id))
    assert len(few) == len(many) <= 20
