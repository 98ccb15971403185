"""What volunteers really do, each from the ask to its end: one test for each row of the rules."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.actions.clock.upkeep import run_upkeep
from matcher.actions.coordinator.reviewing import approve
from matcher.actions.handed_in import Colleague
from matcher.actions.post.receiving import receive
from matcher.actions.post.sending import look, mark_put_off, mark_refused, mark_sent
from matcher.actions.proposals.proposing import LiveIndex, propose
from matcher.actions.requester.asking import confirm_person
from matcher.actions.volunteer.answering import Outcome, Yes, accept, ask_manager, decline
from matcher.actions.volunteer.passing_on import pass_on, take_over
from matcher.actions.volunteer.volunteering import change_page, leave, pause, resume
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import DeclineReason, TaskKind
from matcher.lifecycle.refusals import Refused
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.mail.received import read_message
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.tasks import list_tasks
from matcher.records.volunteers import Volunteer
from tests.builders_received import reply
from tests.cast import WANTED
from tests.faults.test_races import at_once

PS = pairing.State
YES = Yes(WANTED[0], "Victor Osei")


@pytest.fixture
def victor(cast):
    """An ask to Victor whose email was sent on Monday: the request, the pairing, and him."""
    request_id, volunteer_id = cast.request(), cast.volunteer()
    pairing_id = cast.invited(request_id, volunteer_id)
    send(cast, pairing_id)
    return request_id, pairing_id, volunteer_id


def send(cast, pairing_id):
    mark_sent(cast.emails("invitation", pairing_id=pairing_id)[0].id, cast.occasion)


def on(cast, days, actor=Actor.CLOCK):
    return replace(cast.acting(actor), now=cast.occasion.now + timedelta(days=days))


def of_volunteer(cast, days=0):
    return on(cast, days, Actor.VOLUNTEER)


def state(cast, pairing_id):
    return cast.get(Pairing, pairing_id).state


def names(cast, **subject):
    db.session.rollback()
    return {email.name for email in cast.rows(OutgoingEmail, **subject)}


def say_no(cast, pairing_id, occasion=None):
    decline(pairing_id, DeclineReason.DATES, "", occasion or of_volunteer(cast))


def test_all_declined_or_lapsed(cast, victor):
    other = cast.invited(victor[0], cast.volunteer())
    say_no(cast, other)
    run_upkeep(on(cast, 8))
    assert cast.get(HelpRequest, victor[0]).state == help_request.State.NOBODY
    assert len(cast.emails("nobody", help_request_id=victor[0])) == 1


def test_a_volunteer_withdraws_after_accepting_and_a_reserve_steps_in(cast):
    request_id = cast.request()
    waiting = cast.invited(request_id, cast.volunteer())
    first = cast.accepted(request_id, cast.volunteer())
    accept(waiting, YES, of_volunteer(cast))
    say_no(cast, first)
    assert (state(cast, first), state(cast, waiting)) == (PS.RELEASED, PS.ACCEPTED)
    assert {"withdrawn", "released"} <= names(cast, pairing_id=first)
    assert {"accepted", "accepted_volunteer"} <= names(cast, pairing_id=waiting)


def test_a_volunteer_withdraws_after_accepting_and_the_next_wave_goes_out(cast):
    request_id = cast.request()
    first, *others = [cast.invited(request_id, cast.volunteer()) for _ in range(5)]
    accept(first, YES, of_volunteer(cast))
    say_no(cast, first)
    assert [state(cast, each) for each in others] == [PS.INVITED] * 3 + [PS.APPROVED]


def test_a_volunteer_withdraws_after_accepting_and_is_not_asked_again(cast):
    request_id = cast.request()
    first = cast.accepted(request_id, cast.volunteer())
    say_no(cast, first)
    propose(LiveIndex(), request_id, cast.occasion)
    assert [kept.id for kept in cast.rows(Pairing, help_request_id=request_id)] == [first]


def test_a_volunteer_withdraws_from_a_visit_and_both_calendars_lose_it(cast):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    say_no(cast, pairing_id)
    for name in ("withdrawn", "released"):
        meeting = cast.emails(name, pairing_id=pairing_id)[0].context["meeting"]
        assert (meeting["uid"], meeting["sequence"]) == (f"visit-{pairing_id}@help.test", 1)


@pytest.mark.parametrize(("days_before", "phones"), [(2, True), (3, False)])
def test_a_volunteer_withdraws_close_to_the_day_and_the_requester_is_phoned(
    cast, days_before, phones
):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    gone = (WANTED[0] - date(2026, 11, 23)).days - days_before
    say_no(cast, pairing_id, of_volunteer(cast, gone))
    urgent = [task.kind for task in list_tasks(db.session()) if task.urgent]
    assert (TaskKind.PHONE_REQUESTER in urgent) == phones


def test_two_accept_in_the_same_second(app, cast, victor):
    other = cast.invited(victor[0], cast.volunteer())
    acts = [lambda each=each: accept(each, YES, of_volunteer(cast)) for each in (victor[1], other)]
    assert sorted(at_once(app, acts)) == [Outcome.ACCEPTED, Outcome.RESERVE]


def test_somebody_presses_reply(cast, victor):
    sent = cast.emails("invitation")[0]
    receive(read_message(reply("Yes please", message_id=sent.message_id)), cast.occasion)
    assert [task.kind for task in list_tasks(db.session())] == [TaskKind.REPLY]
    assert state(cast, victor[1]) == PS.INVITED


def test_a_late_answer_to_a_lapsed_ask_counts_if_a_place_is_free(cast, victor):
    run_upkeep(on(cast, 8))
    assert accept(victor[1], YES, of_volunteer(cast, 9)) == Outcome.ACCEPTED


def test_a_late_answer_to_a_lapsed_ask_is_a_reserve_where_no_place_is_free(cast, victor):
    run_upkeep(on(cast, 8))
    cast.accepted(victor[0], cast.volunteer())
    assert accept(victor[1], YES, of_volunteer(cast, 9)) == Outcome.RESERVE


def test_a_second_press_writes_nothing(cast, victor):
    accept(victor[1], YES, of_volunteer(cast))
    before = len(cast.rows(OutgoingEmail))
    assert accept(victor[1], YES, of_volunteer(cast)) == Outcome.ACCEPTED
    assert len(cast.rows(OutgoingEmail)) == before


def test_a_changed_mind_from_yes_to_no_is_released(cast, victor):
    accept(victor[1], YES, of_volunteer(cast))
    say_no(cast, victor[1])
    assert state(cast, victor[1]) == PS.RELEASED


def test_a_changed_mind_from_no_to_yes_counts_only_if_a_place_is_free(cast, victor):
    say_no(cast, victor[1])
    cast.accepted(victor[0], cast.volunteer())
    assert accept(victor[1], YES, of_volunteer(cast)) == Outcome.RESERVE


def test_a_link_forwarded_to_a_colleague(cast, victor):
    wanda = Colleague("Wanda Brown", "wanda@walsall.example", "192.0.2.0/24")
    pass_on(victor[1], wanda, of_volunteer(cast))
    proof = cast.link_id(Purpose.COLLEAGUE_PROOF, pairing_id=victor[1])
    taken = take_over(proof, "Wanda Brown", "Social media", of_volunteer(cast))
    assert (state(cast, victor[1]), cast.get(Volunteer, taken.volunteer_id).name) == (
        PS.PASSED_ON,
        "Wanda Brown",
    )


def test_a_shared_mailbox_gives_the_name_of_who_comes(cast, victor):
    accept(victor[1], Yes(WANTED[0], "Wanda Brown"), of_volunteer(cast))
    confirm_person(victor[1], cast.acting(Actor.REQUESTER))
    (told,) = cast.emails("introduction_requester", pairing_id=victor[1])
    assert told.context["other"]["name"] == "Wanda Brown"


def test_capacity_reached_meanwhile(cast, victor):
    change(cast, victor[2], asks_per_quarter=1)
    second = cast.proposal(cast.request(), victor[2])
    asked = cast.get(Pairing, second)
    assert approve(asked.help_request_id, [second], cast.acting(Actor.COORDINATOR)) == 0


def change(cast, volunteer_id, **changes):
    change_page(volunteer_id, lambda before: replace(before, **changes), of_volunteer(cast))


def test_a_conflict_of_interest_is_told_before_the_requester_says_yes(cast, victor):
    accept(victor[1], replace(YES, interest="My brother works there"), of_volunteer(cast))
    (told,) = cast.emails("accepted", pairing_id=victor[1])
    assert "My brother works there" in json.dumps(told.context)


def test_a_volunteer_who_is_away_is_not_asked_to_come_then(cast):
    volunteer_id = cast.volunteer()
    change(cast, volunteer_id, away=((WANTED[0], WANTED[1]),))
    request_id = cast.request()
    propose(LiveIndex(), request_id, cast.occasion)
    assert cast.rows(Pairing, help_request_id=request_id) == []


def test_a_volunteer_pauses_and_the_next_is_asked(cast, victor):
    others = [cast.invited(victor[0], cast.volunteer()) for _ in range(3)]
    pause(victor[2], None, of_volunteer(cast))
    assert (state(cast, victor[1]), state(cast, others[-1])) == (PS.DECLINED, PS.INVITED)


def test_a_volunteer_leaves_and_the_visit_is_given_to_the_reserve(cast):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    waiting = cast.invited(request_id, cast.volunteer())
    pairing_id = cast.accepted(request_id, volunteer_id)
    accept(waiting, YES, of_volunteer(cast))
    leave(volunteer_id, of_volunteer(cast))
    assert (state(cast, pairing_id), state(cast, waiting)) == (PS.RELEASED, PS.ACCEPTED)


def test_a_volunteer_leaves_after_a_visit_that_took_place(cast):
    volunteer_id = cast.volunteer()
    pairing_id = cast.confirmed(cast.request(), volunteer_id)
    cast.proposal(cast.request(), volunteer_id)
    with writing() as session:
        session.get_one(Pairing, pairing_id).state = PS.VISITED
    leave(volunteer_id, of_volunteer(cast))
    assert (state(cast, pairing_id), cast.get(Volunteer, volunteer_id).state) == (
        PS.VISITED,
        State.LEFT,
    )


def test_a_volunteer_who_has_left_can_take_no_place(cast, victor):
    run_upkeep(on(cast, 8))
    leave(victor[2], of_volunteer(cast, 8))
    with pytest.raises(Refused):
        accept(victor[1], YES, of_volunteer(cast, 9))
    assert cast.get(HelpRequest, victor[0]).filled == 0


def test_an_address_bounces(cast, victor):
    others = [cast.invited(victor[0], cast.volunteer()) for _ in range(3)]
    mark_refused(cast.emails("invitation")[0].id, "550 no such user", cast.occasion)
    assert (state(cast, victor[1]), state(cast, others[-1])) == (PS.LAPSED, PS.INVITED)
    assert cast.get(Volunteer, victor[2]).state == State.UNVERIFIED


def test_an_address_bounces_and_all_that_was_asked_of_it_ends(cast, victor):
    second = cast.invited(cast.request(), victor[2])
    mark_refused(cast.emails("invitation")[0].id, "550 no such user", cast.occasion)
    assert state(cast, second) == PS.LAPSED


def test_the_mail_system_is_down_and_the_clock_of_an_ask_waits(cast):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    email = cast.emails("invitation")[0].id
    mark_put_off(email, "no connection", cast.occasion)
    run_upkeep(on(cast, 3))
    assert (state(cast, pairing_id), cast.get(Pairing, pairing_id).answer_by) == (PS.INVITED, None)
    assert look(email, on(cast, 3)) is not None


def test_two_lapses_in_a_row_are_a_rest_until_a_late_answer(cast, victor):
    second = cast.invited(cast.request(), victor[2])
    send(cast, second)
    run_upkeep(on(cast, 8))
    resting = cast.get(Volunteer, victor[2]).state
    decline(second, DeclineReason.DATES, "", of_volunteer(cast, 9))
    assert (resting, cast.get(Volunteer, victor[2]).state) == (State.RESTING, State.ACTIVE)
    assert len(cast.emails("still_up_for_it")) == 1


def test_an_answer_between_two_lapses_is_no_rest(cast, victor):
    run_upkeep(on(cast, 8))
    say_no(cast, victor[1], of_volunteer(cast, 9))
    assert cast.get(Volunteer, victor[2]).lapses_in_a_row == 0


def test_whoever_is_back_is_asked_again(cast, victor):
    pause(victor[2], None, of_volunteer(cast))
    resume(victor[2], of_volunteer(cast))
    request_id = cast.request()
    propose(LiveIndex(), request_id, cast.occasion)
    assert len(cast.rows(Pairing, help_request_id=request_id)) == 1


def test_i_must_ask_my_manager(cast, victor):
    before = cast.get(Pairing, victor[1]).answer_by
    ask_manager(victor[1], of_volunteer(cast, 1))
    run_upkeep(replace(cast.occasion, now=before))
    kept = cast.get(Pairing, victor[1])
    assert (kept.state, kept.answer_by - before) == (PS.INVITED, timedelta(days=7))


def test_i_must_ask_my_manager_never_lasts_beyond_the_eve_of_the_visit(cast):
    pairing_id = cast.invited(cast.request(wanted_dates=(date(2026, 11, 25),)), cast.volunteer())
    send(cast, pairing_id)
    with pytest.raises(Refused):
        ask_manager(pairing_id, of_volunteer(cast))


def test_a_clock_that_stood_still_for_a_week_does_each_thing_once(app, cast, victor):
    other = cast.invited(cast.request(), cast.volunteer())
    send(cast, other)
    at_once(app, [lambda: run_upkeep(on(cast, 8))] * 2)
    assert [state(cast, victor[1]), state(cast, other)] == [PS.LAPSED] * 2
    assert (len(cast.emails("nobody")), cast.emails("reminder")) == (2, [])


def test_two_clocks_at_once_remind_once(app, cast, victor):
    at_once(app, [lambda: run_upkeep(on(cast, 3))] * 2)
    assert len(cast.emails("reminder", pairing_id=victor[1])) == 1


def test_a_reminder_that_comes_on_the_last_day_is_not_sent_and_says_why(cast, victor):
    run_upkeep(on(cast, 7))
    (reminder,) = cast.emails("reminder", pairing_id=victor[1])
    assert (reminder.skipped_because, state(cast, victor[1])) == ("too_late", PS.INVITED)
