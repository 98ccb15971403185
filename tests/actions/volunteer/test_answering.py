import pytest

from matcher.actions.requester.asking import confirm_person, turn_down_person, withdraw_request
from matcher.actions.volunteer.answering import Outcome, Yes, accept, decline
from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.choices import DeclineReason, WithdrawReason
from matcher.lifecycle.refusals import IllegalMove, NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing, Visit
from tests.cast import WANTED


def say_yes(cast, pairing_id):
    return accept(pairing_id, Yes(WANTED[0]), cast.acting(Actor.VOLUNTEER))


def test_the_first_yes_takes_the_place(cast):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    assert say_yes(cast, pairing_id) == Outcome.ACCEPTED


def test_a_yes_fills_the_request(cast):
    request_id = cast.request()
    cast.accepted(request_id, cast.volunteer())
    request = cast.get(HelpRequest, request_id)
    assert (request.state, request.filled) == (help_request.State.FILLED, 1)


def test_a_second_yes_waits_in_reserve(cast):
    request_id = cast.request()
    later = cast.invited(request_id, cast.volunteer())
    cast.accepted(request_id, cast.volunteer())
    assert say_yes(cast, later) == Outcome.RESERVE


def test_a_yes_pressed_twice_is_one_yes(cast):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    assert say_yes(cast, pairing_id) == Outcome.ACCEPTED
    assert len(cast.emails("accepted", pairing_id=pairing_id)) == 1


def test_a_yes_tells_the_requester_and_thanks_the_volunteer(cast):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    told = cast.emails("accepted", pairing_id=pairing_id)[0]
    thanked = cast.emails("accepted_volunteer", pairing_id=pairing_id)[0]
    assert told.to_address == "ruth@westberks.example"
    assert thanked.to_address.startswith("victor.")


def test_a_date_that_was_not_offered_is_refused(cast):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    with pytest.raises(NotAllowed):
        accept(pairing_id, Yes(WANTED[0].replace(day=3)), cast.acting(Actor.VOLUNTEER))


def test_a_no_brings_the_next_volunteer_at_once(cast):
    request_id = cast.request(wanted_dates=())
    first, *_others = [cast.invited(request_id, cast.volunteer()) for _ in range(4)]
    decline(first, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    last = cast.get(Pairing, _others[-1])
    assert last.state == pairing.State.INVITED


def test_the_wave_asks_no_more_than_places_and_extra(cast):
    request_id = cast.request(wanted_dates=())
    kept = [cast.invited(request_id, cast.volunteer()) for _ in range(4)]
    states = [cast.get(Pairing, each).state for each in kept]
    assert states == [pairing.State.INVITED] * 3 + [pairing.State.APPROVED]


def test_a_no_after_a_yes_gives_the_place_to_the_reserve(cast):
    request_id = cast.request()
    waiting = cast.invited(request_id, cast.volunteer())
    first = cast.accepted(request_id, cast.volunteer())
    say_yes(cast, waiting)
    decline(first, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    assert cast.get(Pairing, first).state == pairing.State.RELEASED
    assert cast.get(Pairing, waiting).state == pairing.State.ACCEPTED


def test_when_all_say_no_there_is_nobody_and_the_requester_is_told(cast):
    request_id = cast.request()
    only = cast.invited(request_id, cast.volunteer())
    decline(only, DeclineReason.TOO_FAR, "", cast.acting(Actor.VOLUNTEER))
    assert cast.get(HelpRequest, request_id).state == help_request.State.NOBODY
    assert len(cast.emails("nobody", help_request_id=request_id)) == 1


def test_a_late_yes_after_a_no_counts_if_a_place_is_free(cast):
    request_id = cast.request()
    only = cast.invited(request_id, cast.volunteer())
    decline(only, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    assert say_yes(cast, only) == Outcome.ACCEPTED


def test_a_yes_to_a_withdrawn_request_is_refused(cast):
    request_id = cast.request()
    only = cast.invited(request_id, cast.volunteer())
    withdraw_request(request_id, WithdrawReason.NOT_NEEDED, "", cast.acting(Actor.REQUESTER))
    with pytest.raises(IllegalMove):
        say_yes(cast, only)


def test_confirming_introduces_both_and_begins_the_visit(cast):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    begun = cast.get(Visit, 1)
    assert (begun.pairing_id, begun.state, begun.on) == (pairing_id, visit.State.AGREED, WANTED[0])
    assert len(cast.emails("introduction_requester")) == 1
    assert len(cast.emails("introduction_volunteer")) == 1


def test_confirming_the_last_place_stands_down_everyone_else_with_thanks(cast):
    request_id = cast.request()
    other = cast.invited(request_id, cast.volunteer())
    cast.confirmed(request_id, cast.volunteer())
    assert cast.get(Pairing, other).state == pairing.State.STOOD_DOWN
    assert len(cast.emails("stood_down", pairing_id=other)) == 1


def test_a_proposal_that_was_never_sent_ends_without_an_email(cast):
    request_id = cast.request()
    other = cast.proposal(request_id, cast.volunteer())
    cast.confirmed(request_id, cast.volunteer())
    assert cast.get(Pairing, other).state == pairing.State.STOOD_DOWN
    assert cast.emails("stood_down") == []


def test_one_of_two_places_taken_leaves_the_request_part_filled(cast):
    request_id = cast.request()
    give_places(request_id, 2)
    cast.accepted(request_id, cast.volunteer())
    assert cast.get(HelpRequest, request_id).state == help_request.State.PART_FILLED


def test_turning_down_frees_the_place(cast):
    request_id = cast.request()
    pairing_id = cast.accepted(request_id, cast.volunteer())
    turn_down_person(pairing_id, "", cast.acting(Actor.REQUESTER))
    assert cast.get(HelpRequest, request_id).filled == 0


def test_confirming_somebody_who_withdrew_is_refused(cast):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    decline(pairing_id, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    with pytest.raises(IllegalMove):
        confirm_person(pairing_id, cast.acting(Actor.REQUESTER))


def give_places(request_id, places):
    with writing() as session:
        session.get_one(HelpRequest, request_id).places = places
