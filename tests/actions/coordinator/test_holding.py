"""A request on hold: nothing new begins, what was sent stays valid, and it goes on at a press."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.actions.clock.upkeep import run_upkeep
from matcher.actions.coordinator.holding import hold_request, release_request
from matcher.actions.coordinator.pairing_by_hand import reopen_request
from matcher.actions.coordinator.reviewing import approve, approve_soon, close_request
from matcher.actions.post.sending import look, mark_sent
from matcher.actions.volunteer.answering import Yes, accept, decline
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import CloseReason, DeclineReason
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest, Hold
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from tests.cast import WANTED

LATER = Hold(date(2026, 12, 14), "They have an election.", is_told=False)


@pytest.fixture
def cora(cast):
    return cast.acting(Actor.COORDINATOR, cast.coordinator())


@pytest.fixture
def weeks_later(cast):
    """A working morning, three weeks after the hold began."""
    return replace(cast.occasion, now=cast.occasion.now + timedelta(days=21))


@pytest.fixture
def asked(cast):
    """A request, and its pairing whose invitation was sent on Monday morning."""
    request_id = cast.request()
    pairing_id = cast.invited(request_id, cast.volunteer())
    mark_sent(cast.emails("invitation")[0].id, cast.occasion)
    return request_id, pairing_id


def test_nobody_is_asked_while_a_request_is_on_hold(cast, cora):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    hold_request(request_id, LATER, cora)
    with pytest.raises(NotAllowed):
        approve(request_id, [pairing_id], cora)


def test_who_was_approved_is_asked_when_the_request_goes_on(cast, cora, weeks_later):
    request_id = cast.request()
    approve_soon(request_id, [cast.proposal(request_id, cast.volunteer())], cora)
    hold_request(request_id, LATER, cora)
    run_upkeep(weeks_later)
    assert cast.emails("invitation") == []
    assert release_request(request_id, replace(cora, now=weeks_later.now)) == 1


def test_an_ask_neither_lapses_nor_is_reminded_of_while_its_request_is_on_hold(
    cast, cora, asked, weeks_later
):
    hold_request(asked[0], LATER, cora)
    run_upkeep(weeks_later)
    assert cast.get(Pairing, asked[1]).state == pairing.State.INVITED
    assert cast.emails("reminder") == []


def test_an_ask_has_its_whole_time_again_when_its_request_goes_on(cast, cora, asked, weeks_later):
    hold_request(asked[0], LATER, cora)
    release_request(asked[0], replace(cora, now=weeks_later.now))
    assert cast.get(Pairing, asked[1]).answer_by.date() == date(2026, 12, 17)
    run_upkeep(replace(weeks_later, now=weeks_later.now + timedelta(hours=1)))
    assert cast.get(Pairing, asked[1]).state == pairing.State.INVITED


def test_a_yes_counts_while_a_request_is_on_hold(cast, cora, asked):
    hold_request(asked[0], LATER, cora)
    accept(asked[1], Yes(WANTED[0]), cast.acting(Actor.VOLUNTEER))
    assert cast.get(HelpRequest, asked[0]).state == help_request.State.FILLED


def test_a_no_brings_nobody_else_while_a_request_is_on_hold(cast, cora, asked):
    hold_request(asked[0], LATER, cora)
    decline(asked[1], DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    assert cast.get(HelpRequest, asked[0]).state == help_request.State.ASKING
    release_request(asked[0], cora)
    assert cast.get(HelpRequest, asked[0]).state == help_request.State.NOBODY


def test_a_requester_is_not_hurried_while_their_request_is_on_hold(cast, cora, weeks_later):
    request_id = cast.request()
    with writing() as session:
        session.get_one(HelpRequest, request_id).places = 2
    pairing_id = cast.accepted(request_id, cast.volunteer())
    hold_request(request_id, LATER, cora)
    run_upkeep(weeks_later)
    assert cast.get(Pairing, pairing_id).state == pairing.State.ACCEPTED
    assert cast.emails("confirm_reminder") == []


def test_there_is_nothing_to_hold_once_every_place_is_taken(cast, cora):
    request_id = cast.request()
    cast.accepted(request_id, cast.volunteer())
    with pytest.raises(NotAllowed):
        hold_request(request_id, LATER, cora)


def test_an_invitation_that_had_not_gone_yet_stays_in_the_outbox(cast, cora):
    request_id = cast.request()
    cast.invited(request_id, cast.volunteer())
    (waiting,) = cast.emails("invitation")
    hold_request(request_id, LATER, cora)
    assert look(waiting.id, cast.occasion) is None
    assert cast.get(OutgoingEmail, waiting.id).skipped_at is None
    release_request(request_id, cora)
    assert look(waiting.id, cast.occasion) is not None


def test_a_request_on_hold_always_has_a_next_date(cast, cora, weeks_later):
    request_id = cast.request()
    cast.proposal(request_id, cast.volunteer())
    hold_request(request_id, LATER, cora)
    assert cast.get(HelpRequest, request_id).next_at.date() == LATER.until
    run_upkeep(weeks_later)
    assert cast.get(HelpRequest, request_id).next_at > weeks_later.now


def test_dates_that_pass_do_not_end_a_request_on_hold(cast, cora):
    request_id = cast.request()
    cast.proposal(request_id, cast.volunteer())
    hold_request(request_id, LATER, cora)
    run_upkeep(replace(cast.occasion, now=cast.occasion.now + timedelta(days=90)))
    assert cast.get(HelpRequest, request_id).state == help_request.State.IN_REVIEW


def test_a_request_that_begins_again_is_not_on_hold(cast, cora):
    request_id = cast.request()
    hold_request(request_id, LATER, cora)
    close_request(request_id, CloseReason.OTHER, "", cora)
    assert cast.get(HelpRequest, request_id).hold is None
    reopen_request(request_id, "They called.", cora)
    assert cast.get(HelpRequest, request_id).hold is None


def test_a_request_is_held_only_until_a_day_to_come(cast, cora):
    with pytest.raises(NotAllowed):
        hold_request(cast.request(), replace(LATER, until=cast.occasion.today), cora)
