"""People who will be at the same event anyway: there the way to each other is no way at all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from matcher.matching.index import OfferIndex
from matcher.matching.offers import Candidate, Need, Offer, Point, TravelLimit


@dataclass(frozen=True)
class Gathering:
    """An event that the requester goes to: where, on which days, and the offers of who else goes.

    ``name`` and ``where`` are for people to read.
    """

    id: str
    name: str
    where: str
    place: Point
    days: tuple[date, ...]
    offer_ids: frozenset[str]


@dataclass(frozen=True)
class Met:
    """A candidate, and the event at which the two would meet; None where somebody travels."""

    candidate: Candidate
    gathering: Gathering | None = None


def rank_with_gatherings(
    index: OfferIndex, need: Need, gatherings: Iterable[Gathering], limit: int
) -> list[Met]:
    """Return what `rank` returns, and whoever can be met at an event on a wanted day.

    Of those no travel is asked, so no limit of theirs on travel bars them; every other bar stands.
    """
    best = {each.offer_id: Met(each) for each in index.rank(need, limit)}
    for gathering in gatherings:
        for met in _met_there(index, need, gathering):
            known = best.get(met.candidate.offer_id)
            if known is None or known.candidate.score < met.candidate.score:
                best[met.candidate.offer_id] = met
    ranked = sorted(best.values(), key=lambda met: _order(met.candidate))
    return ranked[:limit]


def who_is_met(
    index: OfferIndex, need: Need, gatherings: Iterable[Gathering]
) -> dict[str, Gathering]:
    """Return, by offer, at which event somebody can be met, wherever they start from otherwise."""
    return {
        met.candidate.offer_id: gathering
        for gathering in gatherings
        for met in _met_there(index, need, gathering)
    }


def _met_there(index: OfferIndex, need: Need, gathering: Gathering) -> list[Met]:
    days = tuple(day for day in gathering.days if not need.dates or day in need.dates)
    if not days:
        return []
    offers = [_without_travel(offer, gathering) for offer in _offers(index, gathering)]
    there = replace(need, place=gathering.place, area="", dates=days, minutes=None)
    small = OfferIndex(
        offers,
        thesaurus=index.thesaurus,
        weights=index.weights,
        statistics=index.statistics,
    )
    return [Met(each, gathering) for each in small.rank(there, limit=None)]


def _offers(index: OfferIndex, gathering: Gathering) -> list[Offer]:
    known = (index.offer(offer_id) for offer_id in sorted(gathering.offer_ids))
    return [offer for offer in known if offer is not None]


def _without_travel(offer: Offer, gathering: Gathering) -> Offer:
    return replace(offer, place=gathering.place, travel=TravelLimit())


def _order(candidate: Candidate) -> tuple[float, str]:
    return (-round(candidate.score, 10), candidate.offer_id)


def event_days(first: date, last: date) -> tuple[date, ...]:
    """Return the days from the first to the last, both included."""
    return tuple(date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))
