import pytest

from matcher.records.pages.statistics import gini
from matcher.records.pages.unmet import telling_words


def test_all_asked_alike_is_even():
    assert gini([(3, 10)]) == pytest.approx(0)


def test_one_of_four_asked_for_everything_is_three_quarters_uneven():
    assert gini([(0, 3), (8, 1)]) == pytest.approx(0.75)


def test_nobody_asked_is_even():
    assert gini([]) == 0
    assert gini([(0, 5)]) == 0


def test_the_gini_of_1_2_3_is_two_ninths():
    assert gini([(2, 1), (1, 1), (3, 1)]) == pytest.approx(2 / 9)


def test_words_that_only_unmet_needs_say_come_first():
    unmet = ["an airport audit for our council", "an airport fire cover plan for our council"]
    others = ["council tax for our council", "housing plan for our council"]
    assert telling_words(unmet, others)[0] == ("airport", 2)


def test_without_unmet_needs_there_are_no_words():
    assert telling_words([], ["council tax"]) == ()


def test_what_is_lacking_is_named_in_words_of_the_subject():
    named = telling_words(["We would be glad of a friendly eye on our aerodrome"], [])
    assert [word for word, _many in named] == ["aerodrome", "eye"]
