from datetime import date

import pytest

from matcher.matching.csv_files import CsvError, read_labels, read_needs, read_offers, read_places
from matcher.matching.offers import Need, Offer, Point, TravelLimit


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "file.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_an_id_and_some_words_are_enough(written):
    path = written('id,experience\no1,"I plan.\n\nI map."\n')
    assert read_offers(path) == [Offer("o1", experience=("I plan.", "I map."))]


def test_every_fact_of_a_volunteer_is_read(written):
    path = written(
        "id,title,latitude,longitude,outcode,miles,train_minutes,areas,remote,kinds,asks_left,away,"
        "resting_until\n"
        "o1,,52.6,-2,WS1,60,150,E1;E2,yes,talk,2,2027-01-04/2027-01-08;2027-02-01,2027-03-01\n"
    )
    assert read_offers(path) == [
        Offer(
            "o1",
            place=Point(52.6, -2.0, "WS1"),
            travel=TravelLimit(60.0, 150, None, ("E1", "E2"), remote=True),
            away=(
                (date(2027, 1, 4), date(2027, 1, 8)),
                (date(2027, 2, 1), date(2027, 2, 1)),
            ),
            kinds=frozenset({"talk"}),
            asks_left=2,
            resting_until=date(2027, 3, 1),
        )
    ]


def test_a_request_is_read(written):
    path = written("id,text,dates,remote_too\nn1,Help,2027-01-04;2027-01-05,no\n")
    days = (date(2027, 1, 4), date(2027, 1, 5))
    assert read_needs(path) == [Need("n1", text="Help", dates=days)]


def test_a_file_from_excel_is_read(written):
    assert read_needs(written("ID,Text\r\nn1,Help\r\n", "utf-8-sig")) == [Need("n1", text="Help")]


def test_places_are_1_where_nothing_is_said(written):
    assert read_places(written("id,places\nn1,2\nn2,\n")) == {"n1": 2, "n2": 1}


def test_labels_are_read(written):
    path = written("request,volunteer,grade\nn1,o1,2\nn1,o2,0\n")
    assert read_labels(path) == {"n1": {"o1": 2, "o2": 0}}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("name\nx\n", "line 1: there is no column id"),
        ("", "line 1: there is no column id"),
        ("title,id\n,o1\n,o1\n", "line 3: the id o1 stands on line 2 already"),
        ("title,id,miles\n,o1,\n,,5\n", "line 3: id is empty"),
        ('id,experience,miles\no1,"a\n\nb",\no2,b,far\n', "line 5: miles cannot be 'far'"),
        ("title,id,miles\n,o1,-1\n", "line 2: miles cannot be '-1'"),
        ("title,id,miles\n,o1,nan\n", "line 2: miles cannot be 'nan'"),
        ("title,id,remote\n,o1,perhaps\n", "line 2: remote cannot be 'perhaps'"),
        ("title,id,away\n,o1,2027-01-08/2027-01-04\n", "line 2: away cannot be"),
        ("title,id,latitude\n,o1,95\n", "line 2: latitude cannot be '95'"),
        ("title,id,miles\n,o1,5,6\n", "line 2: there are more cells than columns"),
    ],
)
def test_an_error_names_the_line(written, text, error):
    with pytest.raises(CsvError, match=f"file.csv, {error}"):
        read_offers(written(text))


def test_a_file_in_another_encoding_is_refused(written):
    with pytest.raises(CsvError, match="not in UTF-8"):
        read_offers(written("id,title\no1,Môn\n", "latin-1"))


@pytest.mark.parametrize("grade", ["11", "1.5", "-1", "nan", "good"])
def test_a_grade_that_is_not_a_whole_number_up_to_ten_is_refused(written, grade):
    with pytest.raises(CsvError, match="line 2: grade cannot be"):
        read_labels(written(f"request,volunteer,grade\nn1,o1,{grade}\n"))


def test_a_file_of_volunteers_without_any_text_is_refused(written):
    with pytest.raises(CsvError, match="line 1: there is no column title or skills or experience"):
        read_offers(written("id,profile\no1,I plan.\n"))


def test_grades_may_be_written_with_a_point(written):
    path = written("grade,volunteer,request\n3.0,7,1\n")
    assert read_labels(path) == {"1": {"7": 3}}
