"""Who is barred from a need, why, and the cheapest thing that would change it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from matcher.matching.journeys import journey_of
from matcher.matching.offers import Bar, BarCount, Barred, Fix, FixKind, Journey, Need, Offer
from matcher.matching.reach import BITS, IN_PERSON, KM_PER_MILE

_TRAVEL = frozenset({Bar.OUTSIDE_AREAS, Bar.TOO_FAR, Bar.TOO_LONG})
_WIDER_BY_PERCENT = 25


class Barring:
    """The barred offers of one need, each with the bits of its bars."""

    def __init__(self, need: Need, found: Sequence[tuple[Offer, int]]) -> None:
        self._need = need
        self._found = found

    @cached_property
    def _all(self) -> list[Barred]:
        return [_barred(self._need, offer, bits) for offer, bits in self._found]

    def counts(self) -> list[BarCount]:
        """Return the bars that keep anybody out, each with its fixes, the cheapest first."""
        counted = Counter(barred.bar for barred in self._all)
        return [BarCount(bar, counted[bar], self._fixes(bar)) for bar in Bar if counted[bar]]

    def of(self, kind: Bar | None) -> list[Barred]:
        """Return the offers under this bar, or all; those with the smallest fix first."""
        chosen = [barred for barred in self._all if kind is None or barred.bar == kind]
        return sorted(chosen, key=_cheapest_first)

    def _fixes(self, bar: Bar) -> tuple[Fix, ...]:
        alone = [barred for barred in self._all if barred.bar == bar and barred.fix.adds]
        if not alone:
            return ()
        fixes = [replace(_least(alone).fix, adds=_adds(alone, _least(alone).fix))]
        if bar in _TRAVEL:
            fixes += self._wider(bar)
            fixes += self._by_video(bar)
        return tuple(dict.fromkeys(fixes))

    def _wider(self, bar: Bar) -> list[Fix]:
        offers = {offer.id: offer for offer, _ in self._found}
        within = [
            barred
            for barred in self._all
            if barred.bar == bar and barred.fix.adds and _is_within(barred, offers)
        ]
        wider = Fix(FixKind.TRAVEL_FURTHER, len(within), _WIDER_BY_PERCENT, "percent")
        return [wider] if within else []

    def _by_video(self, bar: Bar) -> list[Fix]:
        remote = frozenset(offer.id for offer, _ in self._found if offer.travel.remote)
        helped = [
            barred
            for barred in self._all
            if barred.bar == bar and barred.offer_id in remote and _TRAVEL.issuperset(barred.also)
        ]
        return [Fix(FixKind.ACCEPT_REMOTE, len(helped))] if helped else []


def _barred(need: Need, offer: Offer, bits: int) -> Barred:
    bar, *also = [bar for bar in Bar if BITS[bar] & bits]
    journey = journey_of(need, offer, IN_PERSON)
    fix = replace(_fix(bar, need, offer, journey), adds=0 if also else 1)
    return Barred(offer.id, bar, fix, tuple(also), journey)


def _fix(bar: Bar, need: Need, offer: Offer, journey: Journey) -> Fix:
    if bar is Bar.TOO_FAR:
        limit, distance = offer.travel.miles or 0.0, journey.distance_km or 0.0
        return Fix(FixKind.TRAVEL_FURTHER, amount=distance / KM_PER_MILE - limit, unit="miles")
    if bar is Bar.TOO_LONG:
        return _quicker(offer, journey)
    if bar is Bar.AWAY:
        kind = FixKind.OTHER_DATES if need.dates else FixKind.WAIT_UNTIL
        return Fix(kind, until=_back(need, offer))
    if bar is Bar.RESTING:
        return Fix(FixKind.WAIT_UNTIL, until=offer.resting_until)
    return Fix(_SIMPLE_FIXES[bar])


_SIMPLE_FIXES = {
    Bar.REFUSED: FixKind.COORDINATOR_DECIDES,
    Bar.SAME_ORGANISATION: FixKind.COORDINATOR_DECIDES,
    Bar.RELATED_ORGANISATION: FixKind.COORDINATOR_DECIDES,
    Bar.CONFLICT: FixKind.COORDINATOR_DECIDES,
    Bar.KIND_NOT_OFFERED: FixKind.ASK_FOR_THIS_KIND,
    Bar.NOT_FOR_ME: FixKind.ASK_ABOUT_TOPIC,
    Bar.NOT_REMOTE: FixKind.MEET_IN_PERSON,
    Bar.REMOTE_ONLY: FixKind.ACCEPT_REMOTE,
    Bar.OUTSIDE_AREAS: FixKind.ADD_AREA,
    Bar.CAPACITY: FixKind.RAISE_CAPACITY,
}


def _quicker(offer: Offer, journey: Journey) -> Fix:
    # The limit that is passed by the smaller share is the cheaper one to stretch.
    limits = (
        (offer.travel.train_minutes, journey.train_minutes, "train_minutes"),
        (offer.travel.car_minutes, journey.car_minutes, "car_minutes"),
    )
    over = [
        ((minutes - limit) / max(limit, 1), minutes - limit, unit)
        for limit, minutes, unit in limits
        if limit is not None and minutes is not None
    ]
    _, more, unit = min(over)
    return Fix(FixKind.TRAVEL_FURTHER, amount=more, unit=unit)


def _back(need: Need, offer: Offer) -> date | None:
    # The day after the absences that run on from the last wanted date (or today) without a gap.
    day = max(need.dates) if need.dates else need.as_of
    for first, last in sorted(offer.away):
        if day is not None and first <= day <= last:
            day = last + timedelta(days=1)
    return day


def _is_within(barred: Barred, offers: dict[str, Offer]) -> bool:
    travel = offers[barred.offer_id].travel
    limits = {
        "miles": travel.miles,
        "train_minutes": travel.train_minutes,
        "car_minutes": travel.car_minutes,
    }
    limit = limits.get(barred.fix.unit)
    more = barred.fix.amount
    return limit is not None and more is not None and more <= limit * _WIDER_BY_PERCENT / 100


def _adds(alone: Iterable[Barred], fix: Fix) -> int:
    # A stretch by so much lets in all whom a smaller one would do; other fixes all of their kind.
    return sum(
        other.fix.kind == fix.kind
        and other.fix.unit == fix.unit
        and (other.fix.amount or 0.0) <= (fix.amount or 0.0)
        and (fix.until is None or other.fix.until is None or other.fix.until <= fix.until)
        for other in alone
    )


def _least(barred: Sequence[Barred]) -> Barred:
    return min(barred, key=_cheapest_first)


def _cheapest_first(barred: Barred) -> tuple[bool, float, date, str]:
    fix = barred.fix
    return (not fix.adds, fix.amount or 0.0, fix.until or date.min, barred.offer_id)
