"""Events: who decides on them, who will be there, and what that does to proposals."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from matcher.actions.clock.upkeep import remind_of_events
from matcher.actions.network.attending import (
    SentEvent,
    add_event,
    decide_on_event,
    say_going,
    say_not_going,
    want_event_news,
    wish_reminder,
)
from matcher.actions.network.feeding import feed_events
from matcher.actions.proposals.proposing import LiveIndex, explain_barred, propose
from matcher.lifecycle import pairing
from matcher.lifecycle.event import Event, State
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.matching.offers import Bar
from matcher.places.gazetteer import Gazetteer
from matcher.records.database import db
from matcher.records.events import Going, MeetingEvent
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.candidates import list_candidates
from matcher.records.pairings import Pairing
from tests.cast import WALSALL, WANTED

CAMP = SentEvent("Unconference North", WANTED[0], WANTED[0], WALSALL)
FILE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@camp\r\nDTSTART;VALUE=DATE:20270120\r\n"
    "SUMMARY:Camp\r\nLOCATION:{place}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def add(cast, actor=Actor.COORDINATOR, actor_id=None, given=CAMP):
    return add_event(given, uuid4().hex, cast.acting(actor, actor_id))


def state(cast, event_id):
    return cast.get(MeetingEvent, event_id).state


def proposed(cast, request_id):
    propose(LiveIndex(), request_id, cast.acting(Actor.CLOCK))
    return cast.rows(Pairing, help_request_id=request_id, state=pairing.State.PROPOSED)


@pytest.fixture
def both(cast):
    """Ruth and Vera, who goes no further than ten miles, and an event to which both go."""
    request_id, volunteer_id, event_id = cast.request(), cast.vera(), add(cast)
    say_going(event_id, cast.acting(Actor.VOLUNTEER, volunteer_id))
    say_going(event_id, cast.acting(Actor.REQUESTER), help_request_id=request_id)
    return request_id, volunteer_id, event_id


def test_two_who_go_to_one_event_are_proposed_beyond_the_travel_limit(cast, both):
    request_id, volunteer_id, _event_id = both
    (kept,) = proposed(cast, request_id)
    assert kept.volunteer_id == volunteer_id
    (candidate,) = list_candidates(db.session(), request_id, cast.occasion.now)
    assert candidate.match.both_at.name == "Unconference North"
    assert candidate.match.both_at.on == WANTED[0]


def test_who_no_longer_goes_is_barred_again(cast, both):
    request_id, volunteer_id, event_id = both
    proposed(cast, request_id)
    say_not_going(event_id, cast.acting(Actor.VOLUNTEER, volunteer_id))
    assert cast.get(HelpRequest, request_id).proposed_at is None
    assert proposed(cast, request_id) == []


def test_who_is_met_at_an_event_is_not_counted_among_the_barred(cast, both):
    request_id, volunteer_id, event_id = both
    found = explain_barred(LiveIndex(), request_id, cast.acting(Actor.COORDINATOR))
    assert (found.counts, found.at_events) == ((), (("Unconference North", 1),))
    say_not_going(event_id, cast.acting(Actor.VOLUNTEER, volunteer_id))
    found = explain_barred(LiveIndex(), request_id, cast.acting(Actor.COORDINATOR))
    assert ([each.bar for each in found.counts], found.at_events) == ([Bar.TOO_FAR], ())


def test_an_event_that_is_called_off_brings_nobody_together(cast, both):
    request_id, _volunteer_id, event_id = both
    decide_on_event(event_id, Event.CALL_OFF, cast.acting(Actor.COORDINATOR))
    assert proposed(cast, request_id) == []
    assert len(cast.emails("event_called_off")) == 2


def test_to_be_there_is_said_once_however_often_it_is_pressed(cast, both):
    _request_id, volunteer_id, event_id = both
    say_going(event_id, cast.acting(Actor.VOLUNTEER, volunteer_id))
    assert len(cast.rows(Going, volunteer_id=volunteer_id)) == 1


def test_what_a_volunteer_proposes_waits_for_a_coordinator(cast):
    event_id = add(cast, Actor.VOLUNTEER, cast.volunteer())
    assert state(cast, event_id) == State.PROPOSED
    with pytest.raises(NotAllowed):
        say_going(event_id, cast.acting(Actor.VOLUNTEER, cast.volunteer()))


def test_only_those_who_asked_hear_of_a_new_event(cast):
    cast.volunteer()
    curious = cast.volunteer()
    want_event_news(True, cast.acting(Actor.VOLUNTEER, curious))
    add(cast)
    assert [email.volunteer_id for email in cast.emails("event_news")] == [curious]


def test_nobody_can_say_they_will_be_at_an_event_that_is_over(cast):
    past = SentEvent("Camp", date(2026, 1, 5), date(2026, 1, 6), WALSALL)
    event_id = add(cast, given=past)
    with pytest.raises(NotAllowed):
        say_going(event_id, cast.acting(Actor.VOLUNTEER, cast.volunteer()))


def test_a_calendar_file_read_twice_proposes_each_event_once(cast):
    content = FILE.format(place="Town Hall\\, Walsall").encode()
    for _ in range(2):
        feed_events(content, Gazetteer.load(), cast.acting(Actor.CLOCK))
    (event,) = cast.rows(MeetingEvent)
    assert (event.state, event.outcode[:2]) == (State.PROPOSED, "WS")


def test_an_event_whose_place_nobody_knows_is_named_and_left_out(cast):
    content = FILE.format(place="Atlantis").encode()
    fed = feed_events(content, Gazetteer.load(), cast.acting(Actor.CLOCK))
    assert fed.problems == ("Camp: the place “Atlantis” is not known, or may be several",)


def test_who_wished_it_is_reminded_once_and_nobody_else_is(cast):
    event_id = add_event(CAMP, uuid4().hex, cast.acting(Actor.COORDINATOR))
    wishes, other, request_id = cast.volunteer(), cast.volunteer(), cast.request()
    for volunteer_id in (wishes, other):
        say_going(event_id, cast.acting(Actor.VOLUNTEER, volunteer_id))
    say_going(event_id, cast.acting(Actor.REQUESTER), help_request_id=request_id)
    wish_reminder(event_id, True, cast.acting(Actor.VOLUNTEER, wishes))
    wish_reminder(event_id, True, cast.acting(Actor.REQUESTER), help_request_id=request_id)
    first = datetime.combine(CAMP.first_on, time(10), UTC)
    days = [replace(cast.occasion, now=first - timedelta(days=each)) for each in (4, 3, 2, 0)]
    assert [remind_of_events(day) for day in days] == [0, 2, 0, 0]
    told = {each.volunteer_id for each in cast.emails("event_reminder")}
    assert told == {wishes, None}
