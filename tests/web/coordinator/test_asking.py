from datetime import date

from matcher.records.database import db
from matcher.records.organisations import find_organisation
from matcher.records.programmes import ProgrammeSettingsVersion, get_settings

DAYS = {
    "first-day": "28",
    "first-month": "12",
    "first-year": "2026",
    "last-day": "31",
    "last-month": "12",
    "last-year": "2026",
}


def closed_days(name):
    db.session.rollback()
    return find_organisation(db.session(), name).closed_days


def test_days_when_an_organisation_is_closed_are_kept_and_taken_back(cora, cast):
    sent = DAYS | {"organisation": "Walsall"}
    page = cora.post("/coordinator/asking", data=sent, follow_redirects=True).text
    assert "Monday 28 December 2026 to Thursday 31 December 2026" in page
    assert date(2026, 12, 30) in closed_days("Walsall")
    walsall = find_organisation(db.session(), "Walsall").id
    span = {"first": "2026-12-28", "last": "2026-12-31"}
    cora.post(f"/coordinator/asking/closures/{walsall}/remove", data=span)
    assert closed_days("Walsall") == frozenset()


def test_an_organisation_that_nobody_knows_is_refused_at_the_field(cora):
    answer = cora.post("/coordinator/asking", data=DAYS | {"organisation": "Nowhere"})
    assert (answer.status_code, "Enter an organisation from the list" in answer.text) == (422, True)


def test_the_measured_wave_is_switched_off_and_on_and_each_version_is_kept(cora, cast):
    for follow in ("no", "no", "yes"):
        cora.post("/coordinator/asking/rate", data={"follow": follow})
    assert get_settings(db.session()).waves_follow_yes_rate
    assert [row.version for row in cast.rows(ProgrammeSettingsVersion)] == [1, 2]


def test_the_share_of_yeses_is_shown(cora, cast):
    page = cora.get("/coordinator/asking").text
    assert "No invitation has come to an end yet" in page
    assert "2, 3 or 5 more" in page
