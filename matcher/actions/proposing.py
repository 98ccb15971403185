"""Finding volunteers for a help request: the live index, and the proposals made from it."""

from dataclasses import dataclass, field, replace
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.filling import lock_request
from matcher.actions.needs import make_need
from matcher.actions.occasion import Occasion
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.refusals import NotFound, Refused
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Bar, BarCount, Barred, Candidate
from matcher.matching.plain import as_dict, offer_from_dict
from matcher.records.database import JsonObject, db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.offers import changes_after, latest_index_version, latest_offers
from matcher.records.pairings import Pairing

BATCH = 20
BARRED_ON_A_PAGE = 20
PROPOSES = help_request.OPEN - {help_request.State.FILLED}


@dataclass(slots=True)
class LiveIndex:
    """The index of one process. It follows the log of offers, so all processes rank alike."""

    version: int = 0
    number: int = 0
    _index: OfferIndex = field(default_factory=lambda: OfferIndex(()))
    _lock: Lock = field(default_factory=Lock)

    def follow(self, session: Session) -> OfferIndex:
        """Return the index with every change of an offer up to now."""
        with self._lock:
            newest = latest_index_version(session)
            if newest is not None and newest.id != self.version:
                payloads = latest_offers(session, newest.up_to)
                self._index = OfferIndex(offer_from_dict(payload) for payload in payloads)
                self.version, self.number = newest.id, newest.up_to
            self._replay(session)
            return self._index

    def _replay(self, session: Session) -> None:
        for change in changes_after(session, self.number):
            if str(change.volunteer_id) in self._index:
                self._index.remove(str(change.volunteer_id))
            if change.payload is not None:
                self._index.add(offer_from_dict(change.payload))
            self.number = change.number


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
    index = live.follow(session)
    session.rollback()  # no transaction stays open while the matcher works
    made_from = {
        "need": as_dict(replace(need, minutes=None)),  # the estimator gives the minutes again
        "offers_up_to": live.number,
        "index_version": live.version,
        "weights": index.weights.version,
        "thesaurus": index.thesaurus.version,
    }
    ranked = index.rank(need, limit=occasion.settings.proposals)
    proposals = [_proposal(request_id, *each, made_from, occasion) for each in enumerate(ranked, 1)]
    with writing() as session:
        request = lock_request(session, request_id)
        _drop_untouched(session, request_id)
        settled = _settled_ids(session, request_id)
        session.add_all(each for each in proposals if str(each.volunteer_id) not in settled)
        request.proposed_at = occasion.now


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Everyone who cannot be proposed, counted by bar; and one page of those behind one bar."""

    counts: tuple[BarCount, ...]
    people: tuple[Barred, ...] = ()


def explain_barred(
    live: LiveIndex, request_id: int, occasion: Occasion, bar: Bar | None = None, offset: int = 0
) -> WhyNot:
    """Return why everyone else is not proposed, with the cheapest fixes; nothing is written.

    Raises NotFound. ``bar`` and ``offset`` choose a page of the people behind one count.
    """
    session: Session = db.session()
    request = session.get(HelpRequest, request_id)
    if request is None:
        raise NotFound("no such help request")
    need = make_need(request, _settled_ids(session, request_id), occasion)
    index = live.follow(session)
    people = index.barred(need, bar, offset, BARRED_ON_A_PAGE) if bar else []
    return WhyNot(tuple(index.count_barred(need)), tuple(people))


def _settled_ids(session: Session, request_id: int) -> frozenset[str]:
    """Return the volunteers who were already looked at, asked or refused for this request."""
    settled = Pairing.state != pairing.State.PROPOSED
    kept = select(Pairing.volunteer_id).filter_by(help_request_id=request_id).where(settled)
    return frozenset(str(each) for each in session.scalars(kept))


def _drop_untouched(session: Session, request_id: int) -> None:
    proposed = select(Pairing).filter_by(help_request_id=request_id, state=pairing.State.PROPOSED)
    for kept in session.scalars(proposed):
        session.delete(kept)
    session.flush()


def _proposal(
    request_id: int, rank: int, candidate: Candidate, made_from: JsonObject, occasion: Occasion
) -> Pairing:
    return Pairing(
        help_request_id=request_id,
        volunteer_id=int(candidate.offer_id),
        rank=rank,
        score=candidate.score,
        snapshot={**made_from, "candidate": as_dict(candidate)},
        proposed_at=occasion.now,
    )
