"""Driving times of those who are proposed, from the router that the operator set.

Who may be proposed, and in which order, rests on the estimates alone: so the same ranking can be
made again, and a router that is down bars nobody. Its times are what people are shown.
"""

from collections.abc import Iterable, Sequence
from typing import Self

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.matching.offers import Need
from matcher.places.routers import CodeRouter, EstimatingRouter, OsrmRouter, Times
from matcher.places.travel import shared_estimator
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

log = structlog.get_logger("matcher.driving")


class Drives:
    """A router by road, asked about outward codes; the estimator answers when it does not."""

    def __init__(self, router: CodeRouter) -> None:
        self._router = router

    @classmethod
    def at(cls, address: str, timeout_seconds: float) -> Self | None:
        """Return the router at an address; None without one: the estimates are all there is."""
        if not address:
            return None
        estimator = shared_estimator()
        router = OsrmRouter(address, timeout_seconds=timeout_seconds)
        return cls(CodeRouter(router, EstimatingRouter(estimator, "car"), estimator.points()))

    def times_to(self, need: Need, outcodes: Iterable[str]) -> Times:
        """Return the minutes between the place of a need and some outward codes."""
        if need.place is None or not need.place.outcode:
            return Times({})
        found = self._router.times(need.place.outcode, outcodes)
        if found.fault:
            log.warning("the router did not answer", fault=found.fault)
        return found


def outcodes_of(session: Session, volunteer_ids: Iterable[int]) -> dict[int, str]:
    """Return the outward codes from which volunteers start."""
    rows = session.execute(
        select(Volunteer.id, Volunteer.outcode).where(Volunteer.id.in_(list(volunteer_ids)))
    )
    return {row.id: row.outcode for row in rows if row.outcode}


def put_in(proposals: Sequence[Pairing], outcodes: dict[int, str], times: Times) -> None:
    """Write the driving times into what proposals are kept with, and where they come from."""
    for kept in proposals:
        minutes = times.minutes.get(outcodes.get(kept.volunteer_id, ""))
        if minutes is None:
            continue
        candidate = kept.snapshot["candidate"]
        journey = candidate["journey"] | {"car_minutes": minutes}
        source = "estimate" if times.fault else "router"
        kept.snapshot = {
            **kept.snapshot,
            "candidate": {**candidate, "journey": journey},
            "driving_from": source,
        }
