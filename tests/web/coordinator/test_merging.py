"""Merging a request at the desk: the likely ones are shown, any other is named by reference."""

import pytest

from matcher.lifecycle.help_request import State
from matcher.mail.links import Purpose
from matcher.records.help_requests import HelpRequest


@pytest.fixture
def two(cast):
    """The same need sent twice."""
    return cast.request(email="second@westberks.example"), cast.request()


def merge(cora, two, **said):
    return cora.post(f"/coordinator/requests/{two[0]}/merge", data={"note": "Same <b>."} | said)


def test_the_likely_other_one_is_offered_and_chosen(cora, cast, two):
    assert "H-1002" in cora.get(f"/coordinator/requests/{two[0]}/merge").text
    assert merge(cora, two, into="H-1002").status_code == 303
    ended, kept = (cora.get(f"/coordinator/requests/{each}").text for each in two)
    assert "Merged into" in ended
    assert "H-1002. Same &lt;b&gt;." in ended
    assert "What came in with H-1001" in kept
    assert "A duplicate was merged into this request (Cora Bell)" in kept


@pytest.mark.parametrize("typed", ["H-1002", " h-1002 ", "1002"])
def test_any_other_is_named_by_its_reference(cora, cast, two, typed):
    assert merge(cora, two, into="another", reference=typed).status_code == 303
    assert cast.get(HelpRequest, two[0]).merged_into_id == two[1]


@pytest.mark.parametrize(
    "typed", ["", "H-1001", "H-1", "H-9999999999", "x" * 100_000, "\x00", "²", "<b>", "🙂"]
)
def test_what_names_no_other_open_request_is_asked_again(cora, cast, two, typed):
    assert merge(cora, two, into="another", reference=typed).status_code == 422
    assert cast.get(HelpRequest, two[0]).state == State.IN_REVIEW


def test_a_merge_is_undone_with_a_press(cora, cast, two):
    merge(cora, two, into="H-1002")
    page = f"/coordinator/requests/{two[0]}"
    assert "Undo the merge" in cora.get(page).text
    cora.post(f"{page}/merge/undo")
    assert cast.get(HelpRequest, two[0]).state == State.IN_REVIEW
    assert "Undo the merge" not in cora.get(page).text


def test_its_requester_reads_which_one_goes_on(cora, cast, address, two):
    merge(cora, two, into="H-1002")
    text = cora.get(address(Purpose.STATUS, help_request_id=two[0])).text
    assert "asks for the same as the request H-1002" in text
