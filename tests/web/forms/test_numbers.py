import pytest

from matcher.web.forms.base import Form
from matcher.web.forms.numbers import WholeNumber


class Travel(Form):
    miles = WholeNumber("Miles", least=1, most=600, unit="miles", enter="Enter how many miles")
    spare = WholeNumber("Spare", least=0, most=9)


@pytest.mark.parametrize("typed", ["120", " 120 ", "120 miles", "120MILES", "0120"])
def test_a_number_is_read_as_people_type_it(sent, typed):
    assert sent(Travel, miles=typed).miles.data == 120


def test_any_input_gets_an_answer_and_a_page(sent, bad_input):
    field = sent(Travel, miles=bad_input).miles
    in_range = field.data is not None and 1 <= field.data <= 600
    assert (bool(field()), bool(field.errors)) == (True, not in_range)


def test_nothing_asks_for_a_number(sent):
    assert sent(Travel, miles="").miles.errors == ["Enter how many miles"]


def test_words_are_no_number(sent):
    assert sent(Travel, miles="far").miles.errors == ["Miles must be a whole number, like 20"]


@pytest.mark.parametrize("typed", ["0", "601", "-5", "999999999"])
def test_a_number_out_of_range_says_the_range(sent, typed):
    assert sent(Travel, miles=typed).miles.errors == ["Miles must be between 1 and 600"]


def test_nought_is_a_number(sent):
    assert sent(Travel, spare="0").spare.data == 0


def test_what_was_typed_is_shown_again(sent):
    assert 'value="far"' in sent(Travel, miles="far").miles()


def test_a_draft_shows_what_was_typed(sent):
    assert Travel(None, data=sent(Travel, miles="far").kept()).miles.typed == "far"
