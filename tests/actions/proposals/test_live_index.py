"""All processes rank by the same offers, thesaurus and weights."""

from dataclasses import replace

import pytest

from matcher.actions.coordinator.reviewing import approve_soon, take_back
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.proposing import propose
from matcher.actions.volunteer.adjusting import go_less_far
from matcher.lifecycle import pairing
from matcher.lifecycle.tables import Actor
from matcher.matching.offers import Need
from matcher.matching.thesaurus import make_group
from matcher.matching.weights import Weights
from matcher.records.database import db, writing
from matcher.records.pairings import Pairing
from matcher.records.past_proposals import PastProposal, list_past_proposals
from matcher.records.programmes import (
    ProgrammeSettings,
    ProgrammeSettingsVersion,
    get_programme,
)
from matcher.records.thesaurus_versions import OwnThesaurus, ThesaurusVersion


def keep_thesaurus(own: OwnThesaurus, occasion, number: int = 1) -> None:
    with writing() as session:
        kept = ThesaurusVersion(
            programme_id=get_programme(session).id,
            number=number,
            values=own.as_values(),
            made_at=occasion.now,
        )
        session.add(kept)


def keep_weights(weights: Weights, occasion) -> None:
    settings = ProgrammeSettings(weights=weights)
    with writing() as session:
        kept = ProgrammeSettingsVersion(
            programme_id=get_programme(session).id,
            version=1,
            values=settings.model_dump(mode="json"),
            made_at=occasion.now,
        )
        session.add(kept)


@pytest.fixture
def live() -> LiveIndex:
    return LiveIndex()


def ids(live: LiveIndex, text: str) -> list[str]:
    return [found.offer_id for found in live.follow(db.session()).rank(Need("n", text=text))]


def test_a_group_of_the_coordinators_brings_a_match(cast, live):
    volunteer_id = str(cast.volunteer(offer="I sweep chimneys with a drone."))
    assert ids(live, "smokestack survey") == []
    own = OwnThesaurus(own=(make_group(("smokestack", "chimney"), group_id="own-smokestack"),))
    keep_thesaurus(own, cast.occasion)
    assert ids(live, "smokestack survey") == [volunteer_id]


def test_a_group_that_is_switched_off_brings_none(cast, live):
    cast.volunteer(offer="I was head of paid service.")
    keep_thesaurus(OwnThesaurus(off=frozenset({"chief-executive"})), cast.occasion)
    reasons = live.follow(db.session()).rank(Need("n", text="council manager paid"))[0].reasons
    assert [reason.kind for reason in reasons if reason.share > 0] == ["word"]


def test_weights_of_the_settings_are_those_of_the_ranking(cast, live):
    keep_weights(replace(Weights(), travel=0.4), cast.occasion)
    assert live.follow(db.session()).weights.travel == 0.4


def test_two_processes_rank_alike_after_a_change(cast, live):
    cast.volunteer(offer="I sweep chimneys.")
    ids(live, "smokestack")
    keep_thesaurus(
        OwnThesaurus(own=(make_group(("smokestack", "chimney"), group_id="own-a"),)), cast.occasion
    )
    need = Need("n", text="smokestack sweeping")
    old, new = (each.follow(db.session()).rank(need) for each in (live, LiveIndex()))
    assert old == new


def test_a_proposal_keeps_the_weights_and_the_versions_it_was_made_with(cast, live):
    cast.volunteer()
    propose(live, cast.request(), cast.acting(Actor.CLOCK))
    snapshot = cast.rows(Pairing)[0].snapshot
    assert Weights(**{**snapshot["weight_values"], "additions": Weights().additions}) == Weights()
    assert (snapshot["settings_version"], snapshot["thesaurus_number"]) == (0, 0)


def test_what_was_proposed_before_is_remembered_when_the_matcher_looks_again(cast, live):
    volunteer_id, request_id = cast.volunteer(), cast.request()
    for _ in range(2):
        propose(live, request_id, cast.acting(Actor.CLOCK))
    kept, before = cast.rows(Pairing), list_past_proposals(db.session(), request_id, volunteer_id)
    assert len(kept) == len(before) == 1
    assert before[0].snapshot == kept[0].snapshot


def test_a_proposal_with_a_history_stays_the_same_pair_when_the_matcher_looks_again(cast, live):
    cora, request_id, _ = cast.acting(Actor.COORDINATOR), cast.request(), cast.volunteer()
    propose(live, request_id, cast.acting(Actor.CLOCK))
    pairing_id = cast.rows(Pairing)[0].id
    approve_soon(request_id, [pairing_id], cora)
    take_back(request_id, cora)
    propose(live, request_id, cast.acting(Actor.CLOCK))
    assert [each.id for each in cast.rows(Pairing)] == [pairing_id]
    assert len(cast.rows(PastProposal)) == 1


def test_a_proposal_with_a_history_is_stood_down_where_it_suits_no_longer(cast, live):
    cora, request_id, volunteer_id = (
        cast.acting(Actor.COORDINATOR),
        cast.request(),
        cast.volunteer(),
    )
    propose(live, request_id, cast.acting(Actor.CLOCK))
    approve_soon(request_id, [cast.rows(Pairing)[0].id], cora)
    take_back(request_id, cora)
    go_less_far(volunteer_id, 10, cast.acting(Actor.VOLUNTEER))
    propose(live, request_id, cast.acting(Actor.CLOCK))
    assert cast.rows(Pairing)[0].state == pairing.State.STOOD_DOWN


def test_settings_of_a_later_release_are_read_without_what_is_unknown():
    assert ProgrammeSettings(proposals=9, unheard_of=1).proposals == 9
