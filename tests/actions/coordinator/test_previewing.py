import pytest

from matcher.actions.coordinator.previewing import Writing, preview_invitations
from matcher.app import shipped_folder
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.tables import Actor
from matcher.mail.rendering import Renderer
from matcher.records.links import Link
from tests.cast import STORY_NEED


@pytest.fixture
def preview(app, cast):
    """What Cora would see of approving these pairings."""
    writing = Writing(Renderer(shipped_folder("templates") / "email"), "https://help.test")

    def of(request_id, *pairing_ids):
        occasion = cast.acting(Actor.COORDINATOR)
        return preview_invitations(request_id, pairing_ids, writing, occasion)

    return of


def test_the_words_are_those_that_would_be_sent(cast, preview):
    request_id = cast.request()
    [shown] = preview(request_id, cast.proposal(request_id, cast.volunteer()))
    assert STORY_NEED in " ".join(shown.text.split())
    assert "West Berkshire Council" in shown.subject


def test_no_link_that_works_is_made_for_a_preview(cast, preview):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    preview(request_id, pairing_id)
    assert cast.rows(Link, pairing_id=pairing_id) == []


def test_the_best_go_in_the_next_wave_and_the_others_wait(cast, preview):
    request_id = cast.request()
    ids = [cast.proposal(request_id, cast.volunteer(), rank) for rank in range(1, 6)]
    assert [each.next_wave for each in preview(request_id, *ids)] == [True] * 3 + [False] * 2


def test_those_approved_before_go_first(cast, preview):
    request_id = cast.request()
    for _ in range(3):
        cast.invited(request_id, cast.volunteer())
    late = cast.proposal(request_id, cast.volunteer(), rank=9)
    assert [each.next_wave for each in preview(request_id, late)] == [False]


def test_pairings_of_others_and_those_already_asked_are_left_out(cast, preview):
    request_id, other = cast.request(), cast.request()
    asked = cast.invited(request_id, cast.volunteer())
    elsewhere = cast.proposal(other, cast.volunteer())
    assert preview(request_id, asked, elsewhere) == ()


def test_a_request_that_is_not_there_is_not_found(preview):
    with pytest.raises(NotFound):
        preview(999)
