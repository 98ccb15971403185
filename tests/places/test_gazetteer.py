"""People write the names of places in many ways; each is found, or asked about."""

import csv
from pathlib import Path

import pytest

from matcher.places import tables
from matcher.places.gazetteer import Gazetteer, distance_km, distance_miles


def labels(gazetteer: Gazetteer, text: str) -> list[str]:
    return [place.label for place in gazetteer.find(text)]


def column(file_name: str, name: str) -> list[str]:
    with Path(tables.DATA / file_name).open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def test_every_outward_code_is_found(gazetteer):
    outcodes = column("outcodes.csv", "outcode")

    found = [gazetteer.find(outcode)[0].outcode for outcode in outcodes]

    assert found == outcodes
    assert len(outcodes) == 2943


def test_every_sector_leads_to_its_outward_code(gazetteer):
    sectors = column("sectors.csv", "sector")

    found = [gazetteer.find(sector)[0].name for sector in sectors]

    assert found == [sector.split()[0] for sector in sectors]
    assert len(sectors) == 10846


def test_every_council_is_found_by_each_of_its_names(gazetteer):
    not_found = [
        (council.gss, name)
        for council in gazetteer.councils()
        if not council.former
        for name in (council.name, council.official_name, *council.alternative_names)
        if council.gss not in [place.council_gss for place in gazetteer.find(name)]
    ]

    assert not_found == []


def test_every_official_name_of_todays_council_means_that_council(gazetteer):
    councils = [council for council in gazetteer.councils() if not council.former]

    found = [gazetteer.find(council.official_name)[0].id for council in councils]

    assert found == [f"gss:{council.gss}" for council in councils]


def test_there_are_382_councils_and_14_strategic_authorities(gazetteer):
    today = [council for council in gazetteer.councils() if not council.former]

    assert [sum(c.strategic is kind for c in today) for kind in (False, True)] == [382, 14]


def test_every_former_council_has_successors_of_today(gazetteer):
    today = {council.gss for council in gazetteer.councils() if not council.former}

    former = [council for council in gazetteer.councils() if council.former]

    assert all(council.successors and set(council.successors) <= today for council in former)


def test_every_town_is_among_what_its_name_may_mean(gazetteer):
    ids = column("places.csv", "geonameid")
    towns = [gazetteer.get(f"geonames:{geonames_id}") for geonames_id in ids]

    assert [town.name for town in towns if not gazetteer.find(town.name)] == []
    assert len(towns) == 5911


def test_every_label_leads_back_to_its_place(gazetteer):
    ids = [
        *(f"outcode:{code}" for code in column("outcodes.csv", "outcode")),
        *(f"geonames:{town}" for town in column("places.csv", "geonameid")),
        *(f"gss:{council.gss}" for council in gazetteer.councils() if not council.former),
    ]

    places = [gazetteer.get(place_id) for place_id in ids]

    assert [place for place in places if gazetteer.find(place.label) != (place,)] == []


@pytest.mark.parametrize(
    "text",
    [
        "RG14 5LD",
        "rg14 5ld",
        "rg145ld",
        "RG14-5LD",
        " RG14 ",
        "RG14 5",
        "RG14, West Berkshire",
    ],
)
def test_a_postcode_is_kept_as_its_outward_code_only(gazetteer, text):
    assert [place.id for place in gazetteer.find(text)] == ["outcode:RG14"]


def test_a_public_building_may_keep_its_sector(gazetteer):
    (place,) = gazetteer.find("RG14 5LD", keep_sector=True)

    assert (place.id, place.kind, place.outcode) == ("sector:RG14 5", "postcode", "RG14")
    assert gazetteer.get(place.id) == place


def test_a_sector_newer_than_the_table_still_leads_to_its_outward_code(gazetteer):
    assert gazetteer.find("RG14 0ZZ", keep_sector=True)[0].id == "outcode:RG14"


@pytest.mark.parametrize("text", ["ZZ99 9ZZ", "RG99", "", "  ", "?!", "qwertyuiop", "RG", "12"])
def test_what_is_no_place_is_not_found(gazetteer, text):
    assert gazetteer.find(text) == ()


def test_the_short_form_of_an_inner_london_code_is_its_middle(gazetteer):
    assert gazetteer.find("EC1")[0].outcode in {"EC1A", "EC1M", "EC1N", "EC1R", "EC1V", "EC1Y"}


def test_six_newports_are_asked_about_each_with_its_district(gazetteer):
    assert labels(gazetteer, "Newport") == [
        "Newport, Wales",
        "Newport, Isle of Wight",
        "Newport, Telford and Wrekin",
        "Newport, Uttlesford",
        "Newport, East Riding of Yorkshire",
        "Newport, Pembrokeshire",
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Newport, Shropshire", "Newport, Telford and Wrekin"),
        ("newport (essex)", "Newport, Uttlesford"),
        ("Newport Isle of Wight", "Newport, Isle of Wight"),
        ("Newport, Wales", "Newport, Wales"),
        ("Newport, Pembrokeshire", "Newport, Pembrokeshire"),
        ("Newport City Council", "Newport City Council"),
        ("Richmond, North Yorkshire", "Richmond, North Yorkshire"),
        ("Newbury, Berkshire", "Newbury, West Berkshire"),
        ("Bangor, Northern Ireland", "Bangor, Ards and North Down"),
        ("Ashford TW15", "Ashford, Spelthorne"),
        ("Leeds, UK", "Leeds, West Yorkshire"),
    ],
)
def test_what_follows_the_name_settles_it(gazetteer, text, label):
    assert labels(gazetteer, text) == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Walsall", "Walsall, West Midlands"),
        ("Leeds", "Leeds, West Yorkshire"),
        ("Newbury Town", "Newbury, West Berkshire"),
        ("Preston", "Preston, Lancashire"),
        ("Bournemouth", "Bournemouth, Dorset"),
        ("Northampton", "Northampton, West Northamptonshire"),
        ("London", "London"),
        ("Durham", "Durham, County Durham"),
        ("Hull", "Kingston upon Hull, East Riding of Yorkshire"),
        ("Sutton", "Sutton, Greater London"),
    ],
)
def test_a_town_and_the_council_called_after_it_are_one(gazetteer, text, label):
    assert labels(gazetteer, text) == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Walsall Council", "Walsall Metropolitan Borough Council"),
        ("walsall MBC", "Walsall Metropolitan Borough Council"),
        ("Cyngor Sir Benfro", "Pembrokeshire County Council"),
        ("Ynys Môn", "Isle of Anglesey County Council"),
        ("ynys mon", "Isle of Anglesey County Council"),
        ("Cyngor Dinas Caerdydd", "City of Cardiff Council"),
        ("LB Camden", "London Borough of Camden"),
        ("B&NES", "Bath and North East Somerset Council"),
        ("Brighton & Hove", "Brighton and Hove City Council"),
        ("Bath Council", "Bath and North East Somerset Council"),
        ("kings lynn & west norfolk", "Borough Council of King's Lynn and West Norfolk"),
        ("Shepway", "Folkestone and Hythe District Council"),
        ("Western Isles", "Comhairle nan Eilean Siar"),
        ("Somerset County Council", "Somerset Council"),
        ("Rushmoor", "Rushmoor Borough Council"),
        ("Allerdale", "Allerdale Borough Council (now Cumberland)"),
        ("Taunton Deane", "Taunton Deane Borough Council (now Somerset)"),
    ],
)
def test_councils_are_found_by_short_welsh_gaelic_and_former_names(gazetteer, text, label):
    assert labels(gazetteer, text) == [label]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("saint albans", "St Albans"),
        ("St. Albans", "St Albans"),
        ("STRATFORD ON AVON, Warwickshire", "Stratford-upon-Avon"),
        ("Stratford upon Avon", "Stratford-upon-Avon"),
        ("Bury St. Edmund's", "Bury St Edmunds"),
        ("Stoke", "Stoke-on-Trent"),
        ("City of Leeds", "Leeds"),
        ("Y Fenni", "Abergavenny"),
    ],
)
def test_towns_are_found_however_they_are_written(gazetteer, text, name):
    assert gazetteer.find(text)[0].name == name


@pytest.mark.parametrize(
    ("text", "least"),
    [("Newcastle", 3), ("Kingston", 2), ("Richmond", 2), ("Ashford", 2), ("Stratford", 2)],
)
def test_names_of_several_well_known_places_are_asked_about(gazetteer, text, least):
    assert len(gazetteer.find(text)) >= least


def test_the_place_of_a_former_council_knows_todays_council(gazetteer):
    (place,) = gazetteer.find("Allerdale Borough Council")

    assert (place.id, place.council_name) == ("gss:E07000026", "Cumberland")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Manchestr", "Manchester, Greater Manchester"),
        ("Aberystwith", "Aberystwyth, Ceredigion"),
        ("Blackpol", "Blackpool, Lancashire"),
        ("Wolverhamton council", "Wolverhampton, West Midlands"),
    ],
)
def test_a_slip_of_the_pen_brings_a_suggestion(gazetteer, text, label):
    assert gazetteer.find(text) == ()
    assert gazetteer.suggest(text)[0].label == label


def test_nonsense_brings_no_suggestion(gazetteer):
    assert gazetteer.suggest("xkcd qqq") == ()


def test_an_unknown_id_is_an_error(gazetteer):
    with pytest.raises(KeyError):
        gazetteer.get("outcode:ZZ99")


def test_distances_come_in_kilometres_and_miles(gazetteer):
    walsall, newbury = gazetteer.find("Walsall")[0], gazetteer.find("Newbury")[0]

    assert distance_km(walsall, newbury) == pytest.approx(139, abs=1)
    assert distance_miles(walsall.point, newbury) == pytest.approx(86.5, abs=0.6)
