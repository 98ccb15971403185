import pytest

from matcher.web.pictures import draw_bars

PAGE = "/coordinator/statistics"
NAMES = ("requests", "asks", "first-yes", "load", "unmet-regions", "unmet-words")


@pytest.fixture
def story(cast):
    """One request with somebody confirmed, sent today."""
    return cast.confirmed(cast.request(), cast.volunteer())


def test_the_page_counts_how_far_things_came(cora, story):
    page = cora.get(PAGE).text
    assert "100 in 100 requests are filled or done" in page
    file = cora.get(f"{PAGE}/requests.csv").text
    assert "Confirmed,1" in file
    assert "Visit took place,0" in file


def test_another_time_counts_other_requests(cora, story):
    assert "Confirmed,0" in cora.get(f"{PAGE}/requests.csv?first=2020-01-01&last=2020-12-31").text
    assert "Confirmed,1" in cora.get(f"{PAGE}/requests.csv?span=all").text


@pytest.mark.parametrize(
    "typed", ["first=yesterday", "first=2026-02-30", "first=2026-05-01&last=2026-04-01"]
)
def test_days_that_cannot_be_read_are_said(cora, typed):
    assert "There is a problem" in cora.get(f"{PAGE}?{typed}").text


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_an_image_that_runs_nothing(cora, story, name):
    answer = cora.get(f"{PAGE}/{name}.svg?span=all")
    assert answer.mimetype == "image/svg+xml"
    assert b"<svg" in answer.data
    assert b"script" not in answer.data


@pytest.mark.parametrize("name", ["routes.svg", "nothing.svg", "nothing.csv"])
def test_what_is_no_figure_is_not_found(cora, name):
    assert cora.get(f"{PAGE}/{name}").status_code == 404


def test_words_in_a_picture_are_words():
    assert b"<b>" not in draw_bars([("<b>Asked</b>", 3)], no_data="Nothing")


def test_nobody_but_coordinators_sees_it(client):
    assert client.get(PAGE).status_code in {302, 303, 401, 403}
