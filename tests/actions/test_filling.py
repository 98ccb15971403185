"""Waves: how many are asked, who still may be, and what follows when a place comes free."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.clock.upkeep import run_upkeep
from matcher.actions.coordinator.reviewing import approve
from matcher.actions.proposals.proposing import LiveIndex, propose
from matcher.actions.volunteer.answering import Yes, accept, decline
from matcher.actions.volunteer.volunteering import change_page
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import DeclineReason
from matcher.lifecycle.tables import Actor
from matcher.matching.offers import TravelLimit
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer
from tests.cast import WANTED
from tests.faults.test_races import at_once


def with_settings(cast, **changes):
    settings = cast.occasion.settings.model_copy(update=changes)
    return replace(cast.occasion, settings=settings)


@pytest.fixture
def nobody_says_yes(cast):
    """Two asks were answered, both with no: the measured rate is 0."""
    for _ in range(2):
        pairing_id = cast.invited(cast.request(), cast.volunteer())
        with writing() as session:
            session.get_one(Pairing, pairing_id).invited_at = cast.occasion.now
        decline(pairing_id, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))


def asked_of_ten(cast, **settings):
    request_id = cast.request(wanted_dates=())
    kept = [cast.proposal(request_id, cast.volunteer()) for _ in range(10)]
    acting = replace(with_settings(cast, **settings), actor=Actor.COORDINATOR)
    return approve(request_id, kept, acting)


def test_before_enough_was_measured_the_table_says_how_many_are_asked(cast, nobody_says_yes):
    assert asked_of_ten(cast) == 3


def test_once_enough_was_measured_the_wave_follows_the_yes_rate(cast, nobody_says_yes):
    assert asked_of_ten(cast, yes_rate_after_asks=2) == 9


def test_coordinators_may_switch_the_measured_wave_off(cast, nobody_says_yes):
    settings = {"yes_rate_after_asks": 2, "waves_follow_yes_rate": False}
    assert asked_of_ten(cast, **settings) == 3


@pytest.fixture
def proposed(cast):
    """Victor as the matcher proposed him: the ids of the request, of him, and of the pair."""
    request_id, volunteer_id = cast.request(), cast.volunteer()
    propose(LiveIndex(), request_id, cast.occasion)
    (kept,) = cast.rows(Pairing, help_request_id=request_id)
    return request_id, volunteer_id, kept.id


def change(cast, volunteer_id, **changes):
    acting = cast.acting(Actor.VOLUNTEER, volunteer_id)
    change_page(volunteer_id, lambda before: replace(before, **changes), acting)


def test_who_still_suits_is_asked(cast, proposed):
    assert approve(proposed[0], [proposed[2]], cast.acting(Actor.COORDINATOR)) == 1


@pytest.mark.parametrize(
    "limits",
    [{"travel": Travel(TravelLimit(miles=10))}, {"away": ((WANTED[0], WANTED[1]),)}],
    ids=["goes less far now", "is away on all the dates"],
)
def test_who_changed_their_limits_since_is_not_asked(cast, proposed, limits):
    change(cast, proposed[1], **limits)
    assert approve(proposed[0], [proposed[2]], cast.acting(Actor.COORDINATOR)) == 0


def test_two_requests_at_once_never_ask_anybody_beyond_their_cap(app, cast):
    volunteer_id = cast.volunteer()
    with writing() as session:
        session.get_one(Volunteer, volunteer_id).asks_per_quarter = 1
    requests = [cast.request() for _ in range(4)]
    kept = [cast.proposal(each, volunteer_id) for each in requests]
    cora = cast.acting(Actor.COORDINATOR)
    acts = [
        lambda one=one, mine=mine: approve(one, [mine], cora)
        for one, mine in zip(requests, kept, strict=True)
    ]
    assert sorted(at_once(app, acts)) == [0, 0, 0, 1]


def reopened(cast):
    """A request whose only volunteer took back a yes; nobody else was approved."""
    request_id = cast.request()
    pairing_id = cast.accepted(request_id, cast.volunteer())
    decline(pairing_id, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    return request_id


def test_a_reopened_request_without_anybody_in_line_is_matched_afresh(cast):
    request = cast.get(HelpRequest, reopened(cast))
    assert (request.state, request.proposed_at) == (help_request.State.REOPENED, None)
    assert cast.emails("nobody") == []


def test_a_reopened_request_for_which_nobody_is_found_says_so_the_same_day(cast):
    request_id = reopened(cast)
    propose(LiveIndex(), request_id, cast.occasion)
    run_upkeep(cast.occasion)
    assert cast.get(HelpRequest, request_id).state == help_request.State.NOBODY


def test_a_reopened_request_with_fresh_proposals_waits_for_its_coordinator(cast):
    request_id = reopened(cast)
    cast.volunteer()
    propose(LiveIndex(), request_id, cast.occasion)
    run_upkeep(cast.occasion)
    assert cast.get(HelpRequest, request_id).state == help_request.State.REOPENED


def test_a_reserve_whose_date_has_passed_is_not_called(cast):
    request_id = cast.request()
    waiting = cast.invited(request_id, cast.volunteer())
    first = cast.accepted(request_id, cast.volunteer())
    accept(waiting, Yes(WANTED[0]), cast.acting(Actor.VOLUNTEER))
    late = replace(cast.acting(Actor.VOLUNTEER), now=cast.occasion.now + timedelta(days=62))
    decline(first, DeclineReason.DATES, "", late)
    assert cast.get(Pairing, waiting).state == pairing.State.RESERVE


def test_indexes_of_two_processes_that_follow_the_same_log_rank_alike(cast):
    request_id = cast.request()
    early = LiveIndex()
    cast.volunteer(miles=None)
    propose(early, request_id, cast.occasion)
    for number in range(4):
        cast.volunteer(offer=f"I have run social media for {number} councils.", miles=None)
    propose(early, request_id, cast.occasion)
    by_the_first = proposals(cast, request_id)
    propose(LiveIndex(), request_id, cast.occasion)
    assert proposals(cast, request_id) == by_the_first


def proposals(cast, request_id):
    rows = cast.rows(Pairing, help_request_id=request_id)
    return [(row.rank, row.volunteer_id, row.score) for row in sorted(rows, key=lambda r: r.rank)]
