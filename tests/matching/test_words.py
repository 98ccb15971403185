import pytest

from matcher.matching.words import words_of


def stems(text):
    return [word.stem for word in words_of(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on-line e-mail", "online email"),
        ("wi\u2011fi", "wifi"),
        ("HMOs and GPs", "HMO and GP"),
        ("D.B.S. checks", "DBS checks"),
        ("B&Bs", "B&B"),
        ("A&E", "a&e"),
        ("Ynys M\u00f4n", "ynys mon"),
        ("long-term", "long term"),
    ],
)
def test_two_ways_of_writing_are_the_same_words(one, other):
    assert stems(one) == stems(other)


def test_words_with_a_hyphen_keep_their_spelling():
    assert [word.written for word in words_of("An on-line, long-term plan")] == [
        "An",
        "on-line",
        "long",
        "term",
        "plan",
    ]
