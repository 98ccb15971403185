"""A request that is there twice becomes one; who is told, what is shown, and how it is undone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.coordinator.merging import UNDO, merge_request, undo_merge
from matcher.actions.coordinator.pairing_by_hand import reopen_request
from matcher.actions.coordinator.reviewing import close_request
from matcher.actions.coordinator.tasks import add_task
from matcher.actions.post.sending import mark_sent, take
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import CloseReason, TaskKind
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail
from matcher.records.pages.merging import list_merged_in
from matcher.records.pairings import Pairing
from matcher.records.tasks import Task


@pytest.fixture
def cora(cast):
    return cast.acting(Actor.COORDINATOR, cast.coordinator())


@pytest.fixture
def two(cast):
    """The same need sent twice: the one that ends, and the one that goes on."""
    return cast.request(email="second@westberks.example"), cast.request()


def test_the_requester_is_told_which_request_goes_on(cast, cora, two):
    merge_request(*two, "", cora)
    (told,) = cast.emails("closed")
    assert told.to_address == "second@westberks.example"
    assert told.context["into"] == cast.get(HelpRequest, two[1]).reference


def test_whoever_was_asked_is_let_off_with_thanks(cast, cora, two):
    pairing_id = cast.invited(two[0], cast.volunteer())
    mark_sent(cast.emails("invitation")[0].id, cast.occasion)
    merge_request(*two, "", cora)
    assert cast.get(Pairing, pairing_id).state == pairing.State.STOOD_DOWN
    (told,) = cast.emails("stood_down")
    assert told.context["why"] == "request_merged"


def test_the_one_that_goes_on_shows_what_came_in(cast, cora, two):
    merge_request(*two, "", cora)
    (came,) = list_merged_in(db.session(), two[1])
    assert came.request_id == two[0]
    assert cast.get(HelpRequest, two[1]).state == help_request.State.IN_REVIEW


def test_who_has_said_yes_keeps_their_request(cast, cora, two):
    cast.accepted(two[0], cast.volunteer())
    with pytest.raises(NotAllowed):
        merge_request(*two, "", cora)


@pytest.mark.parametrize("closed", [True, False])
def test_a_request_is_merged_only_into_another_that_goes_on(cast, cora, two, closed):
    if closed:
        close_request(two[1], CloseReason.OTHER, "", cora)
    with pytest.raises(NotAllowed):
        merge_request(two[0], two[1] if closed else two[0], "", cora)


def test_a_merge_is_undone_before_anybody_was_told(cast, cora, two):
    pairing_id = cast.proposal(two[0], cast.volunteer())
    merge_request(*two, "", cora)
    assert take(replace(cast.occasion, now=cast.occasion.now), 50, timedelta(minutes=5)) == [
        each.id for each in cast.rows(OutgoingEmail) if each.name != "closed"
    ]
    undo_merge(two[0], cora)
    assert cast.get(HelpRequest, two[0]).state == help_request.State.IN_REVIEW
    assert cast.get(Pairing, pairing_id).state == pairing.State.PROPOSED
    assert cast.emails("closed")[0].skipped_because == "taken_back"
    assert list_merged_in(db.session(), two[1]) == ()


def test_a_merge_is_not_undone_once_its_requester_may_have_been_told(cast, cora, two):
    merge_request(*two, "", cora)
    with pytest.raises(NotAllowed):
        undo_merge(two[0], replace(cora, now=cora.now + UNDO))


def test_a_merge_that_volunteers_were_told_of_cannot_be_undone(cast, cora, two):
    cast.invited(two[0], cast.volunteer())
    merge_request(*two, "", cora)
    with pytest.raises(NotAllowed):
        undo_merge(two[0], cora)


def test_a_merged_request_that_is_opened_again_is_its_own_again(cast, cora, two):
    merge_request(*two, "", cora)
    reopen_request(two[0], "It is another need.", cora)
    assert list_merged_in(db.session(), two[1]) == ()


def test_what_was_to_be_done_about_the_two_is_done(cast, cora, two):
    words = cast.get(HelpRequest, two[0]).reference
    with writing() as session:
        for number in two:
            kind, key = TaskKind.POSSIBLE_DUPLICATE, f"request {number}"
            add_task(session, kind, key, cora, words=words, help_request_id=number)
    merge_request(*two, "", cora)
    assert [each.done_by for each in cast.rows(Task)] == [cora.actor_id] * 2
