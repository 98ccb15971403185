import pytest

from matcher.web.forms.base import Form
from matcher.web.forms.durations import Duration, read_duration
from matcher.web.wording import duration_words


class Travel(Form):
    train = Duration("Train", noun="The time", enter="Enter a time", least=15, most=720)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("90", 90),
        ("2", 120),
        ("2.5", 150),
        ("2½", 150),
        ("90 minutes", 90),
        ("two hours", 120),
        ("Two and a half hours", 150),
        ("2 1/2 hours", 150),
        ("two-and-a-half hours", 150),
        ("1h30", 90),
        ("1 hr 30 mins", 90),
        ("1:30", 90),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("one hour and a quarter", 75),
        ("half an hour", 30),
        ("three quarters of an hour", 45),
        ("up to 2 hours by train", 120),
        ("2 hours 30", 150),
    ],
)
def test_a_time_is_read_as_people_say_it(typed, minutes):
    assert read_duration(typed) == minutes


@pytest.mark.parametrize("typed", ["12", "2.30", "-5", "far", "1e3", "2 30", "99999", "hours ago"])
def test_what_might_mean_two_things_or_none_is_not_guessed(typed):
    assert read_duration(typed) is None


def test_what_a_page_says_is_read_again_as_the_same(sent):
    with_words = {minutes: read_duration(duration_words(minutes)) for minutes in range(15, 721)}
    assert all(minutes == again for minutes, again in with_words.items())


def test_no_time_is_answered_with_an_example(sent):
    assert sent(Travel, train="a while").train.errors == [
        "The time must be a time, like 90 minutes or 2 and a half hours"
    ]


@pytest.mark.parametrize("typed", ["10 minutes", "13 hours", "0"])
def test_a_time_out_of_range_says_the_range(sent, typed):
    assert sent(Travel, train=typed).train.errors == [
        "The time must be between 15 minutes and 12 hours"
    ]


def test_any_input_gets_an_answer_and_a_page(sent, bad_input):
    field = sent(Travel, train=bad_input).train
    in_range = field.data is not None and 15 <= field.data <= 720
    assert (bool(field()), bool(field.errors)) == (True, not in_range)
