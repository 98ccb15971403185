import csv
import re

import pytest

from matcher.actions.clock.upkeep import refit
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.proposals.planning import make_plan
from matcher.actions.volunteer.volunteering import pause
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.tables import Actor
from matcher.matching.commands import assign_files
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

PAGE = "/coordinator/assign"
FLOODS = "Somebody who has chaired public meetings after floods."


@pytest.fixture
def one_between_two(cast):
    """One volunteer whom two requests want, and who may be asked once."""
    volunteer_id = cast.volunteer(name="Una Both")
    with writing() as session:
        volunteer = session.get_one(Volunteer, volunteer_id)
        volunteer.asks_per_quarter = 1
        publish_offer(session, volunteer, cast.occasion)
    cast.request()
    cast.request()


def press(cora, **changes):
    """Look at the dry run, and press the button that keeps it."""
    fair = "?fair=yes" if "fair" in changes else ""
    stamp = re.search(r'name="stamp" value="(\w+)"', cora.get(PAGE + fair).text)
    return cora.post(PAGE, data={"stamp": stamp[1] if stamp else "", **changes})


def states(cast, model=Pairing):
    return [row.state for row in cast.rows(model)]


def write(path, rows):
    """A CSV file of these rows; its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_nobody_asks_for_anything(cora):
    assert "There is nothing to assign" in cora.get(PAGE).text


def test_the_dry_run_names_who_would_be_asked_and_keeps_nothing(cora, cast):
    cast.volunteer(name="Una Both")
    cast.request()
    page = cora.get(PAGE).text
    assert "Una Both" in page
    assert "1 of 1 places have somebody" in page
    assert states(cast) == []


def test_it_is_kept_with_one_press_and_the_volunteer_is_asked(cora, cast):
    cast.volunteer()
    cast.request()
    assert press(cora).status_code == 303
    assert states(cast) == [pairing.State.INVITED]
    assert states(cast, HelpRequest) == [help_request.State.ASKING]


def test_a_kept_pair_has_its_snapshot(cora, cast):
    cast.volunteer()
    cast.request()
    press(cora)
    kept = cast.rows(Pairing)[0]
    assert kept.score == pytest.approx(kept.snapshot["candidate"]["score"])


def test_who_is_needed_more_elsewhere_is_said_so(cora, one_between_two):
    page = cora.get(PAGE).text
    assert "1 of 2 places have somebody" in page
    assert "Those who suit are needed more elsewhere" in page


def test_nobody_is_asked_more_often_than_they_allow(cora, cast, one_between_two):
    press(cora)
    press(cora)
    assert states(cast) == [pairing.State.INVITED]


def test_who_is_out_of_reach_is_not_assigned_and_the_fix_is_named(cora, cast):
    cast.vera()
    cast.request()
    page = cora.get(PAGE).text
    assert "Nobody suits who may be asked" in page
    assert "go 77 miles further" in page
    assert states(cast) == []


def test_what_has_changed_since_the_dry_run_is_shown_again_first(cora, cast):
    volunteer_id = cast.volunteer()
    cast.request()
    stamp = re.search(r'name="stamp" value="(\w+)"', cora.get(PAGE).text)[1]
    cast.volunteer(name="Better Still", organisation="Derby")
    pause(volunteer_id, None, cast.acting(Actor.VOLUNTEER))
    answer = cora.post(PAGE, data={"stamp": stamp})
    assert "Something has changed since this was shown" in answer.text
    assert "Better Still" in answer.text
    assert states(cast) == []


def test_a_proposal_of_today_is_approved_and_not_made_twice(cora, cast):
    request_id = cast.request()
    pairing_id = cast.proposal(request_id, cast.volunteer())
    assert "The same as today" in cora.get(PAGE).text
    press(cora)
    assert [row.id for row in cast.rows(Pairing)] == [pairing_id]


def test_a_request_for_which_somebody_is_asked_already_is_left_alone(cora, cast):
    cast.invited(cast.request(), cast.volunteer())
    cast.volunteer(organisation="Derby")
    assert "There is nothing to assign" in cora.get(PAGE).text


def test_fairness_is_a_switch_that_is_kept_by_the_press(cora, cast):
    cast.volunteer()
    cast.request()
    assert "Show it for the best total" in cora.get(f"{PAGE}?fair=yes").text
    assert press(cora, fair="yes").status_code == 303
    assert states(cast) == [pairing.State.INVITED]


@pytest.mark.parametrize("stamp", ["", "0", "x" * 10_000])
def test_any_other_stamp_keeps_nothing(cora, cast, stamp):
    cast.volunteer()
    cast.request()
    cora.post(PAGE, data={"stamp": stamp})
    assert states(cast) == []


def test_the_command_says_the_same_as_the_page(cast, tmp_path):
    cast.volunteer(name="One", offer="I run social media and brief the chief executive.")
    cast.volunteer(name="Two", offer="I chair public meetings after floods.")
    cast.request()
    cast.request(need=FLOODS)
    refit(cast.occasion)
    live = LiveIndex()
    plan = make_plan(live, cast.occasion)
    volunteers = write(
        tmp_path / "v.csv",
        [
            {
                "id": row.id,
                "experience": row.offer,
                "latitude": row.latitude,
                "longitude": row.longitude,
                "miles": 120,
                "asks_left": row.asks_per_quarter,
            }
            for row in cast.rows(Volunteer)
        ],
    )
    requests = write(
        tmp_path / "r.csv",
        [
            {
                "id": each.need.id,
                "text": each.need.text,
                "latitude": each.need.place.latitude,
                "longitude": each.need.place.longitude,
            }
            for each in plan.requests
        ],
    )
    assigned = assign_files(volunteers, requests)
    assert [(pair.need_id, pair.offer_id) for pair in assigned.pairs] == [
        (each.request.need.id, each.candidate.offer_id) for each in plan.chosen
    ]
