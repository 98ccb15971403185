from datetime import UTC, date, datetime, timedelta

import pytest

from matcher.lifecycle.working_days import (
    LONDON,
    AskingHours,
    add_working_days,
    deadline,
    is_working_day,
    next_asking_time,
    reminding_time,
    still_reminds,
    working_days_between,
)

HOURS = AskingHours()
THURSDAY_NOON = datetime(2026, 12, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "nation", "works"),
    [
        (date(2026, 11, 23), "England", True),
        (date(2026, 11, 22), "England", False),
        (date(2026, 11, 30), "England", True),
        (date(2026, 11, 30), "Scotland", False),
        (date(2027, 3, 17), "Northern Ireland", False),
        (date(2027, 3, 17), "Wales", True),
        (date(2026, 12, 28), "Wales", False),
    ],
)
def test_bank_holidays_are_those_of_the_nation(day, nation, works):
    assert is_working_day(day, nation) == works


def test_a_deadline_is_six_in_the_evening_of_the_nth_working_day():
    due = deadline(THURSDAY_NOON, 3, HOURS, "England")
    assert due == datetime(2026, 12, 31, 18, tzinfo=LONDON)


def test_a_deadline_in_summer_is_six_by_the_clock_on_the_wall():
    due = deadline(datetime(2026, 7, 1, 9, tzinfo=UTC), 1, HOURS, "England")
    assert due.astimezone(UTC).hour == 17


def test_asking_at_noon_on_a_working_day_is_at_once():
    assert next_asking_time(THURSDAY_NOON, HOURS, "England") == THURSDAY_NOON


@pytest.mark.parametrize("hour", [18, 20, 23])
def test_asking_in_the_evening_waits_for_the_next_working_morning(hour):
    evening = datetime(2026, 12, 24, hour, tzinfo=UTC)
    assert next_asking_time(evening, HOURS, "England") == datetime(2026, 12, 29, 8, tzinfo=LONDON)


def test_asking_before_eight_waits_for_eight_the_same_day():
    early = datetime(2026, 12, 24, 5, tzinfo=UTC)
    assert next_asking_time(early, HOURS, "England") == datetime(2026, 12, 24, 8, tzinfo=LONDON)


def test_no_working_days_are_added_for_none():
    assert add_working_days(date(2026, 11, 23), 0, "England") == date(2026, 11, 23)


def test_working_days_between_two_mondays_are_five():
    assert working_days_between(date(2026, 11, 16), date(2026, 11, 23), "England") == 5


def test_a_day_on_which_the_office_is_closed_is_no_working_day():
    closed = frozenset({date(2026, 12, 29), date(2026, 12, 30)})
    due = deadline(THURSDAY_NOON, 1, HOURS, "England", closed)
    assert due.date() == date(2026, 12, 31)


def test_nobody_is_asked_while_their_office_is_closed():
    closed = frozenset({THURSDAY_NOON.date()})
    assert next_asking_time(THURSDAY_NOON, HOURS, "England", closed).day == 29


def test_a_reminder_is_due_in_the_morning_of_its_working_day():
    due = reminding_time(THURSDAY_NOON, 2, HOURS, "England")
    assert due == datetime(2026, 12, 30, 8, tzinfo=LONDON)


@pytest.mark.parametrize(("hour", "reminds"), [(23, True), (24, False), (30, False)])
def test_no_reminder_goes_on_the_day_of_the_deadline(hour, reminds):
    eve = datetime(2026, 12, 29, tzinfo=LONDON)
    answer_by = datetime(2026, 12, 30, 18, tzinfo=LONDON)
    assert still_reminds(eve + timedelta(hours=hour), answer_by) == reminds
