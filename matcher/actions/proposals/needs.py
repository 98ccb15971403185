"""The need that the matcher reads of a help request."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from matcher.actions.occasion import Occasion
from matcher.actions.proposals.travelling import minutes_to
from matcher.lifecycle import pairing
from matcher.matching.offers import Need, Point
from matcher.records.help_requests import HelpRequest
from matcher.records.organisations import counted_as
from matcher.records.pairings import Pairing


def make_need(request: HelpRequest, refused: frozenset[str], occasion: Occasion) -> Need:
    """Return what the matcher reads of a help request; ``refused`` are volunteers' ids."""
    return with_minutes(read_need(request, refused, occasion))


def read_need(request: HelpRequest, refused: frozenset[str], occasion: Occasion) -> Need:
    """Return the need without the minutes, which take a while: read the rows first, then those."""
    return Need(
        id=str(request.id),
        title=request.title,
        text=" ".join((request.need, request.audience)).strip(),
        place=Point(request.latitude, request.longitude, request.outcode),
        area=request.council_gss,
        dates=request.dates,
        organisation_id=str(request.organisation.counts_as),
        unwanted_organisations=unwanted_of(request),
        kind=request.kind or "",
        remote_too=request.remote_too,
        refused=refused,
        as_of=occasion.today,
    )


def unwanted_of(request: HelpRequest) -> frozenset[str]:
    """Return the organisations nobody of which is wanted, as the matcher knows them."""
    session = object_session(request)
    if not request.unwanted or session is None:
        return frozenset()
    return frozenset(str(each) for each in counted_as(session, request.unwanted))


def with_minutes(need: Need) -> Need:
    """Return the need with the minutes from everywhere to its place."""
    if need.place is None:
        return need
    return replace(need, minutes=minutes_to(need.place.latitude, need.place.longitude))


def settled_ids(session: Session, request_ids: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """Return, by request, the volunteers who were already looked at, asked or refused for it."""
    found: dict[int, set[str]] = {request_id: set() for request_id in request_ids}
    kept = select(Pairing.help_request_id, Pairing.volunteer_id).where(
        Pairing.help_request_id.in_(found), Pairing.state != pairing.State.PROPOSED
    )
    for request_id, volunteer_id in session.execute(kept):
        found[request_id].add(str(volunteer_id))
    return {request_id: frozenset(ids) for request_id, ids in found.items()}
