"""What if: other weights or another thesaurus, tried on open and past requests; nothing is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.needs import read_need, settled_ids, with_minutes
from matcher.actions.proposals.proposing import PROPOSES
from matcher.actions.proposals.rules import Rules
from matcher.lifecycle import help_request, pairing
from matcher.matching.comparing import Comparison, Shift, compare
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need
from matcher.matching.plain import offer_from_dict
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.offers import latest_offers
from matcher.records.pairings import Pairing

#: So many of the newest are tried: enough to judge by, and done in seconds.
MOST_OPEN = 100
MOST_PAST = 50
BEST = 10
#: How deep is looked, so that it is known from which place somebody comes.
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is tried. ``came`` are those who took its places, by the ids of offers."""

    request_id: int
    reference: str
    heading: str
    past: bool
    need: Need
    came: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TriedRequest:
    """A request with its best candidates by the rules in force and by those tried."""

    asked: Asked
    comparison: Comparison

    @property
    def helpers(self) -> tuple[Shift, ...]:
        """Those who came, where they stand in both rankings."""
        kept = (each for each in self.comparison.shifts if each.offer_id in self.asked.came)
        return tuple(each for each in kept if each.before and each.after)


@dataclass(frozen=True)
class Trial:
    """All that was tried; ``open_in_all`` counts the open requests, tried or not."""

    requests: tuple[TriedRequest, ...]
    open_in_all: int

    def of(self, *, past: bool) -> tuple[TriedRequest, ...]:
        """Return the open or the past requests."""
        return tuple(each for each in self.requests if each.asked.past == past)

    @cached_property
    def changed(self) -> tuple[TriedRequest, ...]:
        """Those whose best candidates are others, or in another order; open ones first."""
        return tuple(each for each in self.requests if each.comparison.reordered)

    @property
    def rescored(self) -> tuple[TriedRequest, ...]:
        """Those that keep their order while scores differ."""
        same = (each for each in self.requests if not each.comparison.reordered)
        return tuple(each for each in same if each.comparison.rescored)

    @property
    def entering(self) -> int:
        """How many enter the best, over all requests."""
        return sum(len(each.comparison.entering) for each in self.requests)

    @property
    def moving(self) -> int:
        """How many change places among the best, over all requests."""
        return sum(len(each.comparison.moving) for each in self.requests)

    @property
    def first_changes(self) -> int:
        """How many requests have somebody else in the first place."""
        return sum(each.comparison.first_changes for each in self.requests)

    @cached_property
    def helped(self) -> tuple[float, float] | None:
        """The mean place of those who came, before and after; None where nobody has."""
        shifts = [shift for each in self.of(past=True) for shift in each.helpers]
        places = [(s.before.place, s.after.place) for s in shifts if s.before and s.after]
        if not places:
            return None
        return sum(old for old, _ in places) / len(places), sum(new for _, new in places) / len(
            places
        )

    @property
    def volunteer_ids(self) -> tuple[int, ...]:
        """Everybody who has to be named."""
        shifts = (shift for each in self.changed for shift in each.comparison.shifts)
        return tuple({int(shift.offer_id) for shift in shifts})


def try_rules(
    live: LiveIndex, rules: Rules, occasion: Occasion, *, with_past: bool = False
) -> Trial:
    """Return how the best candidates would change if ``rules`` were in force."""
    session: Session = db.session()
    asked = _read_open(session, occasion)
    if with_past:
        asked += _read_past(session, occasion)
    counted = select(func.count(HelpRequest.id)).where(HelpRequest.state.in_(PROPOSES))
    open_in_all = session.scalar(counted) or 0
    index = live.follow(session)
    tried = _tried(live, index, rules)
    return Trial(tuple(_try_one(each, index, tried) for each in asked), open_in_all)


def _tried(live: LiveIndex, index: OfferIndex, rules: Rules) -> OfferIndex:
    if rules.thesaurus == index.thesaurus:
        db.session().rollback()  # no transaction stays open while the matcher works
        return index.under(rules.weights)
    payloads = latest_offers(db.session(), live.number)
    db.session().rollback()
    return OfferIndex(
        (offer_from_dict(payload) for payload in payloads),
        thesaurus=rules.thesaurus,
        weights=rules.weights,
        statistics=index.statistics,
    )


def _try_one(asked: Asked, index: OfferIndex, tried: OfferIndex) -> TriedRequest:
    need = with_minutes(asked.need)
    before, after = (each.rank(need, DEPTH) for each in (index, tried))
    return TriedRequest(asked, compare(need.id, before, after, best=BEST))


def _read_open(session: Session, occasion: Occasion) -> list[Asked]:
    newest = select(HelpRequest).where(HelpRequest.state.in_(PROPOSES))
    rows = session.scalars(newest.order_by(HelpRequest.id.desc()).limit(MOST_OPEN)).all()
    settled = settled_ids(session, (row.id for row in rows))
    return [_asked(row, settled[row.id], occasion) for row in rows]


def _read_past(session: Session, occasion: Occasion) -> list[Asked]:
    ended = HelpRequest.state.in_({*help_request.ENDED, help_request.State.FILLED})
    newest = select(HelpRequest).where(ended, HelpRequest.confirmed_at.is_not(None))
    rows = session.scalars(newest.order_by(HelpRequest.id.desc()).limit(MOST_PAST)).all()
    came = _read_came(session, (row.id for row in rows))
    return [
        _asked(row, frozenset(), occasion, came=came.get(row.id, frozenset()), past=True)
        for row in rows
    ]


def _read_came(session: Session, request_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    kept = select(Pairing.help_request_id, Pairing.volunteer_id).where(
        Pairing.help_request_id.in_(list(request_ids)), Pairing.state.in_(pairing.HOLDS_PLACE)
    )
    found: dict[int, frozenset[str]] = {}
    for request_id, volunteer_id in session.execute(kept):
        found[request_id] = found.get(request_id, frozenset()) | {str(volunteer_id)}
    return found


def _asked(
    row: HelpRequest,
    refused: frozenset[str],
    occasion: Occasion,
    *,
    came: frozenset[str] = frozenset(),
    past: bool = False,
) -> Asked:
    need = read_need(row, refused, occasion)
    return Asked(row.id, row.reference, row.heading, past, need, came)
