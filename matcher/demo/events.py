"""Events for the demo, and who will be there."""

import secrets
from collections.abc import Iterable

from sqlalchemy import select

from matcher.actions.network.attending import SentEvent, add_event, say_going
from matcher.demo.filler import Filler, Row
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.volunteers import Volunteer


def add_events(filler: Filler, rows: Iterable[Row]) -> None:
    """Add every event as its coordinator or volunteer would, and say who will be there."""
    for row in rows:
        _add(filler, row)


def _add(filler: Filler, row: Row) -> None:
    sent = SentEvent(
        name=row["name"],
        first_on=filler.day(row["first"]),
        last_on=filler.day(row["last"]),
        where=filler.where(row["place"]),
        description=row["description"],
        website=row.get("website", ""),
    )
    by = filler.acting(Actor.COORDINATOR, 1)
    if row.get("state") == "proposed":
        by = filler.acting(Actor.VOLUNTEER, _volunteer(row["by"]))
    event_id = add_event(sent, secrets.token_hex(16), by)
    for email in row.get("going", ()):
        say_going(event_id, filler.acting(Actor.VOLUNTEER, _volunteer(email)))
    for email in row.get("asking", ()):
        asking = select(HelpRequest.id).filter_by(requester_email=email)
        request_id = db.session.scalars(asking).one()
        say_going(event_id, filler.acting(Actor.REQUESTER), help_request_id=request_id)


def _volunteer(email: str) -> int:
    return db.session.scalars(select(Volunteer.id).filter_by(email=email)).one()
