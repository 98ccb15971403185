"""The best use of everybody over all open requests: a dry run, and keeping it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.reviewing import ASKS, approve
from matcher.actions.filling import lock_request
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.needs import read_need, settled_ids, with_minutes
from matcher.actions.proposals.snapshots import MadeFrom, make_pairing
from matcher.lifecycle import pairing
from matcher.lifecycle.refusals import Refused
from matcher.matching.assigning import Assignment, Unserved
from matcher.matching.best_use import CONSIDERED, best_use
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Bar, Candidate, Fix, Need
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing

#: So many requests, the oldest first, are planned at once: it takes a fifth of a second.
MOST_REQUESTS = 200
APPROVED = pairing.State.APPROVED
UNDERWAY = frozenset({APPROVED, pairing.State.INVITED, pairing.State.RESERVE})


@dataclass(frozen=True, slots=True)
class Open:
    """A request with places that nobody is asked for yet. ``proposed`` are today's, best first."""

    request_id: int
    reference: str
    heading: str
    free: int
    need: Need
    proposed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One volunteer for one request. ``place`` is that among the candidates of the request."""

    request: Open
    candidate: Candidate
    place: int

    @property
    def proposed_place(self) -> int | None:
        """The place among today's proposals; None where they are not proposed."""
        ids = self.request.proposed
        return ids.index(self.candidate.offer_id) + 1 if self.candidate.offer_id in ids else None

    @property
    def differs(self) -> bool:
        """Whether today's proposals, taken one request at a time, would have somebody else."""
        place = self.proposed_place
        return place is None or place > self.request.free


@dataclass(frozen=True, slots=True)
class Lacking:
    """A request for which somebody is lacking, with what would help most, where anything does."""

    request: Open
    how_many: int
    why: Unserved
    bar: Bar | None = None
    fix: Fix | None = None


@dataclass(frozen=True)
class Plan:
    """A dry run. ``other_total`` and ``other_worst`` are those with fairness the other way."""

    fair: bool
    requests: tuple[Open, ...]
    open_in_all: int
    chosen: tuple[Chosen, ...]
    lacking: tuple[Lacking, ...]
    total: float
    worst: float | None
    other_total: float
    other_worst: float | None
    made_from: Mapping[int, MadeFrom]

    @cached_property
    def stamp(self) -> str:
        """The same for plans that choose the same pairs."""
        pairs = (f"{each.request.request_id}:{each.candidate.offer_id}" for each in self.chosen)
        return hashlib.sha256(f"{self.fair}|{'|'.join(pairs)}".encode()).hexdigest()[:16]

    @property
    def places(self) -> int:
        """How many places there are in all."""
        return sum(each.free for each in self.requests)

    @property
    def differing(self) -> int:
        """How many pairs differ from today's proposals."""
        return sum(each.differs for each in self.chosen)

    @property
    def volunteer_ids(self) -> tuple[int, ...]:
        """Everybody who has to be named."""
        return tuple({int(each.candidate.offer_id) for each in self.chosen})


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping a plan: how many were asked at once, and the requests it failed for."""

    requests: int
    asked: int
    failed: tuple[str, ...]


def make_plan(live: LiveIndex, occasion: Occasion, *, fair: bool = False) -> Plan:
    """Return the best use of everybody over all open requests; nothing is written."""
    session: Session = db.session()
    requests = _read_open(session, occasion)
    counted = select(func.count(HelpRequest.id)).where(HelpRequest.state.in_(ASKS))
    open_in_all = session.scalar(counted) or 0
    index = live.follow(session)
    made_from = {each.request_id: MadeFrom.of(each.need, live) for each in requests}
    approved = session.scalars(select(Pairing.volunteer_id).filter_by(state=APPROVED)).all()
    session.rollback()  # no transaction stays open while the matcher works
    needs = {str(each.request_id): with_minutes(each.need) for each in requests}
    ranked = {need_id: index.rank(need, CONSIDERED) for need_id, need in needs.items()}
    places = {str(each.request_id): each.free for each in requests}
    rooms = _rooms(index, ranked.values(), approved)
    one, other = (
        best_use(ranked.items(), places=places, rooms=rooms, fair=each) for each in (fair, not fair)
    )
    return Plan(
        fair=fair,
        requests=tuple(requests),
        open_in_all=open_in_all,
        chosen=_chosen(one, requests, ranked),
        lacking=tuple(_lacking(one, requests, needs, index)),
        total=one.total,
        worst=one.worst,
        other_total=other.total,
        other_worst=other.worst,
        made_from=made_from,
    )


def _read_open(session: Session, occasion: Occasion) -> list[Open]:
    oldest = select(HelpRequest).where(HelpRequest.state.in_(ASKS)).order_by(HelpRequest.id)
    rows = session.scalars(oldest.limit(MOST_REQUESTS)).all()
    ids = [row.id for row in rows]
    settled, underway = settled_ids(session, ids), _count_underway(session, ids)
    proposed = _read_proposed(session, ids)
    every = (
        Open(
            request_id=row.id,
            reference=row.reference,
            heading=row.heading,
            free=row.places - row.filled - underway.get(row.id, 0),
            need=read_need(row, settled[row.id], occasion),
            proposed=tuple(proposed.get(row.id, ())),
        )
        for row in rows
    )
    return [each for each in every if each.free > 0]


def _count_underway(session: Session, request_ids: Sequence[int]) -> dict[int, int]:
    counted = (
        select(Pairing.help_request_id, func.count(Pairing.id).label("asked"))
        .where(Pairing.help_request_id.in_(request_ids), Pairing.state.in_(UNDERWAY))
        .group_by(Pairing.help_request_id)
    )
    return {row.help_request_id: row.asked for row in session.execute(counted)}


def _read_proposed(session: Session, request_ids: Sequence[int]) -> dict[int, list[str]]:
    kept = select(Pairing.help_request_id, Pairing.volunteer_id).where(
        Pairing.help_request_id.in_(request_ids), Pairing.state == pairing.State.PROPOSED
    )
    found: dict[int, list[str]] = {}
    for request_id, volunteer_id in session.execute(kept.order_by(Pairing.rank)):
        found.setdefault(request_id, []).append(str(volunteer_id))
    return found


def _rooms(
    index: OfferIndex, ranked: Iterable[Sequence[Candidate]], approved: Iterable[int]
) -> dict[str, int]:
    """Return how many more asks each candidate allows, less those approved and not yet sent."""
    rooms: dict[str, int] = {}
    for offer_id in {each.offer_id for candidates in ranked for each in candidates}:
        offer = index.offer(offer_id)
        if offer is not None and offer.asks_left is not None:
            rooms[offer_id] = offer.asks_left
    for volunteer_id in approved:
        offer_id = str(volunteer_id)
        rooms[offer_id] = max(0, rooms.get(offer_id, 1) - 1)
    return rooms


def _chosen(
    assignment: Assignment, requests: Sequence[Open], ranked: Mapping[str, Sequence[Candidate]]
) -> tuple[Chosen, ...]:
    by_id = {str(each.request_id): each for each in requests}
    found = []
    for pair in assignment.pairs:
        ids = [candidate.offer_id for candidate in ranked[pair.need_id]]
        place = ids.index(pair.offer_id)
        found.append(Chosen(by_id[pair.need_id], ranked[pair.need_id][place], place + 1))
    return tuple(sorted(found, key=lambda each: (each.request.request_id, each.place)))


def _lacking(
    assignment: Assignment, requests: Sequence[Open], needs: Mapping[str, Need], index: OfferIndex
) -> list[Lacking]:
    found = []
    for request in requests:
        need_id = str(request.request_id)
        if need_id in assignment.lacking:
            bar, fix = _best_fix(index, needs[need_id])
            how_many, why = assignment.lacking[need_id], assignment.why[need_id]
            found.append(Lacking(request, how_many, why, bar, fix))
    return found


def _best_fix(index: OfferIndex, need: Need) -> tuple[Bar | None, Fix | None]:
    """Return the cheapest fix of the bar at which it would let in most, with that bar."""
    counts = (each for each in index.count_barred(need) if each.fix and each.fix.adds)
    found = sorted(counts, key=lambda each: -(each.fix.adds if each.fix else 0))
    return (found[0].bar, found[0].fix) if found else (None, None)


def keep_plan(plan: Plan, occasion: Occasion) -> Kept:
    """Approve the pairs of a plan that was just made again; each request in turns of its own.

    A request that somebody has changed in this very moment is left out and named.
    """
    by_request: dict[int, list[Chosen]] = {}
    for each in plan.chosen:
        by_request.setdefault(each.request.request_id, []).append(each)
    asked, failed = 0, []
    for request_id, chosen in by_request.items():
        try:
            ids = _keep_proposals(request_id, chosen, plan.made_from[request_id], occasion)
            asked += approve(request_id, ids, occasion)
        except Refused:
            failed.append(chosen[0].request.reference)
    return Kept(len(by_request) - len(failed), asked, tuple(failed))


def _keep_proposals(
    request_id: int, chosen: Sequence[Chosen], made_from: MadeFrom, occasion: Occasion
) -> list[int]:
    """Return the ids of the pairs, proposed now where they were not before."""
    with writing() as session:
        lock_request(session, request_id)
        kept = session.scalars(select(Pairing).filter_by(help_request_id=request_id)).all()
        known = {str(each.volunteer_id): each for each in kept}
        rows = []
        for each in chosen:
            row = known.get(each.candidate.offer_id)
            if row is None:
                row = make_pairing(made_from, each.place, each.candidate, occasion)
                session.add(row)
            rows.append(row)
        session.flush()
        return [row.id for row in rows]
