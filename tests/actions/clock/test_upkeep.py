from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.clock.upkeep import run_upkeep
from matcher.actions.post.sending import mark_refused, mark_sent
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer


@pytest.fixture
def asked(cast):
    """A pairing whose invitation was sent on Monday morning, and its volunteer."""
    volunteer_id = cast.volunteer()
    pairing_id = cast.invited(cast.request(), volunteer_id)
    mark_sent(cast.emails("invitation")[0].id, cast.occasion)
    return pairing_id, volunteer_id


def later(cast, **span):
    return replace(cast.occasion, now=cast.occasion.now + timedelta(**span))


def test_the_clock_of_an_ask_starts_when_its_email_was_sent(cast, asked):
    kept = cast.get(Pairing, asked[0])
    assert (kept.invited_at, kept.answer_by.day) == (cast.occasion.now, 30)


def test_an_ask_without_an_answer_lapses_and_there_is_nobody(cast, asked):
    run_upkeep(later(cast, days=8))
    kept = cast.get(Pairing, asked[0])
    assert kept.state == pairing.State.LAPSED
    assert cast.get(HelpRequest, kept.help_request_id).state == help_request.State.NOBODY


def test_an_ask_is_reminded_of_once(cast, asked):
    for hours in (3 * 24 + 9, 3 * 24 + 10):
        run_upkeep(later(cast, hours=hours))
    assert len(cast.emails("reminder")) == 1


def test_a_clock_that_stood_still_for_a_week_sends_no_stale_reminder(cast, asked):
    run_upkeep(later(cast, days=8))
    assert cast.emails("reminder") == []


def test_who_lapses_twice_rests_and_is_asked_whether_they_are_still_up_for_it(cast, asked):
    run_upkeep(later(cast, days=8))
    second = cast.invited(cast.request(), asked[1])
    mark_sent(cast.emails("invitation", pairing_id=second)[0].id, cast.occasion)
    run_upkeep(later(cast, days=8))
    assert cast.get(Volunteer, asked[1]).state == standing.State.RESTING
    assert len(cast.emails("still_up_for_it")) == 1


def test_running_upkeep_twice_is_running_it_once(cast, asked):
    run_upkeep(later(cast, days=8))
    before = len(cast.emails("nobody"))
    run_upkeep(later(cast, days=8))
    assert (before, len(cast.emails("nobody"))) == (1, 1)


def test_a_refused_invitation_brings_the_next_and_the_address_is_to_be_proved_again(cast):
    volunteer_id = cast.volunteer()
    pairing_id = cast.invited(cast.request(), volunteer_id)
    mark_refused(cast.emails("invitation")[0].id, "550 no such user", cast.occasion)
    assert cast.get(Pairing, pairing_id).state == pairing.State.LAPSED
    assert cast.get(Volunteer, volunteer_id).state == standing.State.UNVERIFIED


def test_a_row_that_fails_holds_up_no_other(cast, asked):
    broken = cast.invited(cast.request(), cast.volunteer())
    with writing() as session:
        kept = session.get_one(Pairing, broken)
        kept.answer_by, kept.help_request.wanted_dates = cast.occasion.now, ["no date"]
    with pytest.raises(ExceptionGroup):
        run_upkeep(later(cast, days=8))
    assert cast.get(Pairing, asked[0]).state == pairing.State.LAPSED


def test_an_unproved_request_is_forgotten_after_a_week(cast):
    request_id = cast.request(confirmed=False)
    run_upkeep(later(cast, days=7, minutes=1))
    request = cast.get(HelpRequest, request_id)
    assert request.state == help_request.State.EXPIRED
    assert (request.requester_email, request.need) == ("", "(erased)")


def test_an_unproved_offer_is_forgotten_after_a_week(cast):
    volunteer_id = cast.volunteer(confirmed=False)
    run_upkeep(later(cast, days=7, minutes=1))
    assert cast.get(Volunteer, volunteer_id).email == ""


def test_a_request_whose_dates_have_passed_expires_and_a_new_date_is_asked_for(cast, asked):
    run_upkeep(later(cast, days=80))
    kept = cast.get(Pairing, asked[0])
    assert cast.get(HelpRequest, kept.help_request_id).state == help_request.State.EXPIRED
    assert len(cast.emails("new_date")) == 1
