"""What Cora decides beyond the proposals: questions, pairs by hand, reopening, tasks done."""

import pytest

from matcher.actions.coordinator.tasks import add_task
from matcher.actions.proposals.proposing import LiveIndex, propose
from matcher.actions.requester.asking import withdraw_request
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import TaskKind, WithdrawReason
from matcher.lifecycle.tables import Actor
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.tasks import Task
from tests.cast import WANTED

S = pairing.State
REASON = "They have done it for us <before>."


@pytest.fixture
def page(cast):
    return f"/coordinator/requests/{cast.request()}"


def by_hand(cora, page, volunteer_id, **changes):
    typed = {"volunteer": str(volunteer_id), "reason": REASON} | changes
    return cora.post(f"{page}/by-hand?words=social", data=typed)


def test_a_question_goes_to_the_requester(cora, cast, page):
    cora.post(f"{page}/question", data={"question": "Is it for all members?"})
    assert cast.emails("question")[0].context["question"] == "Is it for all members?"
    assert cast.rows(HelpRequest)[0].state == help_request.State.NEEDS_INFO


def test_an_empty_question_is_not_sent(cora, cast, page):
    assert cora.post(f"{page}/question", data={"question": " "}).status_code == 422
    assert cast.emails("question") == []


def write_down(cora, cast, pairing_id, **said):
    kept = cast.get(Pairing, pairing_id)
    address = f"/coordinator/requests/{kept.help_request_id}/candidates/{pairing_id}/told"
    return cora.post(address, data={"how": "By phone"} | said)


@pytest.mark.parametrize(
    ("made", "said", "state"),
    [
        ("invited", {"told": "volunteer_yes", "on": WANTED[0].isoformat()}, S.ACCEPTED),
        ("invited", {"told": "volunteer_no"}, S.DECLINED),
        ("accepted", {"told": "requester_yes"}, S.CONFIRMED),
        ("accepted", {"told": "requester_no"}, S.TURNED_DOWN),
        ("confirmed", {"told": "volunteer_no"}, S.RELEASED),
    ],
)
def test_what_was_said_by_phone_counts_and_is_told_to_whoever_said_it(
    cora, cast, made, said, state
):
    pairing_id = getattr(cast, made)(cast.request(), cast.volunteer())
    assert write_down(cora, cast, pairing_id, **said).status_code == 303
    assert cast.get(Pairing, pairing_id).state == state
    (told,) = cast.emails("written_down")
    assert (told.volunteer_id is not None) == said["told"].startswith("volunteer")


def test_the_history_says_who_wrote_down_what_was_said_and_how(cora, cast):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    write_down(cora, cast, pairing_id, told="volunteer_no")
    page = cora.get(f"/coordinator/requests/{cast.get(Pairing, pairing_id).help_request_id}").text
    assert "A coordinator wrote down what they were told (Cora Bell)" in page
    assert "By phone" in page


@pytest.mark.parametrize(
    "wrong", [{"told": "requester_yes"}, {"told": ""}, {"how": ""}, {"on": "2020-01-01"}]
)
def test_what_cannot_be_said_is_refused_and_nothing_moves(cora, cast, wrong):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    said = {"told": "volunteer_yes", "on": WANTED[0].isoformat()} | wrong
    assert write_down(cora, cast, pairing_id, **said).status_code == 422
    assert cast.get(Pairing, pairing_id).state == S.INVITED


def test_a_volunteer_who_is_barred_can_be_proposed_by_hand_with_a_reason(cora, cast, page):
    assert by_hand(cora, page, cast.vera()).status_code == 303
    (kept,) = cast.rows(Pairing)
    assert kept.state == pairing.State.PROPOSED
    assert "They have done it for us &lt;before&gt;." in cora.get(page).text


def test_who_was_proposed_by_hand_stays_when_the_matcher_looks_again(cora, cast, page):
    by_hand(cora, page, cast.volunteer())
    propose(LiveIndex(), cast.rows(HelpRequest)[0].id, cast.acting(Actor.CLOCK))
    (kept,) = cast.rows(Pairing)
    assert "by_hand" in kept.snapshot


@pytest.mark.parametrize("missing", ["volunteer", "reason"])
def test_a_pair_by_hand_needs_both_a_volunteer_and_a_reason(cora, cast, page, missing):
    assert by_hand(cora, page, cast.vera(), **{missing: ""}).status_code == 422
    assert cast.rows(Pairing) == []


def test_a_pair_that_was_there_before_is_refused_and_the_reason_kept(cora, cast, page):
    volunteer_id = cast.vera()
    by_hand(cora, page, volunteer_id)
    answer = by_hand(cora, page, volunteer_id)
    assert answer.status_code == 422
    assert "This volunteer cannot be proposed" in answer.text
    assert "&lt;before&gt;" in answer.text


def test_nobody_is_paired_with_their_own_organisation(cora, cast, page):
    colleague = cast.volunteer(organisation="West Berkshire")
    assert by_hand(cora, page, colleague).status_code == 422


def test_an_ended_request_is_opened_again(cora, cast, page):
    request_id = cast.rows(HelpRequest)[0].id
    requester = cast.acting(Actor.REQUESTER)
    withdraw_request(request_id, WithdrawReason.FOUND_HELP, "", requester)
    cora.post(f"{page}/reopen", data={"reason": "They rang: it fell through."})
    assert cast.get(HelpRequest, request_id).state == help_request.State.IN_REVIEW


def test_a_task_stands_on_the_dashboard_until_it_is_done(cora, cast, page):
    with writing() as session:
        acting = cast.acting(Actor.CLOCK)
        add_task(session, TaskKind.BOUNCED, "a", acting, words="550 <no such user>", urgent=True)
    (task,) = cast.rows(Task)
    assert "550 &lt;no such user&gt;" in cora.get("/coordinator").text
    assert "550 &lt;no such user&gt;" in cora.get("/coordinator/tasks").text
    cora.post(f"/coordinator/tasks/{task.id}/done")
    assert "no such user" not in cora.get("/coordinator").text


@pytest.mark.parametrize("kind", TaskKind)
def test_every_kind_of_task_has_words(cora, cast, kind):
    with writing() as session:
        add_task(session, kind, "a", cast.acting(Actor.CLOCK))
    assert f">{kind.replace('_', ' ').capitalize()}<" not in cora.get("/coordinator/tasks").text


def test_what_came_of_a_visit_is_recorded_by_a_coordinator(cora, cast, page):
    request_id = cast.rows(HelpRequest)[0].id
    pairing_id = cast.confirmed(request_id, cast.volunteer())
    cora.post(f"{page}/candidates/{pairing_id}/outcome", data={"outcome": "missed", "note": "Snow"})
    assert cast.get(Pairing, pairing_id).state == pairing.State.MISSED


def test_a_pair_that_never_met_has_no_outcome(cora, cast, page):
    pairing_id = cast.invited(cast.rows(HelpRequest)[0].id, cast.volunteer())
    assert cora.get(f"{page}/candidates/{pairing_id}/outcome").status_code == 404


def test_reloading_the_page_with_the_details_leads_to_the_one_without(cora, page):
    assert cora.get(f"{page}/details").location == page
