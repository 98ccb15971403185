"""People who offer much the same as somebody, as coordinators compare them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle.working_days import LONDON
from matcher.places.place import distance_km
from matcher.records.pages.candidates import count_asks_of
from matcher.records.volunteers import Volunteer


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """One of them. ``distance_km`` is the straight line between where the two start from.

    ``away_until`` is the last day of an absence that has begun.
    """

    volunteer_id: int
    shown_as: str
    organisation: str
    job_title: str
    place_label: str
    distance_km: float
    asks: int
    asks_per_quarter: int
    away_until: date | None


def list_similar(
    session: Session, volunteer_id: int, ids: Sequence[int], now: datetime
) -> tuple[SimilarRow, ...]:
    """Return these volunteers in this order, each compared with one."""
    rows = session.scalars(select(Volunteer).where(Volunteer.id.in_({volunteer_id, *ids})))
    found = {each.id: each for each in rows}
    asks = count_asks_of(session, ids, now)
    like = found[volunteer_id]
    return tuple(_row(like, found[each], asks.get(each, 0), now) for each in ids if each in found)


def _row(like: Volunteer, other: Volunteer, asks: int, now: datetime) -> SimilarRow:
    here, there = (like.latitude, like.longitude), (other.latitude, other.longitude)
    today = now.astimezone(LONDON).date()
    away = [span.last_on for span in other.away if span.first_on <= today <= span.last_on]
    return SimilarRow(
        volunteer_id=other.id,
        shown_as=other.shown_as,
        organisation=other.organisation.name,
        job_title=other.job_title,
        place_label=other.place_label,
        distance_km=distance_km(here, there),
        asks=asks,
        asks_per_quarter=other.asks_per_quarter,
        away_until=max(away, default=None),
    )
