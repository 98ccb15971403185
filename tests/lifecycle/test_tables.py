from enum import StrEnum
from itertools import product

import pytest

from matcher.lifecycle import hello, help_request, pairing, peer_question, visit, volunteer
from matcher.lifecycle.refusals import IllegalMove
from matcher.lifecycle.tables import Actor, Table, steps

TABLES = {
    "help_request": (help_request.TABLE, help_request.State, help_request.Event),
    "pairing": (pairing.TABLE, pairing.State, pairing.Event),
    "visit": (visit.TABLE, visit.State, visit.Event),
    "peer_question": (peer_question.TABLE, peer_question.State, peer_question.Event),
    "peer_answer": (peer_question.ASKS, peer_question.AskState, peer_question.AskEvent),
    "hello": (hello.TABLE, hello.State, hello.Event),
    "volunteer": (volunteer.TABLE, volunteer.State, volunteer.Event),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_by_every_event_by_every_actor_is_a_step_or_a_refusal(name):
    table, states, events = TABLES[name]
    written = {(step.state, step.event, actor): step.to for step in table for actor in step.actors}
    for state, event, actor in product(states, events, Actor):
        if (state, event, actor) in written:
            assert table.step(state, event, actor).to == written[state, event, actor]
        else:
            with pytest.raises(IllegalMove):
                table.step(state, event, actor)


@pytest.mark.parametrize("name", TABLES)
def test_every_state_is_reached_by_some_step(name):
    table, states, _events = TABLES[name]
    first = next(iter(states))
    assert {step.to for step in table} | {first} == set(states)


@pytest.mark.parametrize("name", TABLES)
def test_every_event_is_possible_somewhere(name):
    table, _states, events = TABLES[name]
    assert {step.event for step in table} == set(events)


def test_two_steps_for_one_state_and_event_are_refused():
    again = steps([visit.State.AGREED], visit.Event.RECONFIRM, visit.State.MISSED, list(Actor))
    with pytest.raises(ValueError, match="two steps"):
        Table(visit.TABLE, again)


def test_a_refusal_by_a_volunteer_is_never_undone_by_the_coordinator():
    ways_back = [step for step in pairing.TABLE if step.state in pairing.REFUSED]
    assert {step.event for step in ways_back} == {pairing.Event.ACCEPT, pairing.Event.JOIN_RESERVE}


def test_details_are_shown_only_after_the_requester_confirmed():
    before = {step.to for step in pairing.TABLE if step.event != pairing.Event.CONFIRM}
    assert not pairing.DETAILS_SHOWN & (before - {pairing.State.VISITED, pairing.State.MISSED})


def test_an_open_help_request_can_always_be_withdrawn_by_its_requester():
    withdraw: StrEnum = help_request.Event.WITHDRAW
    allowed = {
        state
        for state in help_request.State
        if help_request.TABLE.allows(state, withdraw, Actor.REQUESTER)
    }
    assert allowed == help_request.OPEN
