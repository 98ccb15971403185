import random
from datetime import date, timedelta

import pytest

from matcher.lifecycle.waves import DEFAULT_WAVES, asks_wanted, enough_asks, wave_for

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


@pytest.mark.parametrize("wave", DEFAULT_WAVES)
def test_at_three_yeses_in_ten_the_measured_wave_is_the_one_of_the_table(wave):
    measured = asks_wanted(free_places=1, open_asks=0, wave=wave, yes_rate=0.3)
    assert measured == asks_wanted(free_places=1, open_asks=0, wave=wave)


def test_the_rarer_a_yes_the_more_are_asked_up_to_three_times_the_table():
    wave = DEFAULT_WAVES[0]
    rates = (0.7, 0.5, 0.3, 0.2, 0.1, 0.0)
    sizes = [asks_wanted(free_places=1, open_asks=0, wave=wave, yes_rate=rate) for rate in rates]
    assert sizes == [1, 2, 3, 5, 9, 9]


def test_enough_asks_fill_the_places_with_the_chance_that_was_wanted():
    asks = enough_asks(2, 0.4, 0.75, 99)
    dice = random.Random(1)
    filled = [sum(dice.random() < 0.4 for _ in range(asks)) >= 2 for _ in range(20_000)]
    assert 0.75 <= sum(filled) / len(filled) < 0.85
