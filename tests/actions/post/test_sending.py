"""The outbox from the worker's side: hours, backing off, giving up, several workers at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from matcher.actions.post import sending
from matcher.actions.volunteer.volunteering import pause
from matcher.lifecycle import pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.working_days import LONDON
from matcher.records.database import writing
from matcher.records.organisations import Organisation
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer
from tests.faults.test_races import at_once

LEASE = timedelta(minutes=5)
NINE_IN_THE_EVENING = datetime(2026, 11, 23, 21, tzinfo=LONDON)


def at(cast, moment):
    return replace(cast.occasion, now=moment)


@pytest.fixture
def asked(cast):
    """A pairing whose invitation waits, its email and its volunteer."""
    volunteer_id = cast.volunteer()
    pairing_id = cast.invited(cast.request(), volunteer_id)
    return pairing_id, cast.emails("invitation")[0].id, volunteer_id


def test_an_invitation_that_was_held_up_until_the_evening_waits_for_the_morning(cast, asked):
    assert sending.look(asked[1], at(cast, NINE_IN_THE_EVENING)) is None
    email = cast.get(OutgoingEmail, asked[1])
    assert (email.not_before, email.leased_until) == (
        datetime(2026, 11, 24, 8, tzinfo=LONDON),
        None,
    )


def test_an_invitation_waits_while_the_office_of_its_volunteer_is_closed(cast, asked):
    with writing() as session:
        office = session.get_one(Volunteer, asked[2]).organisation
        session.get_one(Organisation, office.id).closures = [["2026-11-23", "2026-11-25"]]
    assert sending.look(asked[1], cast.occasion) is None
    assert cast.get(OutgoingEmail, asked[1]).not_before.date() == date(2026, 11, 26)


def test_an_email_that_cancels_goes_at_any_hour(cast, asked):
    cast.confirmed(cast.get(Pairing, asked[0]).help_request_id, cast.volunteer())
    told = cast.emails("stood_down")[0].id
    assert sending.look(told, at(cast, NINE_IN_THE_EVENING)) is not None


def test_an_invitation_to_who_paused_meanwhile_is_not_sent_and_says_why(cast, asked):
    pause(asked[2], None, cast.acting(Actor.VOLUNTEER, asked[2]))
    assert sending.look(asked[1], cast.occasion) is None
    assert cast.get(OutgoingEmail, asked[1]).skipped_because == "overtaken"


def test_passing_faults_are_tried_again_ever_more_slowly(cast, asked):
    waits = []
    for _ in range(6):
        sending.mark_put_off(asked[1], "451 later", cast.occasion)
        waits.append(cast.get(OutgoingEmail, asked[1]).not_before - cast.occasion.now)
    assert [wait.total_seconds() // 60 for wait in waits] == [1, 5, 15, 30, 60, 60]


def test_before_four_days_are_over_an_email_is_not_given_up(cast, asked):
    sending.mark_put_off(asked[1], "451", at(cast, cast.occasion.now + timedelta(days=4)))
    assert cast.get(OutgoingEmail, asked[1]).failed_at is None


def test_after_four_days_an_invitation_is_given_up_and_brings_the_next(cast, asked):
    later = at(cast, cast.occasion.now + timedelta(days=4, minutes=1))
    sending.mark_put_off(asked[1], "451 later", later)
    assert cast.get(OutgoingEmail, asked[1]).failed_at == later.now
    assert cast.get(Pairing, asked[0]).state == pairing.State.LAPSED


def test_an_email_that_was_given_up_says_nothing_of_the_address(cast, asked):
    later = at(cast, cast.occasion.now + timedelta(days=5))
    sending.mark_put_off(asked[1], "451 later", later)
    assert cast.get(Volunteer, asked[2]).state == standing.State.ACTIVE


def test_an_email_that_failed_is_taken_by_nobody(cast, asked):
    sending.mark_refused(asked[1], "550 no such user", cast.occasion)
    taken = sending.take(at(cast, cast.occasion.now + timedelta(days=1)), 100, LEASE)
    assert asked[1] not in taken


def test_workers_at_once_take_each_email_once(app, cast):
    request_id = cast.request()
    for _ in range(12):
        cast.invited(request_id, cast.volunteer())
    waiting = len(cast.rows(OutgoingEmail))
    taken = at_once(app, [lambda: sending.take(cast.occasion, 10, LEASE)] * 4)
    ids = [email_id for each in taken for email_id in each]
    assert len(ids) == len(set(ids)) == min(waiting, 40)


def test_what_a_dead_worker_held_is_taken_over_when_its_lease_is_over(cast, asked):
    held = sending.take(cast.occasion, 100, LEASE)
    assert sending.take(cast.occasion, 100, LEASE) == []
    assert sending.take(at(cast, cast.occasion.now + LEASE), 100, LEASE) == held
