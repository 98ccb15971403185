"""Ask a question first: few are asked, within all that bars them, and an answer goes three ways."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.actions.clock.upkeep import settle_questions
from matcher.actions.network.advising import Author, SentNote, answer_other_side, write_note
from matcher.actions.network.asking_others import ask_others_due
from matcher.actions.network.asking_peers import (
    answer_peer,
    ask_first,
    ask_for_visit,
    decline_to_answer,
    remove_question,
    settle_with,
)
from matcher.actions.post.sending import look, mark_refused
from matcher.actions.privacy.erasing import erase
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.proposals.proposing import propose
from matcher.actions.requester.asking import withdraw_request
from matcher.actions.volunteer.volunteering import change_page, pause
from matcher.lifecycle import help_request
from matcher.lifecycle.advice import State as NoteState
from matcher.lifecycle.choices import WithdrawReason
from matcher.lifecycle.peer_question import AskState, State
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State as Standing
from matcher.records.advice import AdviceNote
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import PeerAnswer, PeerQuestion
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer

ASKED = "How long do council members need to get used to social media?"


def ask(cast, request_id, **when):
    return ask_first(LiveIndex(), request_id, ASKED, replace(ruth(cast), **when))


def ruth(cast):
    return cast.acting(Actor.REQUESTER)


def own(cast, volunteer_id):
    return cast.acting(Actor.VOLUNTEER, volunteer_id)


@pytest.fixture
def answered(cast):
    """Ruth asked, and Vera, who cannot travel so far, answered; the ids of both and the answer."""
    request_id, vera = cast.request(), cast.vera()
    ask(cast, request_id)
    answer_id = cast.rows(PeerAnswer)[0].id
    answer_peer(answer_id, "Half a year.", own(cast, vera))
    return request_id, vera, answer_id


def test_a_question_goes_to_the_three_who_fit_and_no_journey_bars_them(cast):
    request_id = cast.request()
    for _ in range(3):
        cast.vera()
    cast.volunteer(offer="I repair church organs.")
    cast.vera()
    assert ask(cast, request_id) == 3
    assert len(cast.emails("peer_question")) == 3
    assert "Ruth" not in repr([each.context for each in cast.emails("peer_question")])


def test_asked_twice_it_is_put_once(cast):
    request_id = cast.request()
    cast.volunteer()
    assert [ask(cast, request_id), ask(cast, request_id)] == [1, 1]
    assert len(cast.emails("peer_question")) == 1


def of_own_organisation(cast, volunteer_id):
    with writing() as session:
        volunteer = session.get_one(Volunteer, volunteer_id)
        volunteer.organisation = session.get_one(HelpRequest, 1).organisation
        publish_offer(session, volunteer, cast.occasion)


def with_a_topic(cast, volunteer_id):
    with writing() as session:
        volunteer = session.get_one(Volunteer, volunteer_id)
        volunteer.not_for_me = ["social media"]
        publish_offer(session, volunteer, cast.occasion)


def on_a_break(cast, volunteer_id):
    pause(volunteer_id, None, own(cast, volunteer_id))


def away_today(cast, volunteer_id):
    days = ((cast.occasion.today, cast.occasion.today),)
    change_page(volunteer_id, lambda page: replace(page, away=days), own(cast, volunteer_id))


def at_their_cap(cast, volunteer_id):
    once = {"asks_per_quarter": 1}
    change_page(volunteer_id, lambda page: replace(page, **once), own(cast, volunteer_id))
    other = cast.request(need="Help us with our libraries.", organisation="Derby")
    cast.invited(other, volunteer_id)


@pytest.mark.parametrize(
    "barred", [of_own_organisation, with_a_topic, on_a_break, away_today, at_their_cap]
)
def test_what_bars_an_invitation_bars_a_question(cast, barred):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    barred(cast, volunteer_id)
    with pytest.raises(NotAllowed):
        ask(cast, request_id)


def test_a_question_counts_towards_the_cap(cast):
    volunteer_id = cast.volunteer()
    once = {"asks_per_quarter": 1}
    change_page(volunteer_id, lambda page: replace(page, **once), own(cast, volunteer_id))
    ask(cast, cast.request())
    with pytest.raises(NotAllowed):
        ask(cast, cast.request(need="Social media for our members.", organisation="Derby"))


def test_a_question_waits_for_working_hours_and_so_does_its_deadline(cast):
    request_id, saturday = cast.request(), datetime(2026, 11, 28, 22, tzinfo=UTC)
    cast.volunteer()
    ask(cast, request_id, now=saturday)
    assert cast.emails("peer_question")[0].not_before == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert cast.rows(PeerAnswer)[0].answer_by == datetime(2026, 12, 3, 18, tzinfo=UTC)


def test_an_answer_is_told_without_name_and_address(cast, answered):
    (email,) = cast.emails("peer_answer")
    assert email.context["words"] == "Half a year."
    assert "Vera" not in repr(email.context)


def test_an_answer_can_end_the_request_and_is_counted(cast, answered):
    request_id, _vera, answer_id = answered
    settle_with(request_id, answer_id, ruth(cast))
    request = cast.get(HelpRequest, request_id)
    assert (request.state, request.end_reason) == (help_request.State.WITHDRAWN, "answered")
    assert cast.rows(PeerAnswer)[0].helped
    assert cast.rows(PeerQuestion)[0].state == State.SOLVED


def test_who_answered_is_proposed_first_but_not_beyond_their_limit(cast):
    request_id = cast.request()
    victor, near = cast.volunteer(offer="Social media."), cast.volunteer()
    vera = cast.vera()
    ask(cast, request_id)
    for asked in cast.rows(PeerAnswer):
        if asked.volunteer_id in {victor, vera}:
            answer_peer(asked.id, "Half a year.", own(cast, asked.volunteer_id))
    ask_for_visit(request_id, ruth(cast))
    propose(LiveIndex(), request_id, cast.occasion)
    ranked = sorted(cast.rows(Pairing), key=lambda kept: kept.rank)
    assert [kept.volunteer_id for kept in ranked] == [victor, near]


def test_an_answer_becomes_advice_when_both_agree(cast, answered):
    request_id, vera, answer_id = answered
    author = Author(Actor.REQUESTER, None, request_id, peer_answer_id=answer_id)
    note_id = write_note(author, SentNote("How long", ASKED, "Half a year."), "k", ruth(cast))
    assert cast.emails("advice_agree")[0].volunteer_id == vera
    answer_other_side(note_id, Author(Actor.VOLUNTEER, vera), "", own(cast, vera))
    assert cast.get(AdviceNote, note_id).state == NoteState.WITH_COORDINATOR


def test_when_all_say_no_the_requester_hears_at_once(cast):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    ask(cast, request_id)
    decline_to_answer(cast.rows(PeerAnswer)[0].id, own(cast, volunteer_id))
    assert cast.rows(PeerQuestion)[0].state == State.UNANSWERED
    assert len(cast.emails("peer_unanswered")) == 1


def test_silence_ends_at_the_deadline_and_a_late_answer_still_counts(cast):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    ask(cast, request_id)
    assert settle_questions(cast.occasion) == 0
    later = replace(cast.occasion, now=cast.occasion.now + timedelta(days=4))
    assert settle_questions(later) == 1
    assert settle_questions(later) == 0
    answer_peer(cast.rows(PeerAnswer)[0].id, "Half a year.", own(cast, volunteer_id))
    assert cast.rows(PeerQuestion)[0].state == State.ANSWERED


def test_a_question_ends_with_its_request_and_is_not_sent_any_more(cast):
    request_id = cast.request()
    cast.volunteer()
    ask(cast, request_id)
    withdraw_request(request_id, WithdrawReason.NOT_NEEDED, "", ruth(cast))
    settle_questions(cast.occasion)
    assert cast.rows(PeerAnswer)[0].state == AskState.STOOD_DOWN
    assert look(cast.emails("peer_question")[0].id, cast.occasion) is None


def test_a_report_reaches_the_coordinators_who_may_take_it_down(cast):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    ask(cast, request_id)
    answer_id = cast.rows(PeerAnswer)[0].id
    decline_to_answer(answer_id, own(cast, volunteer_id), report="It sells something.")
    remove_question(request_id, cast.acting(Actor.COORDINATOR))
    assert [task.words for task in cast.rows(Task)] == ["It sells something."]
    assert cast.rows(PeerQuestion)[0].state == State.REMOVED


def test_erasing_who_answered_leaves_no_word_of_theirs_with_the_requester(cast, answered, app):
    _request_id, vera, _answer_id = answered
    address = cast.get(Volunteer, vera).email
    erase(address, app.extensions["link_keys"], own(cast, vera))
    assert [asked.words for asked in cast.rows(PeerAnswer)] == [""]
    assert "Half a year" not in repr([each.context for each in cast.emails("peer_answer")])


def test_erasing_who_answered_takes_down_what_was_made_of_their_words(cast, answered, app):
    request_id, vera, answer_id = answered
    author = Author(Actor.REQUESTER, None, request_id, peer_answer_id=answer_id)
    note_id = write_note(author, SentNote("How long", ASKED, "Half a year."), "k", ruth(cast))
    erase(cast.get(Volunteer, vera).email, app.extensions["link_keys"], own(cast, vera))
    note = cast.get(AdviceNote, note_id)
    assert (note.state, note.helped) == (NoteState.TAKEN_DOWN, "(erased)")


def came_back(cast, email, words="550 5.1.1 no such user"):
    mark_refused(email.id, words, cast.occasion)


def test_a_question_that_came_back_is_put_to_the_next_and_the_requester_is_told(cast):
    request_id = cast.request()
    for _ in range(4):
        cast.volunteer()
    ask(cast, request_id)
    came_back(cast, cast.emails("peer_question")[0])
    ask_others_due(LiveIndex(), cast.occasion)
    states = [each.state for each in cast.rows(PeerAnswer)]
    assert states == [AskState.LAPSED, AskState.ASKED, AskState.ASKED, AskState.ASKED]
    (told,) = cast.emails("peer_unreached")
    assert told.context["awaited"] == 3


def test_where_nobody_else_fits_the_requester_waits_no_longer(cast):
    request_id, _victor = cast.request(), cast.volunteer()
    ask(cast, request_id)
    came_back(cast, cast.emails("peer_question")[0])
    assert [ask_others_due(LiveIndex(), cast.occasion) for _ in range(2)] == [1, 0]
    assert cast.rows(PeerQuestion)[0].state == State.UNANSWERED
    assert [each.context["awaited"] for each in cast.emails("peer_unreached")] == [0]
    assert cast.emails("peer_unanswered") == []


def test_what_the_requester_is_told_names_nobody(cast):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    ask(cast, request_id)
    came_back(cast, cast.emails("peer_question")[0])
    ask_others_due(LiveIndex(), cast.occasion)
    victor, told = cast.get(Volunteer, volunteer_id), cast.emails("peer_unreached")[0].context
    assert not any(each in repr(told) for each in (victor.name, victor.email, "5.1.1"))


def test_an_answer_that_came_leaves_the_requester_alone(cast, answered):
    with writing() as session:
        session.get_one(PeerQuestion, 1).unreached_at = cast.occasion.now
    ask_others_due(LiveIndex(), cast.occasion)
    assert cast.emails("peer_unreached") == []
    assert cast.rows(PeerQuestion)[0].unreached_at is None


def test_a_bad_address_ends_every_question_to_it(cast):
    volunteer_id = cast.volunteer()
    ask(cast, cast.request())
    ask(cast, cast.request(need="Social media for our members.", organisation="Derby"))
    came_back(cast, cast.emails("peer_question")[1])
    assert {each.state for each in cast.rows(PeerAnswer)} == {AskState.LAPSED}
    assert cast.get(Volunteer, volunteer_id).state == Standing.UNVERIFIED
