"""Who has access to the desk, and that it ends at once but never for everybody."""

import pytest

from matcher.actions.coordinator.access import add_coordinator, change_role, end_access
from matcher.actions.linking import get_link
from matcher.lifecycle.access import AccessEvent, Role, Sight
from matcher.lifecycle.refusals import LinkRevoked, NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose, make_token
from matcher.records.coordinators import Coordinator
from matcher.records.database import db
from matcher.records.history import Happening


@pytest.fixture
def cora(cast):
    return cast.acting(Actor.COORDINATOR, cast.coordinator())


def test_the_last_administrator_is_never_locked_out(cast, cora):
    cast.coordinator("colin@programme.example")
    with pytest.raises(NotAllowed):
        end_access(cora.actor_id, cora)
    with pytest.raises(NotAllowed):
        change_role(cora.actor_id, Role.READER, cora)


def test_of_two_administrators_one_may_go(cast, cora):
    cast.coordinator("colin@programme.example", role=Role.ADMINISTRATOR)
    end_access(cora.actor_id, cora)
    assert cast.get(Coordinator, cora.actor_id).ended_at == cora.now


def test_an_invitation_no_longer_works_when_access_has_ended(app, cast, cora):
    colin = add_coordinator("colin@programme.example", "Colin Field", cora, Role.READER)
    end_access(colin, cora)
    keys, purpose = app.extensions["link_keys"], Purpose.COORDINATOR_INVITED
    token = make_token(keys, "one", purpose, cast.link_id(purpose, coordinator_id=colin))
    with pytest.raises(LinkRevoked):
        get_link(db.session(), keys, purpose, token, cora.now)


def test_coordinators_invite_nobody(cast, cora):
    colin = cast.acting(Actor.COORDINATOR, cast.coordinator("colin@programme.example"))
    with pytest.raises(NotAllowed):
        add_coordinator("friend@elsewhere.example", "A friend", colin, Role.ADMINISTRATOR)


def test_every_change_of_access_is_in_the_log(cast, cora):
    colin = cast.coordinator("colin@programme.example")
    change_role(colin, Role.READER, cora)
    change_role(colin, Role.READER, cora, Sight(("E06000037",), "West Berkshire"))
    change_role(colin, Role.READER, cora, Sight())
    end_access(colin, cora)
    log = cast.rows(Happening, subject="coordinator", subject_id=colin)
    assert [each.event for each in log] == list(AccessEvent)


def test_who_administers_sees_every_area(cast, cora):
    colin = cast.coordinator("colin@programme.example")
    with pytest.raises(NotAllowed):
        change_role(colin, Role.ADMINISTRATOR, cora, Sight(("E06000037",), "West Berkshire"))


def test_whoever_becomes_an_administrator_loses_their_areas(cast, cora):
    colin = cast.coordinator("colin@programme.example")
    change_role(colin, Role.READER, cora, Sight(("E06000037",), "West Berkshire"))
    change_role(colin, Role.ADMINISTRATOR, cora)
    assert cast.get(Coordinator, colin).areas is None


def test_whoever_is_invited_again_keeps_their_areas(cast, cora):
    colin = cast.coordinator("colin@programme.example")
    change_role(colin, Role.READER, cora, Sight(("E06000037",), "West Berkshire"))
    cast.coordinator("colin@programme.example")
    assert cast.get(Coordinator, colin).areas == ("E06000037",)
