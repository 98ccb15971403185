"""The life of a visit: agreed, confirmed once more, moved, called off, and what came of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from matcher.actions.clock.upkeep import run_upkeep
from matcher.actions.visit.dates import choose_date, offer_dates, reconfirm
from matcher.actions.visit.details import VisitDetails, write_details
from matcher.actions.visit.outcomes import (
    Told,
    add_words,
    settle,
    tell_anew,
    tell_outcome,
    thank_manager,
)
from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.choices import MissedReason, Outcome, TaskKind, WhoPays
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing, Visit
from matcher.records.tasks import Task

FEBRUARY = (date(2027, 2, 3), date(2027, 2, 10))
HELD = Told(Outcome.HELD, helped=True)
MISSED = Told(Outcome.MISSED, because=MissedReason.TRAVEL)


@pytest.fixture
def begun(cast):
    """A visit agreed on Monday 23 November for Wednesday 20 January; its id."""
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    return cast.rows(Visit, pairing_id=pairing_id)[0].id


def on(cast, day, actor=Actor.CLOCK, hour=10):
    return replace(cast.acting(actor), now=datetime(*day, hour, tzinfo=UTC))


def the_pairing(cast, visit_id):
    return cast.get(Pairing, cast.get(Visit, visit_id).pairing_id)


def test_a_visit_agreed_long_ahead_is_confirmed_once_more_a_week_before(cast, begun):
    run_upkeep(on(cast, (2027, 1, 13)))
    assert len(cast.emails("reconfirm")) == 1
    reconfirm(begun, on(cast, (2027, 1, 13), Actor.VOLUNTEER))
    run_upkeep(on(cast, (2027, 1, 18)))
    assert cast.rows(Task, kind=TaskKind.PHONE_VOLUNTEER) == []


def test_a_volunteer_who_does_not_reconfirm_is_phoned(cast, begun):
    for day in ((2027, 1, 13), (2027, 1, 17), (2027, 1, 18)):
        run_upkeep(on(cast, day))
    assert len(cast.rows(Task, kind=TaskKind.PHONE_VOLUNTEER)) == 1


def test_a_visit_agreed_shortly_before_is_not_reconfirmed(cast, begun):
    offer_dates(begun, [date(2026, 12, 10)], cast.acting(Actor.REQUESTER))
    choose_date(begun, date(2026, 12, 10), cast.acting(Actor.VOLUNTEER))
    for day in (1, 3, 5, 9):
        run_upkeep(on(cast, (2026, 12, day)))
    assert cast.emails("reconfirm") == []


def test_a_new_date_is_agreed_when_the_other_side_says_yes(cast, begun):
    offer_dates(begun, FEBRUARY, cast.acting(Actor.REQUESTER))
    choose_date(begun, FEBRUARY[1], cast.acting(Actor.VOLUNTEER))
    found = cast.get(Visit, begun)
    assert (found.state, found.on, found.sequence) == (visit.State.AGREED, FEBRUARY[1], 2)
    assert len(cast.emails("visit_agreed")) == 2


def test_nobody_agrees_to_their_own_offer(cast, begun):
    offer_dates(begun, FEBRUARY, cast.acting(Actor.REQUESTER))
    with pytest.raises(NotAllowed):
        choose_date(begun, FEBRUARY[0], cast.acting(Actor.REQUESTER))


@pytest.mark.parametrize("days", [(), (date(2026, 11, 23),)])
def test_a_date_must_be_to_come(cast, begun, days):
    with pytest.raises(NotAllowed):
        offer_dates(begun, days, cast.acting(Actor.REQUESTER))


def test_a_volunteer_who_does_not_answer_within_two_working_days_gives_the_place_back(cast, begun):
    offer_dates(begun, FEBRUARY, cast.acting(Actor.REQUESTER))
    run_upkeep(on(cast, (2026, 11, 25), hour=9))
    assert the_pairing(cast, begun).state == pairing.State.CONFIRMED
    run_upkeep(on(cast, (2026, 11, 25), hour=11))
    kept = the_pairing(cast, begun)
    assert kept.state == pairing.State.RELEASED
    assert cast.get(HelpRequest, kept.help_request_id).state == help_request.State.REOPENED


def test_a_requester_who_does_not_answer_is_phoned(cast, begun):
    offer_dates(begun, FEBRUARY, cast.acting(Actor.VOLUNTEER))
    run_upkeep(on(cast, (2026, 11, 26)))
    assert the_pairing(cast, begun).state == pairing.State.CONFIRMED
    assert len(cast.rows(Task, kind=TaskKind.NO_DATE)) == 1


def test_both_are_asked_on_the_next_working_day_and_once_more_then_a_coordinator(cast, begun):
    seen = []
    for day in ((2027, 1, 20), (2027, 1, 21), (2027, 1, 28), (2027, 2, 4), (2027, 2, 5)):
        run_upkeep(on(cast, day))
        tasks = cast.rows(Task, kind=TaskKind.NO_OUTCOME)
        seen.append((len(cast.emails("visit_question")), len(tasks)))
    assert seen == [(0, 0), (2, 0), (4, 0), (4, 1), (4, 1)]


def test_who_has_told_is_not_asked_again(cast, begun):
    run_upkeep(on(cast, (2027, 1, 14)))
    run_upkeep(on(cast, (2027, 1, 18)))
    run_upkeep(on(cast, (2027, 1, 21)))
    tell_outcome(begun, HELD, on(cast, (2027, 1, 21), Actor.REQUESTER))
    for day in (29, 30):
        run_upkeep(on(cast, (2027, 1, day)))
    names = [
        email.to_address.split("@")[0].split(".")[0] for email in cast.emails("visit_question")
    ]
    assert names == ["ruth", "victor", "victor"]


def test_a_visit_that_took_place_ends_the_request_and_thanks_the_volunteer_once(cast, begun):
    ruth = on(cast, (2027, 1, 21), Actor.REQUESTER)
    tell_outcome(begun, HELD, ruth)
    add_words(begun, "We changed how we post.", ruth)
    kept = the_pairing(cast, begun)
    assert kept.state == pairing.State.VISITED
    assert cast.get(HelpRequest, kept.help_request_id).state == help_request.State.DONE
    assert [each.context["words"] for each in cast.emails("thanks")] == ["We changed how we post."]


def test_nothing_is_told_of_a_visit_before_its_day(cast, begun):
    with pytest.raises(NotAllowed):
        tell_outcome(begun, HELD, cast.acting(Actor.VOLUNTEER))


def test_a_visit_by_video_is_recorded_as_one(cast, begun):
    tell_outcome(begun, Told(Outcome.HELD_REMOTE), on(cast, (2027, 1, 21), Actor.VOLUNTEER))
    assert cast.get(Visit, begun).state == visit.State.TOOK_PLACE_REMOTE


def test_no_show_is_recorded_by_the_other_side_with_a_neutral_reason(cast, begun):
    tell_outcome(begun, MISSED, on(cast, (2027, 1, 21), Actor.REQUESTER))
    found = cast.get(Visit, begun)
    assert (found.state, found.missed_because) == (visit.State.MISSED, MissedReason.TRAVEL)
    assert len(cast.rows(Task, kind=TaskKind.MISSED)) == 1


def test_two_who_tell_it_differently_are_for_a_coordinator_to_settle(cast, begun):
    tell_outcome(begun, MISSED, on(cast, (2027, 1, 21), Actor.REQUESTER))
    tell_outcome(begun, HELD, on(cast, (2027, 1, 21), Actor.VOLUNTEER))
    assert len(cast.rows(Task, kind=TaskKind.OUTCOMES_DIFFER)) == 1
    settle(begun, Outcome.HELD, "Both phoned.", on(cast, (2027, 1, 22), Actor.COORDINATOR))
    assert cast.get(Visit, begun).state == visit.State.TOOK_PLACE
    assert the_pairing(cast, begun).state == pairing.State.VISITED


@pytest.mark.parametrize(("told", "queued"), [(HELD, 0), (MISSED, 1)])
def test_who_tells_after_a_coordinator_has_settled_it_is_heard(cast, begun, told, queued):
    settle(begun, Outcome.HELD, "by phone", on(cast, (2027, 2, 1), Actor.COORDINATOR))
    tell_outcome(begun, told, on(cast, (2027, 2, 2), Actor.VOLUNTEER))
    assert cast.get(Visit, begun).volunteer_said == told.outcome
    assert len(cast.rows(Task, kind=TaskKind.OUTCOMES_DIFFER)) == queued


def test_telling_it_twice_is_telling_it_once(cast, begun):
    for told in (HELD, MISSED):
        tell_outcome(begun, told, on(cast, (2027, 1, 21), Actor.REQUESTER))
    assert cast.get(Visit, begun).state == visit.State.TOOK_PLACE
    assert cast.rows(Task, kind=TaskKind.OUTCOMES_DIFFER) == []


def test_a_press_by_mistake_is_put_right(cast, begun):
    ruth = on(cast, (2027, 1, 21), Actor.REQUESTER)
    tell_outcome(begun, MISSED, ruth)
    tell_anew(begun, HELD, ruth)
    found, kept = cast.get(Visit, begun), the_pairing(cast, begun)
    assert (found.state, found.missed_because) == (visit.State.TOOK_PLACE, None)
    assert kept.state == pairing.State.VISITED
    assert [each.done_at for each in cast.rows(Task, kind=TaskKind.MISSED)] == [ruth.now]
    assert len(cast.emails("thanks")) == 1


def test_thanks_that_wait_stay_behind_when_it_did_not_help_after_all(cast, begun):
    ruth = on(cast, (2027, 1, 21), Actor.REQUESTER)
    tell_outcome(begun, HELD, ruth)
    tell_anew(begun, Told(Outcome.HELD, helped=False), ruth)
    assert [each.skipped_because for each in cast.emails("thanks")] == ["told_otherwise"]


def test_what_the_other_side_or_a_coordinator_told_is_not_overruled(cast, begun):
    ruth, victor = (on(cast, (2027, 1, 21), side) for side in (Actor.REQUESTER, Actor.VOLUNTEER))
    tell_outcome(begun, HELD, ruth)
    tell_outcome(begun, HELD, victor)
    tell_anew(begun, MISSED, ruth)
    assert cast.get(Visit, begun).state == visit.State.TOOK_PLACE
    assert len(cast.rows(Task, kind=TaskKind.OUTCOMES_DIFFER)) == 1


def test_nothing_is_put_right_that_was_not_told(cast, begun):
    with pytest.raises(NotAllowed):
        tell_anew(begun, HELD, on(cast, (2027, 1, 21), Actor.REQUESTER))


def test_nothing_is_told_while_the_dates_offered_are_to_come(cast, begun):
    offer_dates(begun, FEBRUARY, on(cast, (2027, 1, 19), Actor.REQUESTER))
    with pytest.raises(NotAllowed):
        tell_outcome(begun, HELD, on(cast, (2027, 1, 21), Actor.REQUESTER))


def test_a_second_visit_missed_within_a_year_is_a_talk(cast, begun):
    again = cast.confirmed(cast.request(need="A day with our planners"), 1)
    second = cast.rows(Visit, pairing_id=again)[0].id
    for visit_id in (begun, second):
        tell_outcome(visit_id, MISSED, on(cast, (2027, 1, 21), Actor.REQUESTER))
    kinds = [task.kind for task in cast.rows(Task)]
    assert kinds.count(TaskKind.MISSED) == kinds.count(TaskKind.MISSED_AGAIN) == 1


def test_a_manager_is_thanked_where_the_volunteer_wishes_it(cast, begun):
    tell_outcome(begun, HELD, on(cast, (2027, 1, 21), Actor.REQUESTER))
    victor = on(cast, (2027, 1, 22), Actor.VOLUNTEER)
    thank_manager(begun, "boss@walsall.example", "192.0.2.0/24", victor)
    assert [each.to_address for each in cast.emails("thanks_manager")] == ["boss@walsall.example"]


DETAILS = VisitDetails(
    time(14), time(16), "Council Chamber", "", "", "2pm tea", WhoPays.REQUESTER, "Up to £90"
)


def test_new_details_go_to_both_with_a_higher_sequence(cast, begun):
    changed = write_details(begun, DETAILS, cast.acting(Actor.REQUESTER))
    assert changed == ("time", "venue", "agenda", "expenses")
    assert cast.get(Visit, begun).sequence == 1
    assert [each.context["meeting"]["begins"] for each in cast.emails("visit_changed")] == [
        "14:00",
        "14:00",
    ]


def test_the_same_details_again_tell_nobody(cast, begun):
    for _ in range(2):
        write_details(begun, DETAILS, cast.acting(Actor.REQUESTER))
    assert len(cast.emails("visit_changed")) == 2


def test_a_week_of_standstill_asks_for_no_stale_reconfirmation(cast, begun):
    run_upkeep(on(cast, (2027, 1, 21)))
    run_upkeep(on(cast, (2027, 1, 21), hour=11))
    assert cast.emails("reconfirm") == []
    assert len(cast.emails("visit_question")) == 2
