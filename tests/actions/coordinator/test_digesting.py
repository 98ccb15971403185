"""The coordinators' digest: once a working day, and only where something needs them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.actions.coordinator.digesting import send_digests
from matcher.actions.coordinator.tasks import add_task
from matcher.actions.network.attending import SentEvent, add_event
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.database import writing
from tests.cast import NEWBURY, WALSALL


@pytest.fixture
def cora(cast):
    """Cora, who has signed in before."""
    coordinator_id = cast.coordinator()
    with writing() as session:
        session.get_one(Coordinator, coordinator_id).signed_in_at = cast.occasion.now
    return coordinator_id


def tick(cast, **later):
    occasion = cast.acting(Actor.CLOCK)
    return send_digests(replace(occasion, now=occasion.now + timedelta(**later)))


def test_on_a_day_on_which_nothing_needs_them_nobody_is_written_to(cast, cora):
    assert tick(cast) == 0
    assert cast.emails("coordinator_digest") == []


def test_what_needs_them_is_told_once_a_day(cast, cora):
    cast.request()
    assert [tick(cast), tick(cast, hours=5), tick(cast, days=1)] == [1, 0, 1]
    assert cast.emails("coordinator_digest")[0].context["tasks"][0]["needing"] == "review"


@pytest.mark.parametrize("later", [{"hours": -4}, {"days": 5}], ids=["at six", "on Saturday"])
def test_nobody_is_written_to_out_of_hours(cast, cora, later):
    cast.request()
    assert tick(cast, **later) == 0


def test_who_has_never_signed_in_is_told_nothing(cast):
    cast.coordinator()
    cast.request()
    assert tick(cast) == 0


def test_what_is_urgent_to_do_by_hand_is_told_as_such(cast, cora):
    with writing() as session:
        add_task(session, TaskKind.PHONE_VOLUNTEER, "a", cast.acting(Actor.CLOCK), urgent=True)
    tick(cast)
    (told,) = cast.emails("coordinator_digest")
    assert told.context["tasks"][0]["needing"] == "urgent"


def test_an_event_is_told_of_once_when_it_is_a_week_away(cast, cora):
    near = SentEvent("Camp", date(2026, 12, 4), date(2026, 12, 4), WALSALL)
    add_event(near, "a" * 32, cast.acting(Actor.COORDINATOR))
    assert [tick(cast, days=day) for day in (0, 3, 4, 7, 8)] == [0, 0, 1, 0, 0]
    (told,) = cast.emails("coordinator_digest")
    assert [each["name"] for each in told.context["events"]] == ["Camp"]


def test_who_has_areas_is_told_of_these_alone(cast, cora):
    cast.request(where=WALSALL)
    near = cast.request(where=NEWBURY, need="Something quite else", email="rita@x.example")
    with writing() as session:
        session.get_one(Coordinator, cora).councils = [NEWBURY.council_gss]
    tick(cast)
    (told,) = cast.emails("coordinator_digest")
    assert [each["reference"] for each in told.context["tasks"]] == [f"H-{near + 1000}"]


def test_areas_in_which_nothing_waits_leave_their_coordinator_in_peace(cast, cora):
    cast.request(where=WALSALL)
    with writing() as session:
        session.get_one(Coordinator, cora).councils = [NEWBURY.council_gss]
    assert tick(cast) == 0
