"""Where a request takes place and where volunteers start from, for the map of reach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.records.help_requests import HelpRequest
from matcher.records.volunteers import Volunteer


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map, in degrees (WGS 84), with the words for it."""

    latitude: float
    longitude: float
    label: str


def read_venue(session: Session, request_id: int) -> Spot:
    """Return where a request takes place. Raises NoResultFound."""
    columns = (HelpRequest.latitude, HelpRequest.longitude, HelpRequest.place_label)
    return Spot(*session.execute(select(*columns).where(HelpRequest.id == request_id)).one())


def read_bases(session: Session, volunteer_ids: Iterable[int]) -> Mapping[int, Spot]:
    """Return where these volunteers start from, by their ids."""
    columns = (Volunteer.id, Volunteer.latitude, Volunteer.longitude, Volunteer.place_label)
    rows = session.execute(select(*columns).where(Volunteer.id.in_(set(volunteer_ids))))
    return {
        volunteer_id: Spot(latitude, longitude, label)
        for volunteer_id, latitude, longitude, label in rows
    }
