"""Postcodes are recognised whole or in part."""

import pytest

from matcher.places.postcodes import PostcodeParts, lettered_outcodes, split_postcode

KNOWN = frozenset({"B1", "B11", "W1A", "W1B", "W11"})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("B1 1", PostcodeParts("B1", "B1 1")),
        ("B11", PostcodeParts("B11", None)),
        ("b1 1aa", PostcodeParts("B1", "B1 1")),
        ("B111AA", PostcodeParts("B11", "B11 1")),
        ("w1a-1aa", PostcodeParts("W1A", "W1A 1")),
        ("B 11", PostcodeParts("B11", None)),
        ("1 High Street, B1 1AA, Birmingham", PostcodeParts("B1", "B1 1")),
        ("B2 1AA", None),
        ("Bath", None),
    ],
)
def test_the_space_tells_a_sector_from_an_outward_code(text, parts):
    assert split_postcode(text, KNOWN) == parts


def test_a_shortened_code_stands_for_those_with_a_letter():
    assert lettered_outcodes("w1", KNOWN) == ["W1A", "W1B"]
