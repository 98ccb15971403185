"""Roles are asked again by the actions."""

import pytest

from matcher.actions.coordinator.reviewing import approve, approve_soon
from matcher.actions.coordinator.settings_changing import save_settings
from matcher.lifecycle.access import Role
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.programmes import ProgrammeSettings


def test_the_first_at_the_desk_administers_and_the_next_coordinates(cast):
    first, second = cast.coordinator(), cast.coordinator("colin@programme.example")
    roles = [cast.get(Coordinator, each).role for each in (first, second)]
    assert roles == [Role.ADMINISTRATOR, Role.COORDINATOR]


def test_who_is_added_again_keeps_their_role(cast):
    cast.coordinator()
    reader = cast.coordinator("colin@programme.example", role=Role.READER)
    cast.coordinator("colin@programme.example")
    assert cast.get(Coordinator, reader).role == Role.READER


@pytest.mark.parametrize("approving", [approve, approve_soon])
def test_another_coordinator_approves_a_coordinators_own_request(cast, approving):
    cora = cast.acting(Actor.COORDINATOR, cast.coordinator())
    own = cast.request(email="Cora@programme.example")
    proposed = cast.proposal(own, cast.volunteer())
    with pytest.raises(NotAllowed, match="another coordinator"):
        approving(own, [proposed], cora)
    colin = cast.acting(Actor.COORDINATOR, cast.coordinator("colin@programme.example"))
    assert approving(own, [proposed], colin)


def test_settings_are_not_for_coordinators(cast):
    cast.coordinator()
    colin = cast.acting(Actor.COORDINATOR, cast.coordinator("colin@programme.example"))
    with pytest.raises(NotAllowed):
        save_settings(ProgrammeSettings(name="Another"), 0, colin)
