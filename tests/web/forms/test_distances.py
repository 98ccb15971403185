import pytest

from matcher.web.forms.base import Form
from matcher.web.forms.distances import Distance


class Travel(Form):
    miles = Distance("Miles", noun="The distance", enter="Enter how many miles")


@pytest.mark.parametrize(
    ("typed", "miles"),
    [
        ("120", 120),
        ("120 miles", 120),
        ("1 mile", 1),
        ("190 km", 118.1),
        ("190KM", 118.1),
        ("80 kilometres", 49.7),
        ("1,000", 1000),
        ("12.5 miles", 12.5),
    ],
)
def test_a_distance_is_read_in_miles_or_kilometres(sent, typed, miles):
    assert sent(Travel, miles=typed).miles.data == miles


def test_words_are_no_distance(sent):
    assert sent(Travel, miles="far").miles.errors == [
        "The distance must be a number of miles or km, like 120 or 190 km"
    ]


@pytest.mark.parametrize("typed", ["0", "1001", "1 km", "9999 km"])
def test_a_distance_out_of_range_says_the_range(sent, typed):
    assert sent(Travel, miles=typed).miles.errors == [
        "The distance must be between 1 mile and 1,000 miles"
    ]


def test_any_input_gets_an_answer_and_a_page(sent, bad_input):
    field = sent(Travel, miles=bad_input).miles
    in_range = field.data is not None and 1 <= field.data <= 1000
    assert (bool(field()), bool(field.errors)) == (True, not in_range)
