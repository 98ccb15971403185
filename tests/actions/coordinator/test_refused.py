from datetime import timedelta

import pytest

from matcher.actions.coordinator.refused import set_aside, try_again
from matcher.actions.post.sending import look, mark_refused, take
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.history import Happening
from matcher.records.outbox import OutgoingEmail


@pytest.fixture
def cora(cast):
    return cast.acting(Actor.COORDINATOR, cast.coordinator())


@pytest.fixture
def refused(cast):
    """An email that the mail server refused; its id."""
    cast.request()
    email_id = cast.emails("request_received")[0].id
    mark_refused(email_id, "550 no such mailbox", cast.acting(Actor.CLOCK))
    return email_id


def test_an_email_tried_again_is_taken_by_the_next_worker(cast, cora, refused):
    try_again(refused, cora)
    assert refused in take(cast.occasion, 10, timedelta(minutes=1))


def test_an_email_tried_again_keeps_its_message_id(cast, cora, refused):
    before = cast.get(OutgoingEmail, refused).message_id
    try_again(refused, cora)
    assert cast.get(OutgoingEmail, refused).message_id == before


def test_an_email_set_aside_goes_no_more(cast, cora, refused):
    set_aside(refused, cora)
    assert look(refused, cast.occasion) is None
    assert cast.get(OutgoingEmail, refused).sent_at is None


def test_what_was_done_is_in_the_history(cast, cora, refused):
    set_aside(refused, cora)
    done = cast.rows(Happening, subject="outgoing_email")
    assert [(row.event, row.actor_id) for row in done] == [("set_aside", cora.actor_id)]


@pytest.mark.parametrize("action", [try_again, set_aside])
def test_an_email_set_aside_stays_so(cora, refused, action):
    set_aside(refused, cora)
    with pytest.raises(NotAllowed):
        action(refused, cora)


@pytest.mark.parametrize("action", [try_again, set_aside])
def test_an_email_that_waits_is_left_to_the_worker(cast, cora, action):
    cast.request()
    with pytest.raises(NotAllowed):
        action(cast.emails("request_received")[0].id, cora)


@pytest.mark.parametrize("action", [try_again, set_aside])
def test_an_email_that_is_not_there_is_not_found(cora, action):
    with pytest.raises(NotFound):
        action(999, cora)
