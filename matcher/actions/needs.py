"""The need that the matcher reads of a help request."""

from matcher.actions.occasion import Occasion
from matcher.actions.travelling import minutes_to
from matcher.matching.offers import Need, Point
from matcher.records.help_requests import HelpRequest


def make_need(request: HelpRequest, refused: frozenset[str], occasion: Occasion) -> Need:
    """Return what the matcher reads of a help request; ``refused`` are volunteers' ids."""
    return Need(
        id=str(request.id),
        title=request.title,
        text=" ".join((request.need, request.audience)).strip(),
        place=Point(request.latitude, request.longitude, request.outcode),
        area=request.council_gss,
        dates=request.dates,
        organisation_id=str(request.organisation_id),
        unwanted_organisations=frozenset(str(each) for each in request.unwanted),
        kind=request.kind or "",
        remote_too=request.remote_too,
        refused=refused,
        minutes=minutes_to(request.latitude, request.longitude),
        as_of=occasion.today,
    )
