"""Finding volunteers for a help request: the proposals, and why everyone else is none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.filling import lock_request
from matcher.actions.network.gathering import gathering_facts, gatherings_of
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.driving import Drives, outcodes_of, put_in
from matcher.actions.proposals.keeping import keep_proposals
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.needs import make_need, settled_ids
from matcher.actions.proposals.reaching import count_reach
from matcher.actions.proposals.snapshots import MadeFrom, make_pairing
from matcher.lifecycle import help_request
from matcher.lifecycle.refusals import NotFound, Refused
from matcher.matching.gatherings import Gathering, Met, rank_with_gatherings, who_is_met
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Bar, BarCount, Barred, Need
from matcher.records.database import db, seeing_everything, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.reach import Reach, write_reach
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import answerers

BATCH = 20
BARRED_ON_A_PAGE = 20
#: So far down the list somebody who answered a question is still found.
FURTHEST = 200
PROPOSES = help_request.OPEN - {help_request.State.FILLED}


def propose_due(live: LiveIndex, occasion: Occasion) -> int:
    """Propose volunteers for every request in review that has none yet; return how many."""
    waiting = select(HelpRequest.id).where(
        HelpRequest.state.in_(PROPOSES), HelpRequest.proposed_at.is_(None)
    )
    ids = db.session.scalars(waiting.limit(BATCH)).all()
    for request_id in ids:
        try:
            propose(live, request_id, occasion)
        except Refused:
            continue  # the request has moved on since
    db.session.rollback()
    return len(ids)


def propose(live: LiveIndex, request_id: int, occasion: Occasion) -> None:
    """Rank all offers for one request and keep the best as proposals, each with its snapshot."""
    session: Session = db.session()
    request = session.get_one(HelpRequest, request_id, populate_existing=True)
    need = make_need(request, _settled_ids(session, request_id), occasion)
    gatherings = gatherings_of(session, request_id, occasion)
    answered = answerers(session, request_id)
    index = live.follow(session)
    made_from = MadeFrom.of(need, live)
    session.rollback()  # no transaction stays open while the matcher works
    limit = occasion.settings.proposals
    looked_at = max(limit, FURTHEST) if answered else limit
    ranked = rank_with_gatherings(index, need, gatherings, looked_at)
    ranked = _answerers_first(ranked, answered)[:limit]
    proposals = [_proposal(made_from, *each, occasion) for each in enumerate(ranked, 1)]
    short = len(ranked) < occasion.settings.proposals
    reach = count_reach(index, need, occasion) if short else Reach()
    if live.drives is not None:
        _show_drives(live.drives, need, proposals)
    with writing() as session:
        request = lock_request(session, request_id)
        keep_proposals(session, request, proposals, occasion)
        request.proposed_at = occasion.now
        write_reach(request, reach)


def _proposal(made_from: MadeFrom, rank: int, met: Met, occasion: Occasion) -> Pairing:
    kept = make_pairing(made_from, rank, met.candidate, occasion)
    if met.gathering is not None:
        kept.snapshot = {**kept.snapshot, "gathering": gathering_facts(met.gathering)}
    return kept


def _answerers_first(ranked: list[Met], answered: frozenset[int]) -> list[Met]:
    """Return the candidates with those first who answered the requester's question."""
    return sorted(ranked, key=lambda met: int(met.candidate.offer_id) not in answered)


def _show_drives(drives: Drives, need: Need, proposals: Sequence[Pairing]) -> None:
    session: Session = db.session()
    outcodes = outcodes_of(session, [kept.volunteer_id for kept in proposals])
    session.rollback()  # no transaction stays open while the router is asked
    put_in(proposals, outcodes, drives.times_to(need, outcodes.values()))


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Everyone who cannot be proposed, counted by bar; and one page of those behind one bar.

    ``at_events`` are the events at which others can be met whom a bar keeps from coming, with how
    many; they are not counted under their bar.
    """

    counts: tuple[BarCount, ...]
    people: tuple[Barred, ...] = ()
    at_events: tuple[tuple[str, int], ...] = ()


@seeing_everything
def explain_barred(
    live: LiveIndex, request_id: int, occasion: Occasion, *bars: Bar, offset: int = 0
) -> WhyNot:
    """Return why everyone else is not proposed, with the cheapest fixes; nothing is written.

    Raises NotFound. ``bars`` and ``offset`` choose a page of the people behind those counts.
    """
    session: Session = db.session()
    request = session.get(HelpRequest, request_id)
    if request is None:
        raise NotFound("no such help request")
    need = make_need(request, _settled_ids(session, request_id), occasion)
    gatherings = gatherings_of(session, request_id, occasion)
    index = live.follow(session)
    session.rollback()  # no transaction stays open while the matcher works
    met = _met_instead(index, need, gatherings)
    people = [
        barred for bar in bars for barred in index.barred(need, bar, offset, BARRED_ON_A_PAGE, met)
    ]
    at_events = Counter(event.name for event in met.values())
    return WhyNot(
        tuple(index.count_barred(need, met)), tuple(people), tuple(sorted(at_events.items()))
    )


def _met_instead(
    index: OfferIndex, need: Need, gatherings: Sequence[Gathering]
) -> dict[str, Gathering]:
    """Return, by offer, at which event those can be met who are barred from coming."""
    met = who_is_met(index, need, gatherings)
    if not met:
        return {}
    barred = {each.offer_id for each in index.barred(need, limit=None)}
    return {offer_id: event for offer_id, event in met.items() if offer_id in barred}


def _settled_ids(session: Session, request_id: int) -> frozenset[str]:
    return settled_ids(session, [request_id])[request_id]
