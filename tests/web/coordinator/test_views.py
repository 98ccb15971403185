"""Saved views at the desk: from what a list shows, opened by one link, one's own or shared."""

import pytest

from matcher.lifecycle.access import Role
from matcher.mail.links import Purpose
from matcher.records.coordinators import Coordinator
from matcher.records.history import Happening
from matcher.records.saved_views import SavedView

NEW = "/coordinator/views/new?listing=requests&queue=nobody&state=nobody&words=social"


@pytest.fixture
def colin(app, cast, address, monday):
    """The browser of somebody else who coordinates."""
    colin_id = cast.coordinator("colin@programme.example", "Colin Hay", Role.COORDINATOR)
    browser = app.test_client()
    browser.post("/coordinator/sign-in", data={"email": "colin@programme.example"})
    browser.post(address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=colin_id))
    return browser


def save(cora, address=NEW, **said):
    return cora.post(address, data={"name": "Stuck on <social>"} | said)


def test_a_view_opens_the_list_with_its_filters(cora, cast):
    opened = cora.get(save(cora).location)
    assert opened.location == "/coordinator/requests?queue=nobody&state=nobody&words=social"
    assert "Stuck on &lt;social&gt;" in cora.get(opened.location).text


def test_a_list_that_is_narrowed_can_be_saved(cora):
    assert "Save this view" not in cora.get("/coordinator/requests").text
    assert "Save this view" in cora.get("/coordinator/requests?state=nobody").text
    assert "Save this view" in cora.get("/coordinator/volunteers?words=housing").text


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ("listing=requests&queue=evil&state=%22x&words=a", ("", "", "a")),
        ("listing=volunteers&queue=nobody&state=active", ("", "active", "")),
        ("listing=volunteers&state=nobody&next=//evil.example", ("", "", "")),
    ],
)
def test_only_known_filters_are_kept(cora, cast, filters, kept):
    save(cora, f"/coordinator/views/new?{filters}")
    (view,) = cast.rows(SavedView)
    assert (view.queue, view.state, view.words) == kept


@pytest.mark.parametrize("listing", ["", "coordinators", "requests%00"])
def test_there_are_views_of_known_lists_only(cora, listing):
    assert save(cora, f"/coordinator/views/new?listing={listing}").status_code == 404


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "x" * 100_000, "\x00"])
def test_a_name_that_cannot_be_is_asked_for_again(cora, cast, name):
    assert save(cora, name=name).status_code == 422
    assert cast.rows(SavedView) == []


def test_no_two_views_that_one_may_open_have_the_same_name(cora, cast):
    save(cora)
    assert save(cora, name="STUCK on <social>").status_code == 422
    assert len(cast.rows(SavedView)) == 1


def test_a_view_is_its_own_coordinators_until_it_is_shared(cora, colin, cast):
    save(cora)
    (view,) = cast.rows(SavedView)
    page = f"/coordinator/views/{view.id}"
    assert {colin.get(page).status_code, colin.get(f"{page}/change").status_code} == {404}
    assert {colin.post(f"{page}/{press}").status_code for press in ("delete", "begin")} == {404}
    cora.post(f"{page}/change", data={"name": "Stuck", "is_shared": "yes"})
    assert colin.get(page).status_code == 302
    assert "Stuck" in colin.get("/coordinator/requests").text


def test_a_view_can_be_what_opens_after_signing_in(cora, cast, address):
    save(cora, opens="yes")
    cora_id = cast.rows(Coordinator)[0].id
    cora.post("/coordinator/sign-in", data={"email": "cora@programme.example"})
    signed_in = cora.post(address(Purpose.SIGN_IN_COORDINATOR, coordinator_id=cora_id))
    assert signed_in.location.startswith("/coordinator/requests?queue=nobody")
    cora.post("/coordinator/views/begin-with-tasks")
    assert cast.rows(Coordinator)[0].opening_view_id is None


def test_a_view_that_is_deleted_opens_for_nobody(cora, colin, cast):
    save(cora, is_shared="yes")
    (view,) = cast.rows(SavedView)
    colin.post(f"/coordinator/views/{view.id}/begin")
    cora.post(f"/coordinator/views/{view.id}/delete")
    assert cora.get(f"/coordinator/views/{view.id}").status_code == 404
    assert {each.opening_view_id for each in cast.rows(Coordinator)} == {None}


def test_the_log_says_who_saved_and_deleted_a_view(cora, cast):
    save(cora)
    cora.post("/coordinator/views/1/delete")
    events = [each.event for each in cast.rows(Happening, subject="saved_view")]
    assert events == ["save_view", "delete_view"]
    assert "A view of a list was saved" in cora.get("/coordinator/audit").text
