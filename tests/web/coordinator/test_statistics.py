from base64 import b64decode

import pytest

from matcher.web.coordinator.pictures import draw_bars

PAGE = "/coordinator/statistics"
NAMES = ("requests", "asks", "first-yes", "load")


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


def test_there_is_a_picture_above_each_table_of_numbers(cora, story):
    assert cora.get(PAGE).text.count('src="data:image/svg+xml;base64,') == len(NAMES)


@pytest.mark.parametrize("name", ["nothing", "../requests"])
def test_what_is_no_figure_is_not_found(cora, name):
    assert cora.get(f"{PAGE}/{name}.csv").status_code == 404


def test_a_picture_holds_words_as_words_and_runs_nothing():
    drawn = b64decode(draw_bars([("<b>Asked</b>", 1300)]).partition(",")[2]).decode()
    assert "&lt;b&gt;Asked&lt;/b&gt;: 1,300" in drawn
    assert "script" not in drawn


def test_nobody_but_coordinators_sees_it(client):
    assert client.get(PAGE).status_code in {302, 303, 401, 403}
