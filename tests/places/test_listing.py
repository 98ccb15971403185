"""Names are listed with how sure they are."""

import pytest

from matcher.places.councils import read_councils
from matcher.places.listing import Strength, list_everything


@pytest.fixture(scope="module")
def listed():
    return {listing.place.id: listing for listing in list_everything(read_councils())}


def test_a_joined_name_goes_by_its_head_too(listed):
    stoke = next(item for item in listed.values() if item.place.name == "Stoke-on-Trent")

    assert stoke.keys["stoke on trent"] is Strength.NAME
    assert stoke.keys["stoke"] is Strength.HEAD


def test_ids_and_labels_are_unique(listed):
    labels = [listing.place.label for listing in listed.values()]

    assert len(set(labels)) == len(labels) == len(listed)


def test_a_town_is_qualified_by_its_district_county_region_and_nation(listed):
    newbury = listed["geonames:2641689"]

    assert {"west berkshire", "berkshire", "south east", "england"} <= newbury.qualifiers


def test_every_place_has_a_known_outward_code(listed):
    codes = {item.place.outcode for item in listed.values() if item.place.kind == "outcode"}

    assert {listing.place.outcode for listing in listed.values()} == codes
