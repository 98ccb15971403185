"""Asking starts without a coordinator only where the programme wants it and the match is good."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.coordinator.reviewing import dismiss
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.auto_approving import auto_approve_due
from matcher.lifecycle.choices import DismissReason
from matcher.lifecycle.help_request import State
from matcher.lifecycle.tables import Actor
from matcher.records.help_requests import HelpRequest


@pytest.fixture
def wanted(occasion) -> Occasion:
    settings = occasion.settings.model_copy(update={"auto_approve": True})
    return replace(occasion, settings=settings)


@pytest.fixture
def proposed(cast):
    """A request with one proposal of the score 50; its id."""
    request_id = cast.request()
    cast.proposal(request_id, cast.volunteer())
    return request_id


def state(cast, request_id):
    return cast.get(HelpRequest, request_id).state


def test_a_good_match_is_asked_for_by_itself(cast, proposed, wanted):
    assert auto_approve_due(wanted) == 1
    assert state(cast, proposed) == State.ASKING


def test_nothing_is_asked_by_itself_unless_the_programme_wants_it(cast, proposed, occasion):
    assert auto_approve_due(occasion) == 0
    assert state(cast, proposed) == State.IN_REVIEW


def test_a_match_below_the_score_waits_for_a_coordinator(cast, proposed, wanted):
    settings = wanted.settings.model_copy(update={"auto_approve_score": 51})
    assert auto_approve_due(replace(wanted, settings=settings)) == 0


def test_old_proposals_wait_for_a_coordinator_when_it_is_switched_on(cast, proposed, wanted):
    assert auto_approve_due(replace(wanted, now=wanted.now + timedelta(hours=1))) == 0


def test_where_a_coordinator_has_begun_to_look_nothing_happens_by_itself(cast, proposed, wanted):
    other = cast.proposal(proposed, cast.volunteer(organisation="Derby"), rank=2)
    dismiss(other, DismissReason.TOO_FAR, "", cast.acting(Actor.COORDINATOR))
    assert auto_approve_due(wanted) == 0
