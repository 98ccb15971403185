from datetime import date, timedelta

import pytest

from matcher.lifecycle.waves import DEFAULT_WAVES, asks_wanted, wave_for

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days_away", "extra"), [(0, 5), (13, 5), (14, 3), (42, 3), (43, 2), (200, 2)]
)
def test_the_nearer_the_date_the_more_are_asked(days_away, extra):
    wanted = (TODAY + timedelta(days=days_away),)
    assert wave_for(wanted, TODAY, DEFAULT_WAVES).extra_asks == extra


def test_without_a_date_there_is_time():
    assert wave_for((), TODAY, DEFAULT_WAVES).answer_working_days == 5


def test_dates_that_have_passed_do_not_hurry_anyone():
    wanted = (TODAY - timedelta(days=1), TODAY + timedelta(days=60))
    assert wave_for(wanted, TODAY, DEFAULT_WAVES).extra_asks == 2


def test_open_asks_count_against_the_wave():
    wave = DEFAULT_WAVES[0]
    assert asks_wanted(free_places=1, open_asks=2, wave=wave) == 1


def test_nobody_is_asked_when_no_place_is_free():
    assert asks_wanted(free_places=0, open_asks=0, wave=DEFAULT_WAVES[2]) == 0
