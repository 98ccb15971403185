"""Named areas are lists of councils."""

import pytest


@pytest.mark.parametrize(
    ("text", "area_id", "count"),
    [
        ("London only", "region:London", 33),
        ("Greater London", "county:Greater London", 33),
        ("Wales", "nation:Wales", 22),
        ("Cymru", "nation:Wales", 22),
        ("anywhere in Scotland", "nation:Scotland", 32),
        ("Northern Ireland", "nation:Northern Ireland", 11),
        ("the North West", "region:North West", 36),
        ("North West England", "region:North West", 36),
        ("Berkshire", "county:Berkshire", 6),
        ("the Black Country", "group:The Black Country", 4),
        ("Kent County Council", "gss:E10000016", 13),
        ("Walsall", "gss:E08000030", 1),
        ("Sir Benfro", "gss:W06000009", 1),
        ("UK", "group:United Kingdom", 382),
    ],
)
def test_an_area_is_found_by_name(areas, text, area_id, count):
    (area,) = areas.find(text)

    assert (area.id, len(area.councils)) == (area_id, count)


def test_the_west_midlands_are_asked_about(areas):
    assert [area.id for area in areas.find("West Midlands")] == [
        "region:West Midlands",
        "county:West Midlands",
    ]


def test_an_unknown_area_is_not_found(areas):
    assert areas.find("Narnia") == ()


def test_every_council_lies_in_one_nation_and_region(areas, gazetteer):
    local = {c.gss for c in gazetteer.councils() if not c.former and not c.strategic}
    nations = [gss for area in areas.list_areas("nation") for gss in area.councils]
    regions = [gss for area in areas.list_areas("region") for gss in area.councils]

    assert sorted(nations) == sorted(local)
    assert sorted(regions) == sorted(gss for gss in local if gss.startswith("E"))


def test_inner_and_outer_london_make_london(areas):
    inner, outer = (areas.get(f"group:{name} London") for name in ("Inner", "Outer"))

    assert not inner.councils & outer.councils
    assert inner.councils | outer.councils == areas.get("region:London").councils


def test_a_town_lies_in_the_area_of_its_county_council(areas, gazetteer):
    (maidstone,) = gazetteer.find("Maidstone")

    assert maidstone.council_gss in areas.get("gss:E10000016").councils


def test_medway_is_not_run_by_kent_county_council(areas):
    assert "E06000035" not in areas.get("gss:E10000016").councils
    assert "E06000035" in areas.get("county:Kent").councils


def test_several_areas_add_up(areas):
    both = areas.councils_of(["nation:Wales", "gss:E08000030"])

    assert len(both) == 23


def test_an_unknown_id_is_an_error(areas):
    with pytest.raises(KeyError):
        areas.councils_of(["region:Narnia"])
