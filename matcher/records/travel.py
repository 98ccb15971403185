"""How a volunteer is willing to travel, as they stated it, and how it stands in the row."""

from dataclasses import dataclass, fields

from matcher.lifecycle.choices import StartsAt
from matcher.matching.offers import TravelLimit
from matcher.records.database import JsonObject

NO_LIMIT = TravelLimit()


@dataclass(frozen=True, slots=True)
class Travel:
    """How far somebody goes, whether from home or from work, and whether there and back in a day.

    ``starts_at`` is None where they did not say.
    """

    limit: TravelLimit = NO_LIMIT
    starts_at: StartsAt | None = None
    same_day: bool = False


def as_row(limit: TravelLimit) -> JsonObject:
    """Return a limit as its row keeps it: only what was stated."""
    stated = {each.name: getattr(limit, each.name) for each in fields(limit)}
    stated["areas"] = list(limit.areas)
    usual = {each.name: getattr(NO_LIMIT, each.name) for each in fields(limit)}
    return {name: value for name, value in stated.items() if value not in (usual[name], [])}


def from_row(kept: JsonObject) -> TravelLimit:
    """Return the limit that a row keeps."""
    return TravelLimit(**{**kept, "areas": tuple(kept.get("areas", ()))})
