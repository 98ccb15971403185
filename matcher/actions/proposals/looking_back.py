"""Why somebody was proposed on a day, beside what it would be today; nothing is written."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.needs import read_need, settled_ids, with_minutes
from matcher.lifecycle.refusals import NotFound
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer
from matcher.matching.plain import as_dict, need_from_dict, offer_from_dict
from matcher.matching.retracing import Inputs, Judged, Step, judge_pair, retrace
from matcher.matching.thesaurus import Thesaurus
from matcher.matching.weights import Additions, Weights
from matcher.records.database import JsonObject, db, seeing_everything
from matcher.records.offers import find_payload
from matcher.records.pages.candidates import Match, read_match
from matcher.records.pairings import Pairing
from matcher.records.past_proposals import PastProposal, list_past_proposals
from matcher.records.thesaurus_versions import (
    OwnThesaurus,
    find_thesaurus,
    latest_thesaurus,
    whole_thesaurus,
)

#: So deep is looked for the place that a volunteer would have today.
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal of a volunteer for a request; ``past_id`` is None for the one that stands."""

    past_id: int | None
    at: datetime
    rank: int
    score: float
    snapshot: JsonObject

    @property
    def by_hand(self) -> bool:
        """Whether a person made the pair, and the matcher ranked nothing."""
        return "candidate" not in self.snapshot


@dataclass(frozen=True)
class Then:
    """What a proposal was made from. What an older snapshot does not hold is None."""

    need: Need | None
    offer: Offer | None
    weights: Weights | None
    own_thesaurus: OwnThesaurus | None
    thesaurus: Thesaurus | None

    def inputs(self, now: Need) -> Inputs | None:
        """Return all of it, where nothing is missing, as it is judged on the day of ``now``.

        Who else was asked does not matter to this pair.
        """
        if not (self.need and self.offer and self.weights and self.thesaurus):
            return None
        need = replace(self.need, refused=now.refused, as_of=now.as_of)
        return Inputs(with_minutes(need), self.offer, self.weights, self.thesaurus)


@dataclass(frozen=True)
class Today:
    """How the pair would be today. ``place`` is None where it is not among the best.

    ``steps`` lead from the score of then to that of now; None where the snapshot does not hold
    what it was made from.
    """

    judged: Judged
    match: Match | None
    place: int | None
    steps: tuple[Step, ...] | None


@dataclass(frozen=True)
class LookBack:
    """One proposal as it was, and how it would be today.

    ``offer_now`` and ``today`` are None where the volunteer is not proposed to anybody now.
    """

    request_id: int
    every: tuple[Proposed, ...]
    chosen: Proposed
    match: Match
    then: Then
    need_now: Need
    offer_now: Offer | None
    weights_now: Weights
    own_thesaurus_now: OwnThesaurus
    today: Today | None


@seeing_everything
def look_back(
    live: LiveIndex, pairing_id: int, past_id: int | None, occasion: Occasion
) -> LookBack:
    """Return why this pair was proposed then, and how it would be today. Raises NotFound.

    ``past_id`` names an earlier proposal; without it, the one that stands is looked at.
    """
    session: Session = db.session()
    kept = session.get(Pairing, pairing_id)
    if kept is None:
        raise NotFound("no such pairing")
    every = _list_proposed(session, kept)
    chosen = next((each for each in every if each.past_id == past_id), None)
    if chosen is None:
        raise NotFound("no such proposal")
    request_id = kept.help_request_id
    then = _read_then(session, kept.volunteer_id, chosen.snapshot)
    need_now, offer_now = _read_now(session, kept, occasion)
    own_now = latest_thesaurus(session)[1]
    index = live.follow(session)
    session.rollback()  # no transaction stays open while the matcher works
    need_now = with_minutes(need_now)
    return LookBack(
        request_id=request_id,
        every=every,
        chosen=chosen,
        match=read_match(chosen.snapshot),
        then=then,
        need_now=need_now,
        offer_now=offer_now,
        weights_now=index.weights,
        own_thesaurus_now=own_now,
        today=None if offer_now is None else _judge_today(index, need_now, offer_now, chosen, then),
    )


def _judge_today(
    index: OfferIndex, need: Need, offer: Offer, chosen: Proposed, then: Then
) -> Today:
    now = Inputs(need, offer, index.weights, index.thesaurus)
    inputs, judged = then.inputs(need), judge_pair(now, index.statistics)
    best = [found.offer_id for found in index.rank(need, DEPTH)]
    return Today(
        judged=judged,
        match=_match_of(judged),
        place=best.index(offer.id) + 1 if offer.id in best else None,
        steps=retrace(chosen.score, inputs, now, index.statistics) if inputs else None,
    )


def _list_proposed(session: Session, kept: Pairing) -> tuple[Proposed, ...]:
    earlier = list_past_proposals(session, kept.help_request_id, kept.volunteer_id)
    return (*(_proposed(each, each.id) for each in earlier), _proposed(kept, None))


def _proposed(row: Pairing | PastProposal, past_id: int | None) -> Proposed:
    return Proposed(past_id, row.proposed_at, row.rank, row.score, row.snapshot)


def _read_now(session: Session, kept: Pairing, occasion: Occasion) -> tuple[Need, Offer | None]:
    """Return need and offer as they stand; that this very pair was asked already bars nothing."""
    settled = settled_ids(session, [kept.help_request_id])[kept.help_request_id]
    need = read_need(kept.help_request, settled - {str(kept.volunteer_id)}, occasion)
    payload = find_payload(session, kept.volunteer_id)
    return need, None if payload is None else offer_from_dict(payload)


def _read_then(session: Session, volunteer_id: int, snapshot: JsonObject) -> Then:
    need = need_from_dict({**snapshot["need"], "minutes": None}) if "need" in snapshot else None
    payload = find_payload(session, volunteer_id, snapshot.get("offers_up_to", 0))
    own = find_thesaurus(session, snapshot.get("thesaurus_number", 0))
    whole = None if own is None else whole_thesaurus(own)
    same = whole is not None and whole.version == snapshot.get("thesaurus")
    return Then(
        need=need,
        offer=None if payload is None else offer_from_dict(payload),
        weights=_read_weights(snapshot),
        own_thesaurus=own,
        thesaurus=whole if same else None,
    )


def _read_weights(snapshot: JsonObject) -> Weights | None:
    """Return the weights; a snapshot of an earlier release names only the version of them."""
    if "weight_values" in snapshot:
        values = snapshot["weight_values"]
        return Weights(**{**values, "additions": Additions(**values["additions"])})
    shipped = Weights()
    return shipped if snapshot.get("weights") == shipped.version else None


def _match_of(judged: Judged) -> Match | None:
    if judged.candidate is None:
        return None
    return read_match({"candidate": as_dict(judged.candidate)})
