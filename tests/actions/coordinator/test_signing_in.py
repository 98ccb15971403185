import pytest

from matcher.actions.coordinator.access import end_coordinator
from matcher.actions.coordinator.signing_in import send_sign_in_link, sign_in_coordinator
from matcher.lifecycle.refusals import LinkUsed, NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose

CORA = "cora@programme.example"
NETWORK = "192.0.2.0/24"


def ask(cast, times=1, network=NETWORK):
    for _ in range(times):
        send_sign_in_link(CORA, network, cast.acting(Actor.COORDINATOR))


def sent(cast):
    return [email for email in cast.emails("coordinator_sign_in") if email.skipped_at is None]


def test_a_coordinator_may_sign_in_more_often_than_a_stranger_is_written_to(cast):
    cast.coordinator()
    ask(cast, cast.occasion.settings.confirmations_per_address + 1)
    assert len(sent(cast)) == cast.occasion.settings.confirmations_per_address + 1


def test_links_to_sign_in_have_a_limit_of_their_own(cast):
    cast.coordinator()
    ask(cast, cast.occasion.settings.sign_ins_per_address + 1)
    assert len(sent(cast)) == cast.occasion.settings.sign_ins_per_address


def test_forms_sent_with_a_coordinators_address_keep_nobody_out(cast):
    cast.coordinator()
    for _ in range(cast.occasion.settings.confirmations_per_address + 1):
        cast.request(email=CORA, confirmed=False)
    ask(cast)
    assert len(sent(cast)) == 1


def test_nobody_else_gets_a_link(cast):
    cast.coordinator()
    send_sign_in_link("nobody@programme.example", NETWORK, cast.acting(Actor.COORDINATOR))
    assert sent(cast) == []


def test_a_link_is_good_once(cast):
    coordinator_id = cast.coordinator()
    ask(cast)
    link_id = cast.link_id(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id)
    sign_in_coordinator(link_id, cast.acting(Actor.COORDINATOR))
    with pytest.raises(LinkUsed):
        sign_in_coordinator(link_id, cast.acting(Actor.COORDINATOR))


def test_a_link_is_good_for_nothing_after_the_access_has_ended(cast):
    coordinator_id = cast.coordinator()
    ask(cast)
    link_id = cast.link_id(Purpose.SIGN_IN_COORDINATOR, coordinator_id=coordinator_id)
    end_coordinator(CORA, cast.acting(Actor.COORDINATOR))
    with pytest.raises(NotAllowed):
        sign_in_coordinator(link_id, cast.acting(Actor.COORDINATOR))


def test_the_access_of_nobody_cannot_be_ended(cast):
    with pytest.raises(NotFound):
        end_coordinator("nobody@programme.example", cast.acting(Actor.COORDINATOR))
