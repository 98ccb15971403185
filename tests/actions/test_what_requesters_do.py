"""What requesters really do, each with the rule it meets."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from matcher.actions.clock.upkeep import run_upkeep
from matcher.actions.coordinator.reviewing import approve
from matcher.actions.handed_in import Details
from matcher.actions.requester.asking import add_details, confirm_person, withdraw_request
from matcher.actions.requester.changing import (
    ask_help_by_video,
    change_dates,
    change_need,
    change_place,
    decide_alone,
    take_first_found,
)
from matcher.actions.requester.questions import answer_question, ask_question
from matcher.actions.visit.calling_off import call_off
from matcher.actions.visit.dates import offer_dates
from matcher.actions.volunteer.answering import Yes, accept, decline
from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.choices import DeclineReason, TaskKind, WithdrawReason
from matcher.lifecycle.refusals import IllegalMove
from matcher.lifecycle.tables import Actor
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.questions import list_questions
from matcher.records.pairings import Pairing, Visit
from matcher.records.tasks import Task
from tests.cast import WALSALL, WANTED


@pytest.fixture
def cora(cast):
    return cast.acting(Actor.COORDINATOR, cast.coordinator())


@pytest.fixture
def ruth(cast):
    return cast.acting(Actor.REQUESTER)


def later(cast, **span):
    return replace(cast.occasion, now=cast.occasion.now + timedelta(**span))


def test_a_question_and_its_answer_are_kept_and_the_request_is_looked_at_again(cast, cora, ruth):
    request_id = cast.request()
    ask_question(request_id, "For all members?", cora)
    answer_question(request_id, "For the cabinet.", ruth)
    asked = list_questions(db.session(), request_id)[0]
    assert (asked.question, asked.answer) == ("For all members?", "For the cabinet.")
    assert cast.get(HelpRequest, request_id).state == help_request.State.IN_REVIEW


def test_a_question_goes_to_the_requester_and_is_reminded_of_once(cast, cora):
    ask_question(cast.request(), "For all members?", cora)
    for days in (8, 9):
        run_upkeep(later(cast, days=days))
    names = ("question", "question_reminder")
    assert [len(cast.emails(name)) for name in names] == [1, 1]


def test_a_question_without_an_answer_closes_the_request_after_two_weeks(cast, cora):
    request_id = cast.request()
    ask_question(request_id, "For all members?", cora)
    run_upkeep(later(cast, days=8))
    run_upkeep(later(cast, days=16))
    request = cast.get(HelpRequest, request_id)
    assert (request.state, request.end_reason) == (help_request.State.CLOSED, "no_answer")
    assert cast.emails("closed")[0].context["reason"] == "no_answer"


def test_an_answer_stops_the_reminder(cast, cora, ruth):
    request_id = cast.request()
    ask_question(request_id, "For all members?", cora)
    answer_question(request_id, "For the cabinet.", ruth)
    run_upkeep(later(cast, days=8))
    assert cast.emails("question_reminder") == []


def test_a_second_answer_is_refused(cast, cora, ruth):
    request_id = cast.request()
    ask_question(request_id, "For all members?", cora)
    answer_question(request_id, "For the cabinet.", ruth)
    with pytest.raises(IllegalMove):
        answer_question(request_id, "For the cabinet.", ruth)


def test_a_request_that_nobody_looked_at_goes_to_the_others_and_its_requester_is_told(cast):
    request_id = cast.request()
    for days in (2, 3):
        run_upkeep(later(cast, days=days, minutes=1))
    late = cast.rows(Task, kind=TaskKind.REVIEW_LATE, help_request_id=request_id)
    assert (len(late), len(cast.emails("review_late"))) == (1, 1)


FEBRUARY = (date(2027, 2, 3), date(2027, 2, 10))


def places(count, **changes):
    given = Details("", None, "", count, "", False, "", "", ())
    return replace(given, **changes)


def the_visit(cast, pairing_id):
    return cast.rows(Visit, pairing_id=pairing_id)[0]


def test_wanted_date_passes_and_the_requester_gives_a_new_one(cast, ruth):
    request_id = cast.request()
    cast.invited(request_id, cast.volunteer())
    run_upkeep(later(cast, days=80))
    assert cast.get(HelpRequest, request_id).state == help_request.State.EXPIRED
    change_dates(request_id, [date(2027, 6, 2)], "", ruth)
    request = cast.get(HelpRequest, request_id)
    assert (request.state, request.proposed_at) == (help_request.State.IN_REVIEW, None)
    assert request.wanted_dates == ["2027-06-02"]


def test_who_was_stood_down_when_the_date_passed_may_be_asked_again_for_a_new_one(cast, ruth, cora):
    request_id = cast.request()
    pairing_id, no = (cast.invited(request_id, cast.volunteer()) for _ in range(2))
    decline(no, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    run_upkeep(later(cast, days=90))
    change_dates(request_id, [date(2027, 4, 7)], "", replace(ruth, now=later(cast, days=91).now))
    approve(request_id, [pairing_id, no], replace(cora, now=later(cast, days=91).now))
    found = [cast.get(Pairing, each).state for each in (pairing_id, no)]
    assert found == [pairing.State.INVITED, pairing.State.DECLINED]


def test_more_places_go_to_whoever_waits_in_reserve_first(cast, ruth):
    request_id, volunteer = cast.request(), cast.acting(Actor.VOLUNTEER)
    asked = [cast.invited(request_id, cast.volunteer()) for _ in range(2)]
    for each in asked:
        accept(each, Yes(), volunteer)
    add_details(request_id, places(2), ruth)
    assert [cast.get(Pairing, each).state for each in asked] == [pairing.State.ACCEPTED] * 2


def test_a_free_place_goes_to_no_reserve_of_the_same_organisation_where_that_is_not_wished(
    cast, ruth
):
    request_id, volunteer = cast.request(), cast.acting(Actor.VOLUNTEER)
    asked = [cast.invited(request_id, cast.volunteer()) for _ in range(2)]
    for each in asked:
        accept(each, Yes(), volunteer)
    add_details(request_id, places(2, apart=True), ruth)
    assert cast.get(Pairing, asked[1]).state == pairing.State.RESERVE


def test_requester_changes_the_date_and_the_volunteer_is_asked_for_a_new_yes(cast, ruth):
    request_id = cast.request()
    pairing_id = cast.confirmed(request_id, cast.volunteer())
    change_dates(request_id, FEBRUARY, "", ruth)
    begun = the_visit(cast, pairing_id)
    assert (begun.state, begun.on, begun.was_on) == (visit.State.RESCHEDULING, None, WANTED[0])
    assert cast.emails("reschedule")[0].to_address.startswith("victor")
    assert cast.emails("reschedule_receipt")[0].to_address == "ruth@westberks.example"


def test_dates_that_are_changed_twice_leave_no_day_of_the_first_change_on_offer(cast, ruth):
    request_id, march = cast.request(), [date(2027, 3, 3)]
    pairing_id = cast.confirmed(request_id, cast.volunteer())
    change_dates(request_id, FEBRUARY, "", ruth)
    change_dates(request_id, march, "", ruth)
    assert list(the_visit(cast, pairing_id).dates_offered) == march
    assert len(cast.emails("reschedule")) == 2


def test_a_visit_tomorrow_that_is_moved_is_told_by_phone_too(cast, ruth):
    request_id = cast.request()
    cast.confirmed(request_id, cast.volunteer())
    eve = datetime.combine(WANTED[0], time(9), UTC) - timedelta(days=1)
    change_dates(request_id, FEBRUARY, "", replace(ruth, now=eve))
    assert [task.urgent for task in cast.rows(Task, kind=TaskKind.PHONE_VOLUNTEER)] == [True]


def test_a_visit_tomorrow_that_moves_to_another_place_is_told_by_phone_too(cast, ruth):
    request_id = cast.request()
    cast.confirmed(request_id, cast.volunteer())
    eve = datetime.combine(WANTED[0], time(9), UTC) - timedelta(days=1)
    change_place(request_id, WALSALL, replace(ruth, now=eve))
    assert [task.urgent for task in cast.rows(Task, kind=TaskKind.PHONE_VOLUNTEER)] == [True]


def test_a_volunteer_who_offers_other_dates_on_the_eve_has_the_requester_phoned(cast):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    eve = datetime.combine(WANTED[0], time(9), UTC) - timedelta(days=1)
    victor = replace(cast.acting(Actor.VOLUNTEER), now=eve)
    offer_dates(the_visit(cast, pairing_id).id, FEBRUARY, victor)
    assert [task.urgent for task in cast.rows(Task, kind=TaskKind.PHONE_REQUESTER)] == [True]


def test_a_date_that_still_stands_is_left_alone(cast, ruth):
    request_id = cast.request()
    pairing_id = cast.confirmed(request_id, cast.volunteer())
    change_dates(request_id, (WANTED[0], *FEBRUARY), "", ruth)
    assert the_visit(cast, pairing_id).state == visit.State.AGREED
    assert cast.emails("reschedule") == []


def test_who_was_asked_hears_of_new_dates(cast, ruth):
    request_id = cast.request()
    cast.invited(request_id, cast.volunteer())
    change_dates(request_id, FEBRUARY, "", ruth)
    assert cast.emails("request_changed")[0].context["changed"] == ["dates"]


def test_requester_changes_the_place_and_reach_is_looked_at_again(cast, ruth):
    request_id = cast.request(where=WALSALL)
    pairing_id = cast.invited(request_id, cast.volunteer(organisation="Dudley", miles=10))
    accept(pairing_id, Yes(WANTED[0]), cast.acting(Actor.VOLUNTEER))
    db.session.rollback()
    with_candidate(pairing_id)
    change_place(request_id, replace(WALSALL, latitude=51.4, longitude=-1.32), ruth)
    assert the_visit(cast, pairing_id).place_moved
    assert len(cast.rows(Task, kind=TaskKind.NO_LONGER_FITS)) == 1


def with_candidate(pairing_id):
    """As if the matcher had proposed the pairing."""
    with writing() as session:
        session.get_one(Pairing, pairing_id).snapshot = {"candidate": {}}


def test_requester_changes_the_need_a_lot_and_scores_are_looked_at_again(cast, ruth):
    request_id = cast.request()
    cast.invited(request_id, cast.volunteer())
    change_need(request_id, "Help us to plan a cycle lane.", ruth)
    assert cast.get(HelpRequest, request_id).changed_at is not None
    assert cast.emails("request_changed")[0].context["changed"] == ["need"]


def test_a_mended_word_tells_nobody(cast, ruth):
    request_id = cast.request()
    cast.invited(request_id, cast.volunteer())
    change_need(request_id, cast.get(HelpRequest, request_id).need + " Thank you.", ruth)
    assert cast.emails("request_changed") == []


def test_two_places_wanted_after_one_was_filled_asks_again(cast, ruth):
    request_id = cast.request()
    cast.confirmed(request_id, cast.volunteer())
    add_details(request_id, places(2), ruth)
    assert cast.get(HelpRequest, request_id).state == help_request.State.PART_FILLED


def test_two_places_wanted_and_one_alone_goes_ahead_only_if_the_requester_agrees(cast, ruth):
    request_id = cast.request()
    add_details(request_id, places(2), ruth)
    first, second = cast.volunteer(), cast.volunteer()
    cast.confirmed(request_id, first)
    other = cast.invited(request_id, second)
    decline(other, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    assert len(cast.emails("one_alone")) == 1
    decide_alone(request_id, agreed=True, occasion=ruth)
    assert cast.get(HelpRequest, request_id).state == help_request.State.FILLED


def test_two_places_by_choice_not_from_one_organisation(cast, ruth):
    request_id = cast.request()
    add_details(request_id, places(2, apart=True), ruth)
    cast.accepted(request_id, cast.volunteer())
    colleague = cast.proposal(request_id, cast.volunteer())
    approve(request_id, [colleague], cast.acting(Actor.COORDINATOR))
    assert cast.get(Pairing, colleague).state == pairing.State.APPROVED


def test_an_urgent_request_takes_the_first_person_found(cast, ruth):
    request_id = cast.request()
    take_first_found(request_id, wished=True, occasion=ruth)
    pairing_id = cast.accepted(request_id, cast.volunteer())
    run_upkeep(cast.occasion)
    assert cast.get(Pairing, pairing_id).state == pairing.State.CONFIRMED
    names = ("accepted", "accepted_volunteer", "introduction_volunteer")
    assert [len(cast.emails(name)) for name in names] == [0, 0, 1]


def test_a_yes_in_advance_does_not_cover_a_declared_interest(cast, ruth):
    request_id = cast.request()
    take_first_found(request_id, wished=True, occasion=ruth)
    pairing_id = cast.invited(request_id, cast.volunteer())
    accept(pairing_id, Yes(interest="My sister works there."), cast.acting(Actor.VOLUNTEER))
    run_upkeep(cast.occasion)
    assert cast.get(Pairing, pairing_id).state == pairing.State.ACCEPTED


def test_a_requester_who_does_not_confirm_is_reminded_then_phoned_then_the_volunteer_is_free(cast):
    request_id = cast.request()
    pairing_id = cast.accepted(request_id, cast.volunteer())
    seen = []
    for days in (1, 2, 10):
        run_upkeep(later(cast, days=days, minutes=1))
        tasks = cast.rows(Task, kind=TaskKind.REQUESTER_SILENT)
        seen.append((len(cast.emails("confirm_reminder")), len(tasks)))
    assert seen == [(1, 0), (1, 1), (1, 1)]
    assert cast.get(Pairing, pairing_id).state == pairing.State.RELEASED
    assert cast.emails("released")[0].context["own_wish"] is False


def test_requester_withdraws_and_the_confirmed_volunteer_is_told_first(cast, ruth):
    request_id = cast.request()
    add_details(request_id, places(2), ruth)
    cast.confirmed(request_id, cast.volunteer())
    cast.invited(request_id, cast.volunteer())
    withdraw_request(request_id, WithdrawReason.NOT_NEEDED, "", ruth)
    called_off, stood_down = cast.emails("called_off")[0], cast.emails("stood_down")[0]
    assert called_off.id < stood_down.id


def test_a_visit_called_off_by_the_requester_brings_somebody_else(cast, ruth):
    request_id = cast.request()
    pairing_id = cast.confirmed(request_id, cast.volunteer())
    call_off(pairing_id, "The chief executive is ill.", ruth)
    assert the_visit(cast, pairing_id).state == visit.State.CALLED_OFF
    assert cast.get(HelpRequest, request_id).state == help_request.State.REOPENED
    assert cast.emails("called_off_requester")[0].context["ended"] is False


def test_nobody_is_not_said_while_proposals_wait(cast):
    request_id = cast.request()
    cast.proposal(request_id, cast.volunteer(), rank=2)
    pairing_id = cast.invited(request_id, cast.volunteer())
    decline(pairing_id, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    assert cast.get(HelpRequest, request_id).state == help_request.State.ASKING
    assert cast.emails("nobody") == []


def test_a_video_call_in_place_of_a_visit_lets_the_matcher_look_again(cast, ruth):
    request_id = cast.request()
    cast.proposal(request_id, cast.volunteer())
    ask_help_by_video(request_id, ruth)
    request = cast.get(HelpRequest, request_id)
    assert (request.remote_too, request.proposed_at) == (True, None)


def test_a_yes_after_the_chosen_day_begins_a_visit_without_a_date(cast, ruth):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    confirm_person(pairing_id, replace(ruth, now=ruth.now + timedelta(days=70)))
    (begun,) = cast.rows(Visit)
    assert (begun.state, begun.on) == (visit.State.DATES_OFFERED, None)
