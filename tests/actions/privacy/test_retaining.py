"""What is old goes by the settings; a dry run only counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.actions.coordinator.access import end_coordinator
from matcher.actions.privacy.retaining import apply_retention, list_due
from matcher.actions.requester.asking import withdraw_request
from matcher.actions.volunteer.volunteering import leave
from matcher.lifecycle.choices import WithdrawReason
from matcher.lifecycle.keeping import months_before
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail
from matcher.records.volunteers import Volunteer

YEAR = timedelta(days=366)


@pytest.fixture
def ended(cast):
    """Ruth has withdrawn, Victor has left, Cora's access is over; all of it today."""
    request_id, volunteer_id, cora = cast.request(), cast.volunteer(), cast.coordinator()
    withdraw_request(request_id, WithdrawReason.OTHER, "", cast.acting(Actor.REQUESTER))
    leave(volunteer_id, cast.acting(Actor.VOLUNTEER, volunteer_id))
    end_coordinator("cora@programme.example", cast.acting(Actor.COORDINATOR))
    return request_id, volunteer_id, cora


def after(cast, time: timedelta):
    return replace(cast.occasion, now=cast.occasion.now + time)


def counts(occasion) -> dict[str, int]:
    return {due.rule.name: due.count for due in list_due(occasion)}


def test_details_go_when_the_months_are_over_and_not_a_day_before(cast, ended):
    apply_retention(after(cast, 729 * timedelta(days=1)))
    rows = dict(zip((HelpRequest, Volunteer, Coordinator), ended, strict=True))
    assert "(erased)" not in names(cast, rows)
    apply_retention(after(cast, 2 * YEAR))
    assert names(cast, rows) == ["(erased)"] * 3


def names(cast, rows) -> list[str]:
    found = [cast.get(model, row_id) for model, row_id in rows.items()]
    return [getattr(row, "requester_name", "") or row.name for row in found]


def test_a_dry_run_counts_what_is_due_and_changes_nothing(cast, ended):
    later = after(cast, 2 * YEAR)
    first = counts(later)
    assert (first["requests"], first["offers"], first["coordinators"]) == (1, 1, 1)
    assert counts(later) == first
    apply_retention(later)
    assert set(counts(later).values()) == {0}


def test_who_still_takes_part_stays(cast):
    request_id, volunteer_id = cast.request(), cast.volunteer()
    apply_retention(after(cast, 4 * YEAR))
    assert cast.get(HelpRequest, request_id).requester_name == "Ruth Adeyemi"
    assert cast.get(Volunteer, volunteer_id).email


def test_emails_lose_their_words_sooner_and_those_that_wait_keep_them(cast, ended):
    apply_retention(after(cast, YEAR))
    waiting = [each for each in cast.rows(OutgoingEmail) if each.skipped_at is None]
    assert waiting
    assert all(email.to_address for email in waiting)


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        (datetime(2026, 11, 23, tzinfo=UTC), 24, datetime(2024, 11, 23, tzinfo=UTC)),
        (datetime(2026, 3, 31, tzinfo=UTC), 1, datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2026, 1, 1, tzinfo=UTC), 1, datetime(2025, 12, 1, tzinfo=UTC)),
    ],
)
def test_months_are_counted_by_the_calendar(moment, months, before):
    assert months_before(moment, months) == before
