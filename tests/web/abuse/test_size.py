"""Whatever is too much is refused early, with a page that says so."""

import pytest

pytestmark = pytest.mark.usefixtures("monday")

MEGABYTES = 2_000_000
TOO_MUCH = {
    "one huge field": {"need": "x" * MEGABYTES},
    "two thousand fields": {f"field{number}": "x" for number in range(2_000)},
}


@pytest.mark.parametrize("data", TOO_MUCH.values(), ids=list(TOO_MUCH))
def test_a_form_beyond_the_limit_is_refused_as_a_whole(client, data):
    kind = "multipart/form-data" if len(data) > 1 else None
    answer = client.post("/ask/need", data=data, content_type=kind)
    assert answer.status_code == 413


def test_a_text_beyond_its_own_limit_comes_back_with_its_error(client):
    answer = client.post("/ask/need", data={"need": "a word " * 60_000})
    assert answer.status_code == 422
    assert "4,000 characters or fewer" in answer.text


@pytest.mark.parametrize("query", ["page=-1", "page=9" * 400, "page=0", "page=1e9", "page=%00"])
def test_no_number_of_a_page_is_a_fault(cora, query):
    lists = ("/coordinator/requests", "/coordinator/volunteers", "/coordinator/emails")
    assert [cora.get(f"{path}?{query}").status_code for path in lists] in ([200] * 3, [404] * 3)


def test_a_long_search_with_signs_of_every_kind_is_no_fault(cora):
    for words in ('"' * 3_000, "* OR " * 500, "(((((" * 500, "a" * 5_000, "\x00", "%_\\" * 900):
        answer = cora.get("/coordinator/volunteers", query_string={"q": words, "words": words})
        assert answer.status_code == 200
