"""Hellos: both agreed, few, in working hours, without an address, and ended by one press."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.actions.clock.upkeep import lapse_hellos
from matcher.actions.network.finding_peers import people_like
from matcher.actions.network.greeting import (
    bar_from_hellos,
    be_findable,
    end_hello,
    report_hello,
    say_hello,
    write_back,
)
from matcher.actions.post.sending import look, mark_refused
from matcher.actions.privacy.erasing import erase
from matcher.actions.privacy.retaining import apply_retention
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.volunteer.volunteering import leave, pause
from matcher.lifecycle.hello import State
from matcher.lifecycle.refusals import NotAllowed, TooMany
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.hellos import Hello, HelloWords
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer


@pytest.fixture
def meet(cast):
    """Make volunteers who agreed to be found; their ids."""

    def of(number):
        ids = [cast.volunteer(name=f"Person {each}") for each in range(number)]
        for volunteer_id in ids:
            be_findable(volunteer_id, True, cast.acting(Actor.VOLUNTEER, volunteer_id))
        return ids

    return of


def acting(cast, volunteer_id, later=timedelta()):
    own = cast.acting(Actor.VOLUNTEER, volunteer_id)
    return replace(own, now=own.now + later)


def test_the_words_go_on_and_no_address_does(cast, meet):
    anna, bert = meet(2)
    say_hello(anna, bert, "Hello!", acting(cast, anna))
    (email,) = cast.emails("hello")
    assert (email.volunteer_id, email.context["words"]) == (bert, "Hello!")
    assert cast.get(Volunteer, anna).email not in repr(email.context)


def test_a_hello_waits_for_the_hours_of_asking(cast, meet):
    anna, bert = meet(2)
    saturday = replace(acting(cast, anna), now=datetime(2026, 11, 28, 22, tzinfo=UTC))
    say_hello(anna, bert, "Hello!", saturday)
    assert cast.emails("hello")[0].not_before == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_who_did_not_agree_is_neither_found_nor_greeted(cast, meet):
    anna, bert = *meet(1), cast.volunteer()
    assert people_like(LiveIndex(), db.session(), anna, 5) == []
    with pytest.raises(NotAllowed):
        say_hello(anna, bert, "Hello!", acting(cast, anna))


def test_people_like_you_are_those_who_offer_the_same(cast, meet):
    anna, bert = meet(2)
    other = cast.volunteer(offer="I repair church organs.")
    be_findable(other, True, acting(cast, other))
    assert people_like(LiveIndex(), db.session(), anna, 5) == [bert]


def test_one_says_hello_to_somebody_once(cast, meet):
    anna, bert = meet(2)
    first = say_hello(anna, bert, "Hello!", acting(cast, anna))
    assert say_hello(anna, bert, "Hello again!", acting(cast, anna)) == first
    with pytest.raises(NotAllowed):
        say_hello(bert, anna, "And to you!", acting(cast, bert))
    assert len(cast.emails("hello")) == 1


def test_as_many_hellos_go_out_in_seven_days_as_the_setting_says_and_no_more(cast, meet):
    anna, *others = meet(7)
    for each in others[:5]:
        say_hello(anna, each, "Hello!", acting(cast, anna))
    almost, whole = timedelta(days=6, hours=23), timedelta(days=7)
    with pytest.raises(TooMany):
        say_hello(anna, others[5], "Hello!", acting(cast, anna, almost))
    say_hello(anna, others[5], "Hello!", acting(cast, anna, whole))
    assert len(cast.rows(Hello)) == 6


def test_nobody_is_sent_more_than_three_a_week(cast, meet):
    anna, *others = meet(5)
    for each in others[:3]:
        say_hello(each, anna, "Hello!", acting(cast, each))
    with pytest.raises(TooMany):
        say_hello(others[3], anna, "Hello!", acting(cast, others[3]))


def test_an_answer_goes_back_and_both_may_write_on(cast, meet):
    anna, bert = meet(2)
    hello_id = say_hello(anna, bert, "Hello!", acting(cast, anna))
    with pytest.raises(NotAllowed):
        write_back(hello_id, anna, "Are you there?", acting(cast, anna))
    write_back(hello_id, bert, "Here!", acting(cast, bert))
    write_back(hello_id, anna, "Good.", acting(cast, anna))
    told = [(each.volunteer_id, each.context["words"]) for each in cast.emails("hello_answer")]
    assert told == [(anna, "Here!"), (bert, "Good.")]


def test_one_press_ends_everything_and_what_waits_is_not_passed_on(cast, meet):
    anna, bert = meet(2)
    say_hello(anna, bert, "Hello!", acting(cast, anna))
    be_findable(bert, False, acting(cast, bert))
    assert cast.rows(Hello)[0].state == State.ENDED
    assert look(cast.emails("hello")[0].id, cast.occasion) is None
    assert cast.emails("hello")[0].skipped_because == "stopped"


def test_who_was_blocked_cannot_try_again_and_a_coordinator_is_told(cast, meet):
    anna, bert = meet(2)
    hello_id = say_hello(anna, bert, "Hello!", acting(cast, anna))
    report_hello(hello_id, bert, "Rude.", acting(cast, bert))
    assert say_hello(anna, bert, "Again!", acting(cast, anna)) == hello_id
    assert len(cast.emails("hello")) == 1
    assert people_like(LiveIndex(), db.session(), anna, 5) == []
    (task,) = cast.rows(Task)
    assert (task.words, task.volunteer_id) == ("Rude.", anna)


def test_a_no_is_not_told(cast, meet):
    anna, bert = meet(2)
    hello_id = say_hello(anna, bert, "Hello!", acting(cast, anna))
    for _ in range(2):
        end_hello(hello_id, bert, acting(cast, bert))
    assert cast.rows(Hello)[0].state == State.DECLINED
    assert cast.emails("hello_answer") == []


def test_a_hello_that_is_left_unanswered_lapses(cast, meet):
    anna, bert = meet(2)
    say_hello(anna, bert, "Hello!", acting(cast, anna))
    assert lapse_hellos(cast.occasion) == 0
    assert lapse_hellos(replace(cast.occasion, now=cast.occasion.now + timedelta(days=30))) == 1
    assert cast.rows(Hello)[0].state == State.LAPSED


@pytest.mark.parametrize("ended", [pause, leave])
def test_who_takes_a_break_or_left_is_not_greeted(cast, meet, ended):
    anna, bert = meet(2)
    until = (None,) if ended is pause else ()
    ended(bert, *until, acting(cast, bert))
    with pytest.raises(NotAllowed):
        say_hello(anna, bert, "Hello!", acting(cast, anna))


def test_whom_a_coordinator_barred_cannot_agree_again(cast, meet):
    (anna,) = meet(1)
    bar_from_hellos(anna, cast.acting(Actor.COORDINATOR))
    with pytest.raises(NotAllowed):
        be_findable(anna, True, acting(cast, anna))


def test_erasing_somebody_leaves_no_word_of_theirs_with_the_other(cast, meet, app):
    anna, bert = meet(2)
    hello_id = say_hello(anna, bert, "Zqxjk hello!", acting(cast, anna))
    write_back(hello_id, bert, "Here!", acting(cast, bert))
    address = cast.get(Volunteer, anna).email
    erase(address, app.extensions["link_keys"], cast.acting(Actor.VOLUNTEER, anna))
    assert [row.words for row in cast.rows(HelloWords)] == ["", "Here!"]
    assert "Zqxjk" not in repr([each.context for each in cast.emails("hello")])
    assert cast.rows(Hello)[0].state == State.ENDED


def test_what_was_written_is_forgotten_after_the_months_of_emails(cast, meet):
    anna, bert = meet(2)
    say_hello(anna, bert, "Hello!", acting(cast, anna))
    apply_retention(replace(cast.occasion, now=cast.occasion.now + timedelta(days=200)))
    assert [row.words for row in cast.rows(HelloWords)] == [""]


def came_back(cast, name):
    mark_refused(cast.emails(name)[-1].id, "550 5.1.1 no such user", cast.occasion)


def test_a_hello_that_came_back_is_given_back_to_its_author_without_a_reason(cast, meet):
    anna, bert = meet(2)
    say_hello(anna, bert, "Hello!", acting(cast, anna))
    came_back(cast, "hello")
    (told,) = cast.emails("hello_unpassed")
    assert (told.volunteer_id, told.context["words"]) == (anna, "Hello!")
    assert not any(each in repr(told.context) for each in (cast.get(Volunteer, bert).email, "550"))
    assert cast.rows(Hello)[0].state == State.LAPSED


def test_an_answer_that_came_back_is_told_to_who_wrote_it_and_the_two_stay_in_touch(cast, meet):
    anna, bert = meet(2)
    hello_id = say_hello(anna, bert, "Hello!", acting(cast, anna))
    write_back(hello_id, bert, "Hello, Anna!", acting(cast, bert, timedelta(hours=1)))
    came_back(cast, "hello_answer")
    assert [each.volunteer_id for each in cast.emails("hello_unpassed")] == [bert]
    assert cast.rows(Hello)[0].state == State.ANSWERED


def test_nobody_is_told_of_words_that_were_answered_since(cast, meet):
    anna, bert = meet(2)
    hello_id = say_hello(anna, bert, "Hello!", acting(cast, anna))
    write_back(hello_id, bert, "Hello, Anna!", acting(cast, bert, timedelta(hours=1)))
    came_back(cast, "hello")
    assert cast.emails("hello_unpassed") == []
