from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from matcher.mail.wording import Wording, line, paragraphs

WORDING = Wording(str)
PEN = Wording(lambda words: f"[{words}]")


@pytest.mark.parametrize("day", [date(2027, 1, 20), "2027-01-20"])
def test_a_day_is_said_in_full(day):
    assert WORDING.date_words(day) == "Wednesday 20 January 2027"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-27T18:00:00+00:00", "Friday 27 November 2026 at 6pm"),
        ("2027-06-30T23:30:00+00:00", "Thursday 1 July 2027 at 12:30am"),
        (datetime(2026, 11, 27, 12, tzinfo=UTC), "Friday 27 November 2026 at midday"),
        (datetime(2026, 11, 27, 0, tzinfo=UTC), "Friday 27 November 2026 at midnight"),
    ],
)
def test_a_moment_is_said_in_london_time(moment, words):
    assert WORDING.moment_words(moment) == words


@pytest.mark.parametrize(
    ("kilometres", "words"),
    [
        (3.0, "under 5 miles"),
        (24.2, "about 15 miles"),
        (137.4, "about 85 miles"),
        (160.9, "about 100 miles"),
    ],
)
def test_a_distance_is_said_in_round_miles(kilometres, words):
    assert WORDING.miles_words(kilometres) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (45, "45 minutes"),
        (60, "1 hour"),
        (75, "1 hour 15 minutes"),
        (120, "2 hours"),
        (150, "2 and a half hours"),
        (140, "2 hours 20 minutes"),
    ],
)
def test_a_time_is_said_in_hours_and_minutes(minutes, words):
    assert WORDING.duration_words(minutes) == words


def test_hours_are_said_without_their_unit_where_it_was_just_said():
    assert [WORDING.hours_words(180), WORDING.hours_words(210)] == ["3", "3 and a half"]


def test_a_list_is_said_with_an_and_before_the_last():
    assert WORDING.list_words(["one", "two", "three"]) == "one, two and three"


def test_every_word_can_be_translated():
    said = PEN.miles_words(1), PEN.duration_words(30), PEN.time_words("2026-11-27T12:00:00+00:00")
    assert all(words.startswith("[") for words in said)


@given(st.text())
def test_a_line_has_no_line_end_in_it(text):
    assert len(line(text).splitlines()) <= 1


def test_a_line_keeps_words_apart():
    assert line("Victor\r\nOsei\u2028Walsall\tCouncil") == "Victor Osei Walsall Council"


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b", "\ud800"]
)
def test_a_line_has_nothing_that_hides_or_turns_what_follows(hidden):
    assert line(f"Victor{hidden}Osei") == "VictorOsei"


@pytest.mark.parametrize("words", ["سارة الأحمد", "👩‍🚒 crew", "Zoë O’Brien", "नमस्ते"])
def test_a_line_keeps_every_script_as_it_is(words):
    assert line(words) == words


def test_a_line_that_was_safe_for_html_stays_so():
    assert isinstance(line(Markup("<b>\nbold</b>")), Markup)
    assert not isinstance(line("<b>"), Markup)


def test_what_a_person_wrote_is_told_in_its_paragraphs():
    assert paragraphs("One.\r\n\r\n  Two.\x0bThree.\u2029") == ["One.", "Two.", "Three."]
