from datetime import date
from itertools import product

import pytest
from sqlalchemy import select

from matcher.records.database import db
from matcher.records.offers import OfferChange
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer
from tests.web.wicked import WICKED

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def victor(cast, sign_in):
    """Victor, signed in."""
    volunteer_id = cast.volunteer()
    sign_in(volunteer_id)
    return volunteer_id


WORDS = {
    "offer": "I run our council's social media.",
    "job_title": "Digital lead",
    "skills": "social media, crisis communications\nmember briefings, Social Media",
    "experience": "Briefed members twice.\r\n\r\nRan the flood desk.\r\nFor three nights.",
    "kinds": ["workshop", "brief_leaders"],
}
REACH = {"where": "Walsall", "how_far": "miles", "miles": "80", "asks_per_quarter": "2"}
AWAY = {
    "first-day": "21", "first-month": "12", "first-year": "2026",
    "last-day": "4", "last-month": "January", "last-year": "2027",
}  # fmt: skip


def test_skills_are_tags_by_comma_or_line_each_once(client, cast, victor):
    client.post("/volunteer/offer", data=WORDS)
    skills = cast.get(Volunteer, victor).skills
    assert skills == ["social media", "crisis communications", "member briefings"]


def test_an_empty_line_divides_experience_into_pieces(client, cast, victor):
    client.post("/volunteer/offer", data=WORDS)
    pieces = cast.get(Volunteer, victor).experience
    assert pieces == ["Briefed members twice.", "Ran the flood desk.\nFor three nights."]


def test_kinds_are_kept(client, cast, victor):
    client.post("/volunteer/offer", data=WORDS)
    assert cast.get(Volunteer, victor).kinds == ["brief_leaders", "workshop"]


def test_a_saved_page_shows_what_was_saved(client, victor):
    page = client.post("/volunteer/offer", data=WORDS, follow_redirects=True).text
    assert "Your changes are saved" in page
    assert "crisis communications" in page


def test_the_form_shows_again_what_was_saved(client, victor):
    client.post("/volunteer/offer", data=WORDS)
    page = client.get("/volunteer/offer").text
    assert "Briefed members twice." in page
    assert "member briefings" in page


def test_too_many_skills_are_refused_at_the_field_and_not_lost(client, victor):
    many = ", ".join(f"skill {number}" for number in range(41))
    answer = client.post("/volunteer/offer", data=WORDS | {"skills": many})
    assert answer.status_code == 422
    assert "Enter 40 skills or fewer" in answer.text
    assert "skill 40" in answer.text


def test_a_text_among_the_skills_is_refused(client, victor):
    answer = client.post("/volunteer/offer", data=WORDS | {"skills": "x" * 81})
    assert "Each skill must be 80 characters or fewer" in answer.text


def test_changing_one_part_leaves_the_others(client, cast, victor):
    client.post("/volunteer/offer", data=WORDS)
    client.post("/volunteer/reach", data=REACH)
    kept = cast.get(Volunteer, victor)
    assert (kept.job_title, kept.travel_limit, kept.asks_per_quarter) == (
        "Digital lead",
        {"miles": 80},
        2,
    )


def test_the_form_of_where_from_is_filled_in(client, victor):
    page = client.get("/volunteer/reach").text
    assert 'value="WS1, Walsall"' in page
    assert 'value="120"' in page


LIMITS = REACH | {
    "starts_at": "work",
    "how_far": ["train", "car", "areas"],
    "train": "2 and a half hours",
    "car": "1 hour",
    "areas": "Walsall, West Berkshire",
    "same_day": "yes",
    "remote": "yes",
}


def test_every_kind_of_limit_is_kept(client, cast, victor):
    client.post("/volunteer/reach", data=LIMITS)
    kept = cast.get(Volunteer, victor)
    assert (kept.starts_at, kept.same_day) == ("work", True)
    assert kept.travel_limit == {
        "train_minutes": 150,
        "car_minutes": 60,
        "areas": ["E06000037", "E08000030"],
        "remote": True,
    }


def test_limits_are_said_in_words_and_shown_again_in_the_form(client, victor):
    page = client.post("/volunteer/reach", data=LIMITS, follow_redirects=True).text
    assert "Up to 2 and a half hours by train or 1 hour by car; only in " in page
    assert "Walsall, West Midlands (work)" in page
    form = client.get("/volunteer/reach").text
    for value in ("2 and a half hours", "1 hour", "Walsall, West Berkshire"):
        assert f'value="{value}"' in form


def test_by_video_only_needs_no_distance(client, cast, victor):
    client.post("/volunteer/reach", data=REACH | {"how_far": "video"})
    assert cast.get(Volunteer, victor).travel_limit == {"miles": 0, "remote": True}
    assert 'value="video" checked' in client.get("/volunteer/reach").text


def test_any_distance_and_a_limit_contradict_each_other(client, victor):
    answer = client.post("/volunteer/reach", data=REACH | {"how_far": ["any", "miles"]})
    assert "Select “Any distance”, or others, not both" in answer.text


def test_any_distance_takes_the_limit_away(client, cast, victor):
    client.post("/volunteer/reach", data=REACH | {"how_far": "any"})
    assert cast.get(Volunteer, victor).travel_limit == {}


def test_the_name_shown_to_others_is_changed(client, cast, victor):
    client.post("/volunteer/name", data={"display_name": "Vic"})
    assert cast.get(Volunteer, victor).shown_as == "Vic"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("@vic@mastodon.social", "https://mastodon.social/@vic"),
        ("@vic.bsky.social", "https://bsky.app/profile/vic.bsky.social"),
        ("linkedin.com/in/vic", "https://linkedin.com/in/vic"),
        ("https://x.com/vic", "https://x.com/vic"),
    ],
)
def test_handles_are_kept_as_addresses_and_lead_there_without_weight(
    client, cast, victor, typed, kept
):
    client.post("/volunteer/name", data={"handles": f"{typed}\n{typed}"})
    assert cast.get(Volunteer, victor).handles == [kept]
    assert f'href="{kept}" rel="me nofollow noopener noreferrer"' in client.get("/volunteer").text


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "https://a:b@x.com", "vic", "https://x.com/a b", "//x.com"]
)
def test_what_is_no_handle_comes_back_with_what_was_typed(client, cast, victor, typed):
    page = client.post("/volunteer/name", data={"handles": typed})
    assert "is not an address" in page.text
    assert cast.get(Volunteer, victor).handles == []


def test_who_hides_the_organisation_is_asked_nothing_and_a_coordinator_is_told(
    client, cast, victor
):
    client.post("/volunteer/name", data={"hides_organisation": "yes"})
    assert [(task.kind, task.volunteer_id) for task in cast.rows(Task)] == [("vouch", victor)]
    newest = select(OfferChange.payload).order_by(OfferChange.number.desc())
    assert db.session.scalars(newest).first() is None


def away(cast, volunteer_id):
    return [(span.first_on, span.last_on) for span in cast.get(Volunteer, volunteer_id).away]


def test_days_away_are_added_once(client, cast, victor):
    for _ in range(2):
        client.post("/volunteer/away", data=AWAY)
    assert away(cast, victor) == [(date(2026, 12, 21), date(2027, 1, 4))]


def test_days_away_are_removed_and_pressed_twice_is_no_fault(client, cast, victor):
    client.post("/volunteer/away", data=AWAY)
    for _ in range(2):
        client.post("/volunteer/away/remove", data={"span": "2026-12-21/2027-01-04"})
    assert away(cast, victor) == []


def test_days_in_the_wrong_order_are_refused_at_the_field(client, victor):
    answer = client.post("/volunteer/away", data=AWAY | {"last-year": "2026"})
    assert answer.status_code == 422
    assert "must be on or after" in answer.text or "must not be before the first" in answer.text


@pytest.mark.parametrize(
    "typed",
    [{}, {"first-day": "31", "first-month": "2"}, {"last-year": "99999"}, {"first-day": "=1+1"}],
)
def test_bad_dates_are_answered_at_the_field(client, victor, typed):
    answer = client.post("/volunteer/away", data=(AWAY | typed) if typed else {})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


@pytest.mark.parametrize(
    ("page", "sent"), [("offer", WORDS), ("reach", REACH), ("name", {"display_name": ""})]
)
def test_wicked_input_is_answered_at_the_field_or_kept_as_words(client, victor, page, sent):
    for field, words in product(sent, WICKED):
        answer = client.post(f"/volunteer/{page}", data=sent | {field: words})
        assert answer.status_code in {303, 422}
        assert "<script>alert" not in answer.text + client.get("/volunteer").text
