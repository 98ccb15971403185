"""Clocks that are two hours off, and the nights on which they are put forward and back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from matcher.actions.post import sending
from matcher.lifecycle.working_days import LONDON, AskingHours, next_asking_time
from tests.actions.post.test_sending import LEASE, at

TWO_HOURS = timedelta(hours=2)
OFF = pytest.mark.parametrize("off", [TWO_HOURS, -TWO_HOURS])


@pytest.fixture
def proof(cast):
    """The email that proves Ruth's address, to go at once."""
    cast.request(confirmed=False)
    return cast.emails("confirm_request")[0].id


@OFF
def test_what_a_worker_whose_clock_is_off_held_is_taken_over_after_a_lease(cast, proof, off):
    sending.take(at(cast, cast.occasion.now + off), 10, LEASE)
    assert proof in sending.take(at(cast, cast.occasion.now + LEASE), 10, LEASE)


def test_a_lease_of_a_clock_that_runs_fast_is_over_at_once(cast, proof):
    sending.take(at(cast, cast.occasion.now + TWO_HOURS), 10, LEASE)
    assert proof in sending.take(cast.occasion, 10, LEASE)


def test_an_email_written_by_a_clock_that_runs_fast_goes_at_once(cast, proof):
    assert proof in sending.take(at(cast, cast.occasion.now - TWO_HOURS), 10, LEASE)


@OFF
def test_an_email_is_marked_whatever_the_clock_says(cast, proof, off):
    moment = at(cast, cast.occasion.now + off)
    sending.mark_put_off(proof, "450 later", moment)
    sending.mark_sent(proof, moment)
    assert cast.emails("confirm_request")[0].sent_at == moment.now


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_the_monday_after_the_clocks_change_asks_go_out_at_eight(sunday):
    late = datetime.combine(sunday, datetime.min.time(), LONDON) + timedelta(hours=12)
    monday = next_asking_time(late, AskingHours(), "England").astimezone(LONDON)
    assert (monday.date(), monday.hour) == (sunday + timedelta(days=1), 8)


@pytest.mark.parametrize("hour", [0, 1, 2, 3])
@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_what_is_put_off_in_the_night_of_a_change_waits_as_long_as_in_any(cast, proof, night, hour):
    moment = at(cast, datetime(night.year, night.month, night.day, hour, 30, tzinfo=LONDON))
    sending.mark_put_off(proof, "450 later", moment)
    waits = cast.emails("confirm_request")[0].not_before.timestamp() - moment.now.timestamp()
    assert waits == 60


def test_a_quarter_is_as_long_when_the_clocks_change_in_it(cast):
    summer = datetime(2027, 6, 10, 8, 20, tzinfo=LONDON)
    passed = summer.astimezone(UTC) - (at(cast, summer).now - timedelta(days=91))
    assert passed == timedelta(days=91)
