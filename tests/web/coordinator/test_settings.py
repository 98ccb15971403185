import pytest

from matcher.actions.coordinator.settings_changing import save_settings
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.proposing import propose
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.settings_log import flatten
from matcher.records.programmes import (
    ProgrammeSettings,
    get_programme,
    get_settings,
    latest_settings,
)
from matcher.web.forms.setting import Kind
from matcher.web.forms.settings_catalogue import SECTIONS
from tests.cast import NEWBURY

PAGE = "/coordinator/settings"


def in_force() -> ProgrammeSettings:
    db.session.rollback()
    return get_settings(db.session())


def version() -> str:
    db.session.rollback()
    kept = latest_settings(db.session(), get_programme(db.session()).id)
    return str(kept.version if kept else 0)


def typed(section: str, **changes: str) -> dict[str, str]:
    """What a browser sends of a page of settings when only these are changed."""
    values, sent = flatten(in_force()), {"based_on": version()}
    for setting in SECTIONS[section].settings:
        value = values[setting.path]
        if setting.kind == Kind.PER_CENT:
            value = round(value * 100)
        elif isinstance(value, float):
            value = round(value)
        if value is not None and value is not False:
            sent[setting.name] = "yes" if value is True else str(value)
    return {**sent, **{name.replace("__", "-"): value for name, value in changes.items()}}


@pytest.fixture
def two_volunteers(cast):
    """Somebody near with fewer of the words, somebody far with more, and a request; its id."""
    cast.volunteer(name="Far Away", miles=500)
    near = {"where": NEWBURY, "organisation": "Reading"}
    cast.volunteer(name="Near By", offer="I have briefed members and the chief executive.", **near)
    request_id = cast.request()
    propose(LiveIndex(), request_id, cast.acting(Actor.CLOCK))
    return request_id


def test_every_setting_is_shown_in_plain_words(cora):
    page = cora.get(PAGE).text
    assert "Details are made anonymous after the end of a request after" in page
    assert "24 months" in page
    assert "15 per cent" in page


@pytest.mark.parametrize("section", SECTIONS)
def test_every_page_of_settings_can_be_saved_as_it_is(cora, section):
    assert cora.get(f"{PAGE}/{section}").status_code == 200
    answer = cora.post(f"{PAGE}/{section}", data=typed(section), follow_redirects=True)
    assert "Nothing was changed" in answer.text


def test_a_setting_is_changed_and_counts_at_once(cora):
    answer = cora.post(f"{PAGE}/times", data=typed("times", retention_months="36"))
    assert answer.status_code == 303
    assert in_force().retention_months == 36


def test_a_reminder_can_be_left_out(cora):
    cora.post(f"{PAGE}/waves", data=typed("waves", **{"waves-0-reminder_working_days": ""}))
    assert in_force().waves[0].reminder_working_days is None


@pytest.mark.parametrize(
    ("section", "changes", "problem"),
    [
        ("times", {"retention_months": "0"}, "must be between 1 and 84"),
        ("times", {"retention_months": ""}, "Enter a number for “Details are made anonymous"),
        ("times", {"draft_hours": "soon"}, "must be a whole number"),
        ("programme", {"contact_email": "nobody"}, "Enter an email address in the correct format"),
        ("programme", {"name": ""}, "Enter words"),
        ("waves", {"waves__0__from_days": "10"}, "Each wave must begin further from the date"),
        ("waves", {"waves__2__from_days": "1"}, "The last wave must begin at 0 days"),
        ("waves", {"waves__0__reminder_working_days": "5"}, "must come before the time to answer"),
        ("hours", {"asking_hours__last_hour": "8"}, "must end later in the day"),
        ("hours", {"asking_hours__due_hour": "8"}, "must fall due after the first hour"),
        ("limits", {"confirmations_in_all": "10"}, "at least as many emails as one network"),
        ("matching", {"weights__travel": "61"}, "must be between 0 and 60"),
        (
            "matching",
            {"weights__whole": "0", "weights__items": "0", "weights__bm25": "0"},
            "At least one way of weighing words must count",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_box(cora, section, changes, problem):
    answer = cora.post(f"{PAGE}/{section}", data=typed(section, **changes))
    assert answer.status_code == 422
    assert problem in answer.text
    assert in_force() == ProgrammeSettings()


def test_other_weights_are_tried_before_they_are_kept(cora, two_volunteers):
    answer = cora.post(f"{PAGE}/matching", data=typed("matching", weights__travel="60"))
    assert "What if?" in answer.text
    assert "Tried on 1 open request" in answer.text
    assert in_force() == ProgrammeSettings()


def test_who_changes_places_under_other_weights_is_named(cora, two_volunteers):
    sent = typed("matching", weights__travel="60", weights__travel_minutes="15")
    page = cora.post(f"{PAGE}/matching", data=sent).text
    assert "1 open request changes" in page
    assert "somebody else is first" in page
    assert "Near By" in page


def test_past_requests_are_tried_too_with_those_who_came(cora, cast):
    cast.confirmed(cast.request(), cast.volunteer())
    page = cora.post(f"{PAGE}/matching", data=typed("matching", weights__travel="30")).text
    assert "on 1 past one" in page
    assert "stand on average at place 1.0 now, and would at place 1.0" in page


def test_weights_are_kept_with_one_press_more_and_the_matcher_looks_again(
    cora, cast, two_volunteers
):
    sent = typed("matching", weights__travel="30", sure="yes")
    assert cora.post(f"{PAGE}/matching", data=sent).status_code == 303
    assert in_force().weights.travel == 0.3
    assert cast.get(HelpRequest, two_volunteers).proposed_at is None


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cora, cast):
    sent = typed("times", retention_months="36")
    other = ProgrammeSettings(draft_hours=12)
    save_settings(other, 0, cast.acting(Actor.COORDINATOR))
    answer = cora.post(f"{PAGE}/times", data=sent)
    assert "Somebody else has changed the settings meanwhile" in answer.text
    assert in_force() == other


def test_trying_other_values_keeps_what_was_typed(cora):
    sent = typed("matching", weights__travel="33", again="yes")
    answer = cora.post(f"{PAGE}/matching", data=sent)
    assert answer.status_code == 200
    assert 'value="33"' in answer.text


def test_the_history_says_who_changed_what_from_what_to_what(cora):
    cora.post(f"{PAGE}/times", data=typed("times", retention_months="36"))
    page = cora.get(f"{PAGE}/history").text
    assert "Cora Bell" in page
    assert "24 months" in page
    assert "36 months" in page


def test_a_change_is_undone_and_later_ones_stay(cora):
    cora.post(f"{PAGE}/times", data=typed("times", retention_months="36"))
    cora.post(f"{PAGE}/hours", data=typed("hours", asking_hours__last_hour="17"))
    assert cora.post(f"{PAGE}/history/1/undo").status_code == 303
    assert in_force().retention_months == 24
    assert in_force().asking_hours.last_hour == 17


def test_undoing_what_would_contradict_a_later_change_is_refused(cora):
    cora.post(f"{PAGE}/waves", data=typed("waves", waves__0__reminder_working_days="2"))
    cora.post(f"{PAGE}/waves", data=typed("waves", waves__0__answer_working_days="3"))
    answer = cora.post(f"{PAGE}/history/1/undo")
    assert answer.status_code == 409
    assert in_force().waves[0].reminder_working_days == 2


def test_a_page_or_change_that_is_not_there_is_not_found(cora):
    assert cora.get(f"{PAGE}/nonsense").status_code == 404
    assert cora.post(f"{PAGE}/history/9/undo").status_code == 404
