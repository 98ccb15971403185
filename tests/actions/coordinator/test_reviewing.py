import pytest

from matcher.actions.coordinator.reviewing import (
    approve,
    approve_volunteer,
    close_request,
    dismiss,
    propose_again,
    reconsider,
    say_nobody,
)
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import CloseReason, DismissReason
from matcher.lifecycle.refusals import IllegalMove, NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing


@pytest.fixture
def cora(cast):
    return cast.acting(Actor.COORDINATOR, cast.coordinator())


def test_approving_says_how_many_were_asked(cast, cora):
    request_id = cast.request()
    ids = [cast.proposal(request_id, cast.volunteer(), rank) for rank in range(1, 6)]
    assert approve(request_id, ids, cora) == 3


def test_the_best_are_asked_first(cast, cora):
    request_id = cast.request()
    ids = [cast.proposal(request_id, cast.volunteer(), rank) for rank in (5, 4, 3, 2, 1)]
    approve(request_id, ids, cora)
    states = [cast.get(Pairing, each).state for each in reversed(ids)]
    assert states == [pairing.State.INVITED] * 3 + [pairing.State.APPROVED] * 2


def test_approving_what_was_set_aside_meanwhile_starts_nothing(cast, cora):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    dismiss(pairing_id, DismissReason.OTHER, "", cora)
    approve(request_id, [pairing_id], cora)
    assert cast.get(HelpRequest, request_id).state == help_request.State.IN_REVIEW
    assert cast.emails("nobody") == []


def test_approving_needs_a_request_that_asks(cast, cora):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    close_request(request_id, CloseReason.OTHER, "", cora)
    with pytest.raises(NotAllowed):
        approve(request_id, [pairing_id], cora)


def test_nobody_is_said_where_there_is_nobody(cast, cora):
    request_id = cast.request()
    say_nobody(request_id, cora)
    assert cast.get(HelpRequest, request_id).state == help_request.State.NOBODY
    assert len(cast.emails("nobody", help_request_id=request_id)) == 1


def test_nobody_is_not_said_while_somebody_is_proposed(cast, cora):
    request_id = cast.request()
    cast.proposal(request_id, cast.volunteer())
    with pytest.raises(NotAllowed):
        say_nobody(request_id, cora)


def test_an_approval_that_was_not_sent_can_be_taken_back(cast, cora):
    request_id = cast.request()
    ids = [cast.proposal(request_id, cast.volunteer(), rank) for rank in range(1, 5)]
    approve(request_id, ids, cora)
    reconsider(ids[-1], cora)
    assert cast.get(Pairing, ids[-1]).state == pairing.State.PROPOSED


def test_an_invitation_cannot_be_taken_back(cast, cora):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    with pytest.raises(IllegalMove):
        reconsider(pairing_id, cora)


def test_a_filled_request_looks_for_nobody_else(cast, cora):
    request_id = cast.request()
    cast.accepted(request_id, cast.volunteer())
    with pytest.raises(NotAllowed):
        propose_again(request_id, cora)


def test_a_volunteer_is_not_let_in_twice(cast, cora):
    volunteer_id = cast.volunteer(active=False)
    approve_volunteer(volunteer_id, trust_domain=False, occasion=cora)
    with pytest.raises(IllegalMove):
        approve_volunteer(volunteer_id, trust_domain=False, occasion=cora)


def test_what_is_not_there_is_not_found(cora):
    with pytest.raises(NotFound):
        approve(999, [1], cora)
