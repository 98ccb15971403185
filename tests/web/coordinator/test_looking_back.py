"""Why was this proposed then? Each change since is named, and what it did to the score."""

from dataclasses import replace

import pytest

from matcher.actions.coordinator.settings_changing import save_settings
from matcher.actions.coordinator.thesaurus_changing import save_thesaurus
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.looking_back import look_back
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.proposals.proposing import propose
from matcher.actions.volunteer.volunteering import pause
from matcher.lifecycle.tables import Actor
from matcher.matching.retracing import Changed
from matcher.matching.weights import Weights
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.past_proposals import PastProposal
from matcher.records.programmes import ProgrammeSettings
from matcher.records.thesaurus_versions import OwnThesaurus
from matcher.records.volunteers import Volunteer


@pytest.fixture
def proposed(cast):
    """A proposal that the matcher made; its pairing's id."""
    cast.volunteer()
    request_id = cast.request()
    propose(LiveIndex(), request_id, cast.acting(Actor.CLOCK))
    return cast.rows(Pairing)[0].id


def page_of(pairing_id, rest=""):
    return f"/coordinator/candidates/{pairing_id}/then{rest}"


def change_offer(cast, **changes):
    with writing() as session:
        volunteer = session.get_one(Volunteer, 1)
        for name, value in changes.items():
            setattr(volunteer, name, value)
        publish_offer(session, volunteer, cast.occasion)


def change_need(need):
    with writing() as session:
        session.get_one(HelpRequest, 1).need = need


def test_where_nothing_has_changed_the_same_comes_of_it(cora, proposed):
    page = cora.get(page_of(proposed)).text
    assert "Nothing: the same score would come of it today" in page


def test_the_request_leads_to_it(cora, proposed):
    assert page_of(proposed) in cora.get("/coordinator/requests/1").text


def test_every_change_since_is_a_step_from_the_old_score_to_the_new(cast, proposed):
    save_settings(
        ProgrammeSettings(weights=replace(Weights(), travel=0.4)), 0, cast.acting(Actor.COORDINATOR)
    )
    off = OwnThesaurus(off=frozenset({"councillors", "members"}))
    save_thesaurus(off, 0, cast.acting(Actor.COORDINATOR))
    change_offer(cast, offer="I run social media.", travel_limit={"miles": 300})
    change_need("Social media for our chief executive")
    found = look_back(LiveIndex(), proposed, None, cast.acting(Actor.COORDINATOR))
    chain = found.today.steps
    assert {step.changed for step in chain} == set(Changed) - {
        Changed.SURROUNDINGS,
        Changed.NEED_FACTS,
    }
    assert chain[0].before == found.chosen.score
    assert chain[-1].after == pytest.approx(found.today.judged.score)
    assert [step.after for step in chain[:-1]] == [step.before for step in chain[1:]]


def test_today_s_score_is_that_of_the_whole_index(cast, proposed):
    change_offer(cast, offer="I run social media.")
    live = LiveIndex()
    found = look_back(live, proposed, None, cast.acting(Actor.COORDINATOR))
    best = live.follow(db.session()).rank(found.need_now)[0]
    assert found.today.judged.score == pytest.approx(best.score, abs=1e-6)
    assert found.today.place == 1


def test_what_changed_is_said_in_words(cora, cast, proposed):
    change_offer(cast, travel_limit={"miles": 300}, offer="I run social media.")
    change_need("Social media for our chief executive")
    page = cora.get(page_of(proposed)).text
    assert "Up to 120 miles" in page
    assert "Up to 300 miles" in page
    assert "I run social media." in page
    assert "What the request says" in page


def test_who_would_be_barred_today_is_said_so_with_the_fix(cora, cast, proposed):
    change_offer(cast, travel_limit={"miles": 10})
    page = cora.get(page_of(proposed)).text
    assert "would not be proposed" in page
    assert "farther than they go" in page
    assert "go 77 miles further" in page


def test_who_is_proposed_to_nobody_now_is_said_so(cora, cast, proposed):
    pause(cast.rows(Volunteer)[0].id, None, cast.acting(Actor.VOLUNTEER))
    assert "is not proposed to anybody now" in cora.get(page_of(proposed)).text


def test_an_earlier_proposal_is_looked_at_by_its_day(cora, cast, proposed):
    change_need("Social media for our chief executive")
    propose(LiveIndex(), 1, cast.acting(Actor.CLOCK))
    latest, earlier = cast.rows(Pairing)[0].id, cast.rows(PastProposal)[0]
    page = cora.get(page_of(latest, f"?past={earlier.id}")).text
    assert "Proposed more than once" in page
    assert "What the request says" in page
    assert "Nothing: the same score" in cora.get(page_of(latest)).text


def test_a_pair_made_by_hand_is_said_so(cora, cast):
    pairing_id = cast.proposal(cast.request(), cast.volunteer())
    assert "made by hand" in cora.get(page_of(pairing_id)).text


def test_a_snapshot_of_an_earlier_release_shows_what_it_has(cora, cast, proposed):
    with writing() as session:
        kept = session.get_one(Pairing, proposed)
        kept.snapshot = {"candidate": kept.snapshot["candidate"]}
    assert "kept by an earlier release" in cora.get(page_of(proposed)).text


def test_what_is_not_there_is_not_found(cora, proposed):
    answers = [cora.get(page_of(999)), cora.get(page_of(proposed, "?past=999"))]
    assert [answer.status_code for answer in answers] == [404, 404]
