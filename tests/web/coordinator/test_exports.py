"""Taking data out: whole, logged, free of formulas, and names only where they were asked for."""

import csv
import io

import pytest

from matcher.records import exports
from matcher.records.database import writing
from matcher.records.exports import Export
from matcher.records.history import Happening
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

PAGE = "/coordinator/exports"


def rows_of(client, export: str, **data: str) -> list[dict[str, str]]:
    answer = client.post(f"{PAGE}/{export}.csv", data=data)
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("export", list(Export))
def test_every_export_holds_what_happened(cora, cast, export):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    with writing() as session:
        session.get_one(Pairing, pairing_id).invited_at = cast.occasion.now
    (first, *_) = rows_of(cora, export)
    wanted = "1" if export == Export.VOLUNTEERS else "H-1001"
    assert next(iter(first.values())) == wanted


def test_names_and_addresses_stand_only_where_they_were_asked_for(cora, cast):
    cast.volunteer(name="Victor Osei", email="victor@walsall.example")
    cast.request()
    for export in Export:
        written = cora.post(f"{PAGE}/{export}.csv").text
        assert not any(each in written for each in ("Victor", "victor@", "Ruth", "ruth@"))
    assert rows_of(cora, "volunteers", details="yes")[0]["Email"] == "victor@walsall.example"


def test_an_address_that_nobody_proved_is_not_taken_out(cora, cast):
    cast.volunteer(confirmed=False)
    cast.request(confirmed=False)
    for export in ("volunteers", "requests"):
        (row,) = rows_of(cora, export, details="yes")
        assert (row["Name"], row["Email"]) == ("", "")


def test_each_export_is_logged_with_who_took_it(cora, cast):
    cora.post(f"{PAGE}/requests.csv")
    page = cora.get(PAGE).text
    assert "Cora Bell" in page
    assert "Nothing so far" not in page


def test_details_that_were_taken_out_stand_in_each_persons_history(cora, cast):
    volunteer_id = cast.volunteer()
    rows_of(cora, "volunteers", details="yes")
    (looked,) = cast.rows(Happening, event="details_taken_out")
    assert (looked.volunteer_id, looked.actor) == (volunteer_id, "coordinator")
    assert "taken out in a file" in cora.get(f"/coordinator/volunteers/{volunteer_id}").text


def test_counts_name_nobody(cora, cast):
    cast.request()
    assert "requests,in_review,1" in cora.get(f"{PAGE}/counts.csv").text


def test_no_cell_is_a_formula(cora, cast):
    cast.volunteer(offer="=HYPERLINK(1)")
    (row,) = rows_of(cora, "volunteers")
    assert row["What others could learn from them"] == "'=HYPERLINK(1)"


def test_long_exports_are_read_in_parts_and_whole(cora, cast, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    ids = [str(cast.volunteer()) for _ in range(5)]
    assert [row["Volunteer"] for row in rows_of(cora, "volunteers")] == ids


def test_only_coordinators_take_data_out(client, cast):
    cast.volunteer()
    answer = client.post(f"{PAGE}/volunteers.csv")
    assert answer.status_code == 302
    assert cast.rows(Volunteer)
