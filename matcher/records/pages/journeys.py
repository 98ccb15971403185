"""The way a volunteer would come, as it was estimated when they were proposed, fit to be said."""

from dataclasses import dataclass

from matcher.places.place import distance_km
from matcher.places.wording import rough_minutes
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer


@dataclass(frozen=True, slots=True)
class JourneyView:
    """How far it is and how long it takes, in minutes rounded for people; None where not known.

    ``over`` is the means of travel by which a stated limit is passed a little, or empty.
    ``driving_from`` is "router" or, where that did not answer, "estimate"; empty without a router.
    ``estimated`` is False for pairs that nobody worked out, such as those made by hand.
    """

    distance_km: float
    train_minutes: int | None = None
    door_to_door_minutes: int | None = None
    car_minutes: int | None = None
    over: str = ""
    over_sea: bool = False
    estimated: bool = False
    driving_from: str = ""


def read_journey(kept: Pairing) -> JourneyView:
    """Return the way of a pairing. The drive is said to those who drive, or have no train."""
    volunteer = kept.volunteer
    distance = distance_between(volunteer, kept.help_request)
    found = kept.snapshot.get("candidate", {}).get("journey")
    if found is None:
        return JourneyView(distance)
    train = rough_minutes(found.get("train_minutes") or None)  # no minutes: it is a walk
    drives = train is None or volunteer.travel.limit.car_minutes is not None
    return JourneyView(
        distance_km=distance,
        train_minutes=train,
        door_to_door_minutes=rough_minutes(found.get("transit_minutes")),
        car_minutes=rough_minutes(found.get("car_minutes")) if drives else None,
        over=found.get("over") or "",
        over_sea=found.get("over_sea", False),
        estimated=True,
        driving_from=kept.snapshot.get("driving_from", ""),
    )


def distance_between(volunteer: Volunteer, request: HelpRequest) -> float:
    """Return the straight line between the two places, in kilometres."""
    start = (volunteer.latitude, volunteer.longitude)
    return distance_km(start, (request.latitude, request.longitude))
