"""How many more volunteers each change of a request would bring into reach, counted truly: only
those who would then be candidates, with words in common and nothing else in the way."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import count_asks, make_offer
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Bar, Need, Offer, TravelLimit
from matcher.records.database import db
from matcher.records.pages.reach import Reach
from matcher.records.volunteers import Volunteer

#: LIFECYCLE: a little further is a quarter more than people said.
WIDER = 1.25
#: So many of those nearest to their limit are looked at.
MOST_NEAR = 200


def count_reach(index: OfferIndex, need: Need, occasion: Occasion) -> Reach:
    """Return what a video call, a quarter more of the way, or any date would add."""
    now = _found(index, need)
    by_video = _found(index, replace(need, remote_too=True)) - now
    any_date = _found(index, replace(need, dates=())) - now if need.dates else set()
    return Reach(len(by_video), len(_wider(index, need, occasion) - now), len(any_date))


def _found(index: OfferIndex, need: Need) -> set[str]:
    return set(index.find(need, limit=None).ids)


def _wider(index: OfferIndex, need: Need, occasion: Occasion) -> set[str]:
    near = [
        barred.offer_id
        for bar in (Bar.TOO_FAR, Bar.TOO_LONG)
        for barred in index.barred(need, bar, 0, MOST_NEAR)
    ]
    if not near:
        return set()
    stretched = OfferIndex(
        _stretched(near, occasion),
        thesaurus=index.thesaurus,
        weights=index.weights,
        statistics=index.statistics,
    )
    return _found(stretched, need)


def _stretched(ids: list[str], occasion: Occasion) -> list[Offer]:
    """Return the offers of volunteers as if each went a quarter further."""
    session: Session = db.session()
    chosen = select(Volunteer).where(Volunteer.id.in_([int(each) for each in ids]))
    offers = [
        make_offer(each, count_asks(session, each.id, occasion)) for each in session.scalars(chosen)
    ]
    session.rollback()
    return [replace(offer, travel=_further(offer.travel)) for offer in offers]


def _further(limit: TravelLimit) -> TravelLimit:
    return replace(
        limit,
        miles=_more(limit.miles),
        train_minutes=_longer(limit.train_minutes),
        car_minutes=_longer(limit.car_minutes),
    )


def _more(limit: float | None) -> float | None:
    return None if limit is None else limit * WIDER


def _longer(minutes: int | None) -> int | None:
    return None if minutes is None else int(minutes * WIDER)
