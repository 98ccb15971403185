"""The shipped stations, tracks and express lines fit together."""

from matcher.places.constants import Constants
from matcher.places.stations import read_express_lines, read_stations, read_tracks
from matcher.places.tables import read_lines


def test_every_hub_of_an_express_line_is_a_station():
    codes = set(read_stations().codes)
    words = [word for line in read_lines("rail_lines.txt") for word in line.split()]

    assert [word for word in words if len(word) > 1 and word not in codes] == []


def test_every_class_of_line_has_its_constants():
    constants = Constants.load().rail
    letters = {w for line in read_lines("rail_lines.txt") for w in line.split() if len(w) == 1}

    assert letters == set(constants.classes)
    assert {len(constants.speed), len(constants.wait), len(constants.stop)} == {len(letters)}


def test_tracks_are_no_shorter_than_the_straight_line():
    stations = read_stations()
    tracks = read_tracks(stations)

    assert (tracks.cost >= stations.straight_km(tracks.start, tracks.end) - 1).all()


def test_a_line_can_change_its_class_on_the_way():
    stations = read_stations()
    classes = Constants.load().rail.classes
    lines = read_express_lines(stations, read_tracks(stations), classes)

    hops_of_other_class = lines.hop_class != lines.call_class[lines.hops.start]

    assert hops_of_other_class.any()
