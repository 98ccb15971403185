"""The private address of a coordinator's calendar: made, replaced, ended."""

from matcher.actions.linking import make_link, revoke_links
from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import LinkRevoked
from matcher.mail.links import Purpose
from matcher.records.coordinators import Coordinator
from matcher.records.database import db, writing


def replace_desk_calendar(coordinator_id: int, occasion: Occasion) -> str:
    """Make the link of a coordinator's calendar and return its id; the one before is worthless."""
    with writing() as session:
        purpose = Purpose.DESK_CALENDAR
        session.get_one(Coordinator, coordinator_id, with_for_update=True)
        revoke_links(session, occasion.now, purpose, coordinator_id=coordinator_id)
        return make_link(session, purpose, occasion, coordinator_id=coordinator_id)


def end_desk_calendar(coordinator_id: int, occasion: Occasion) -> None:
    """End the address of a coordinator's calendar; pressed twice, nothing more."""
    with writing() as session:
        revoke_links(session, occasion.now, Purpose.DESK_CALENDAR, coordinator_id=coordinator_id)


def get_owner(coordinator_id: int | None) -> Coordinator:
    """Return a calendar's owner. Raises LinkRevoked where they may no longer sign in."""
    found = None if coordinator_id is None else db.session.get(Coordinator, coordinator_id)
    if found is None or found.ended_at is not None:
        raise LinkRevoked("access has ended")
    return found
