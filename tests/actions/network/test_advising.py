"""A note of advice: who must agree before it is public, and who may change it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from matcher.actions.clock.upkeep import ask_about_advice
from matcher.actions.network.advising import (
    Author,
    SentNote,
    amend_note,
    answer_other_side,
    count_answered,
    publish_note,
    refuse_note,
    report_note,
    take_down_own,
    write_note,
)
from matcher.lifecycle.advice import State
from matcher.lifecycle.refusals import IllegalMove, NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.advice import AdviceNote, AdviceReport

SENT = SentNote(
    title="What to post and what to leave",
    needed="Our chief executive asked what social media is for.",
    helped="A rota for evenings, and a page of questions that we never answer.",
    topics=("social media",),
    shown_as="Asha K.",
)


@pytest.fixture
def visit(cast):
    """Victor and Ruth were introduced; who each of them is when they write about it."""
    request_id, volunteer_id = cast.request(), cast.volunteer()
    pairing_id = cast.confirmed(request_id, volunteer_id)
    victor = Author(Actor.VOLUNTEER, volunteer_id, None, pairing_id)
    return victor, Author(Actor.REQUESTER, None, request_id, pairing_id)


def alone(cast) -> Author:
    return Author(Actor.VOLUNTEER, cast.volunteer())


def write(cast, author, **changes):
    return write_note(author, replace(SENT, **changes), uuid4().hex, cast.acting(author.side))


def published(cast, author=None, **changes):
    note_id = write(cast, author or alone(cast), **changes)
    publish_note(note_id, cast.acting(Actor.COORDINATOR))
    return note_id


def state(cast, note_id):
    return cast.get(AdviceNote, note_id).state


def test_a_note_without_a_visit_goes_to_the_coordinators(cast):
    assert state(cast, write(cast, alone(cast))) == State.WITH_COORDINATOR


def test_a_note_about_a_visit_goes_to_the_other_side_first(cast, visit):
    victor, ruth = visit
    note_id = write(cast, victor)
    asked = cast.emails("advice_agree")
    assert state(cast, note_id) == State.WITH_OTHER_SIDE
    assert [email.help_request_id for email in asked] == [ruth.help_request_id]


def test_no_coordinator_can_publish_what_the_other_side_has_not_agreed_to(cast, visit):
    note_id = write(cast, visit[0])
    with pytest.raises(IllegalMove):
        publish_note(note_id, cast.acting(Actor.COORDINATOR))


def test_it_is_public_when_both_the_other_side_and_a_coordinator_agree(cast, visit):
    victor, ruth = visit
    note_id = write(cast, victor)
    answer_other_side(note_id, ruth, "", cast.acting(Actor.REQUESTER))
    publish_note(note_id, cast.acting(Actor.COORDINATOR))
    assert state(cast, note_id) == State.PUBLISHED
    assert len(cast.emails("advice_published")) == 1


def test_the_other_sides_objection_is_told_to_the_author(cast, visit):
    victor, ruth = visit
    note_id = write(cast, victor)
    answer_other_side(note_id, ruth, "It names our leader.", cast.acting(Actor.REQUESTER))
    (told,) = cast.emails("advice_refused")
    assert told.volunteer_id == victor.volunteer_id
    assert told.context["reason"] == "It names our leader."


def test_nobody_agrees_to_their_own_note(cast, visit):
    victor, _ruth = visit
    note_id = write(cast, victor)
    with pytest.raises(NotFound):
        answer_other_side(note_id, victor, "", cast.acting(Actor.VOLUNTEER))


def test_what_is_changed_is_agreed_to_and_read_anew(cast, visit):
    victor, ruth = visit
    note_id = write(cast, victor)
    answer_other_side(note_id, ruth, "", cast.acting(Actor.REQUESTER))
    publish_note(note_id, cast.acting(Actor.COORDINATOR))
    amend_note(note_id, victor, replace(SENT, title="Another"), cast.acting(Actor.VOLUNTEER))
    assert state(cast, note_id) == State.WITH_OTHER_SIDE
    assert len(cast.emails("advice_agree")) == 2


def test_nobody_changes_or_takes_down_somebody_elses_note(cast, visit):
    note_id = published(cast)
    with pytest.raises(NotFound):
        take_down_own(note_id, visit[0], cast.acting(Actor.VOLUNTEER))


def test_two_presses_are_one_note(cast):
    author, key = alone(cast), uuid4().hex
    first = write_note(author, SENT, key, cast.acting(Actor.VOLUNTEER))
    assert write_note(author, SENT, key, cast.acting(Actor.VOLUNTEER)) == first


def test_two_notes_of_one_title_have_two_addresses(cast):
    author = alone(cast)
    ids = [write(cast, author), write(cast, author), write(cast, author)]
    assert len({cast.get(AdviceNote, note_id).slug for note_id in ids}) == 3


def test_a_title_without_latin_letters_has_an_address(cast):
    note_id = write(cast, alone(cast), title="?!")
    assert cast.get(AdviceNote, note_id).slug == "advice"


def test_a_refused_note_says_why_and_may_be_sent_again(cast):
    author = alone(cast)
    note_id = write(cast, author)
    refuse_note(note_id, "It names a person.", cast.acting(Actor.COORDINATOR))
    amend_note(note_id, author, SENT, cast.acting(Actor.VOLUNTEER))
    assert cast.emails("advice_refused")[0].context["reason"] == "It names a person."
    assert state(cast, note_id) == State.WITH_COORDINATOR


def test_only_a_public_note_can_be_reported(cast):
    note_id = write(cast, alone(cast))
    slug = cast.get(AdviceNote, note_id).slug
    with pytest.raises(NotFound):
        report_note(slug, "Wrong.", cast.acting(Actor.REQUESTER))
    assert cast.rows(AdviceReport) == []


def test_every_request_that_ends_with_a_note_is_counted(cast):
    note_id = published(cast)
    for _ in range(3):
        count_answered(cast.get(AdviceNote, note_id).slug)
    assert cast.get(AdviceNote, note_id).answered == 3


def test_after_a_year_the_author_is_asked_once_whether_it_still_holds(cast):
    published(cast)
    later = replace(cast.acting(Actor.CLOCK), now=cast.occasion.now + timedelta(days=366))
    assert ask_about_advice(later) == 1
    assert ask_about_advice(later) == 0
    assert len(cast.emails("advice_holds")) == 1
