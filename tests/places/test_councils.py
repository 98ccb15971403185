"""Councils come with what is known of them."""

import pytest

from matcher.places.councils import CouncilKind, read_councils


@pytest.fixture(scope="module")
def by_gss():
    return {council.gss: council for council in read_councils()}


def test_a_council_knows_its_county_and_region(by_gss):
    walsall = by_gss["E08000030"]

    assert (walsall.county, walsall.region) == ("West Midlands", "West Midlands")
    assert walsall.kind is CouncilKind.METROPOLITAN_DISTRICT


def test_a_former_council_names_its_successors(by_gss):
    cumbria = by_gss["E10000006"]

    assert cumbria.former
    assert [by_gss[gss].name for gss in cumbria.successors] == [
        "Cumberland",
        "Westmorland and Furness",
    ]


def test_combined_authorities_are_strategic(by_gss):
    assert by_gss["E47000007"].strategic
    assert not by_gss["E08000030"].strategic


def test_every_council_has_a_place_in_the_united_kingdom(by_gss):
    assert all(49 < c.latitude < 61 and -9 < c.longitude < 2 for c in by_gss.values())
    assert all(council.outcode for council in by_gss.values())
