"""Frozen views are made from rows: what both call by the same name is copied."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.records.database import JsonObject
from matcher.records.organisations import Organisation


@dataclass(frozen=True, slots=True)
class BothAt:
    """The event at which the two sides of a pairing will be anyway."""

    name: str
    place: str
    on: date


def read_both_at(snapshot: JsonObject) -> BothAt | None:
    """Return the event that a proposal was made for, or None where somebody travels."""
    kept = snapshot.get("gathering")
    if not kept:
        return None
    return BothAt(kept["name"], kept["place"], date.fromisoformat(kept["on"]))


# The values are whatever the view's fields are; the view's constructor is where types meet.
def same_named(view: type[Any], row: object) -> dict[str, Any]:
    """Return the row's values for every field of the view that the row has by the same name."""
    names = (field.name for field in fields(view))
    return {name: getattr(row, name) for name in names if hasattr(row, name)}


def organisation_names(session: Session, organisation_ids: list[int]) -> tuple[str, ...]:
    """Return the names of organisations, in alphabetical order."""
    named = select(Organisation.name).where(Organisation.id.in_(organisation_ids))
    return tuple(session.scalars(named.order_by(Organisation.name)))
