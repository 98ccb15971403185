"""The matcher's values as plain JSON and back, exactly: for logs, snapshots and exports."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any  # JSON as parsed has no narrower type

from matcher.matching.offers import (
    Candidate,
    Explanation,
    Journey,
    Mode,
    Need,
    Offer,
    Parts,
    Point,
    Reason,
    ReasonKind,
    TravelLimit,
    TravelMinutes,
    WhyThin,
)

Json = Mapping[str, Any]  # what json.loads returns for an object


def as_dict(value: object) -> dict[str, Any]:
    """Return a dataclass of the matcher as JSON-ready dict; a candidate with its reasons."""
    if isinstance(value, Candidate):
        return _candidate_as_dict(value)
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is not a value of the matcher")
    return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}


def offer_from_dict(data: Json) -> Offer:
    """Return the offer that `as_dict` wrote. Raises KeyError or ValueError for other data."""
    return Offer(
        id=data["id"],
        title=data["title"],
        skills=tuple(data["skills"]),
        experience=tuple(data["experience"]),
        place=_point(data["place"]),
        travel=TravelLimit(**{**data["travel"], "areas": tuple(data["travel"]["areas"])}),
        away=tuple((_day(first), _day(last)) for first, last in data["away"]),
        organisation_id=data["organisation_id"],
        related_organisations=frozenset(data["related_organisations"]),
        kinds=frozenset(data["kinds"]),
        not_for_me=tuple(data.get("not_for_me", ())),  # logs of earlier releases have none
        asks_left=data["asks_left"],
        resting_until=_day_or_none(data["resting_until"]),
        recent_asks=data["recent_asks"],
    )


def need_from_dict(data: Json) -> Need:
    """Return the need that `as_dict` wrote. Raises KeyError or ValueError for other data."""
    return Need(
        id=data["id"],
        title=data["title"],
        text=data["text"],
        place=_point(data["place"]),
        area=data["area"],
        dates=tuple(_day(day) for day in data["dates"]),
        organisation_id=data["organisation_id"],
        unwanted_organisations=frozenset(data["unwanted_organisations"]),
        kind=data["kind"],
        remote_too=data["remote_too"],
        remote_only=data["remote_only"],
        refused=frozenset(data["refused"]),
        minutes=_minutes(data["minutes"]),
        as_of=_day_or_none(data["as_of"]),
    )


def candidate_from_dict(data: Json) -> Candidate:
    """Return the candidate that `as_dict` wrote, with its reasons as they were then."""
    journey = data["journey"]
    over = None if journey["over"] is None else Mode(journey["over"])
    explanation = Explanation(
        journey=Journey(**{**journey, "over": over}),
        reasons=tuple(_reason(reason) for reason in data["reasons"]),
        why_thin=None if data["why_thin"] is None else WhyThin(data["why_thin"]),
    )
    parts = Parts(**data["parts"])
    return Candidate(data["offer_id"], data["score"], parts, lambda: explanation)


def _candidate_as_dict(candidate: Candidate) -> dict[str, Any]:
    return {
        "offer_id": candidate.offer_id,
        "score": candidate.score,
        "parts": as_dict(candidate.parts),
        "journey": as_dict(candidate.journey),
        "reasons": [as_dict(reason) for reason in candidate.reasons],
        "why_thin": _plain(candidate.why_thin),
    }


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return as_dict(value) if is_dataclass(value) else value


def _point(data: Json | None) -> Point | None:
    return None if data is None else Point(**data)


def _minutes(data: Json | None) -> TravelMinutes | None:
    if data is None:
        return None
    return TravelMinutes(**{**data, "over_sea": frozenset(data.get("over_sea", ()))})


def _reason(data: Json) -> Reason:
    return Reason(**{**data, "kind": ReasonKind(data["kind"])})


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return None if text is None else _day(text)
