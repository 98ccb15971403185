"""The offer that the matcher reads of a volunteer, and whether the volunteer may be asked."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle import volunteer as standing
from matcher.matching.offers import Offer, Point, TravelLimit
from matcher.matching.plain import as_dict
from matcher.records.database import JsonObject
from matcher.records.history import ASKS_COUNT_FOR, Happening
from matcher.records.offers import OfferChange, add_offer_change
from matcher.records.volunteers import Volunteer


def publish_offer(session: Session, volunteer: Volunteer, occasion: Occasion) -> None:
    """Append the volunteer's offer as it stands to the log; None where they cannot be proposed.

    Nothing is appended where nothing changed.
    """
    session.flush()
    payload = _payload(session, volunteer, occasion)
    if payload == _latest_payload(session, volunteer.id):
        return
    add_offer_change(
        session,
        programme_id=volunteer.programme_id,
        volunteer_id=volunteer.id,
        payload=payload,
        now=occasion.now,
    )


def _latest_payload(session: Session, volunteer_id: int) -> JsonObject | None:
    newest = select(OfferChange.payload).filter_by(volunteer_id=volunteer_id)
    return session.scalars(newest.order_by(OfferChange.number.desc()).limit(1)).first()


def _payload(session: Session, volunteer: Volunteer, occasion: Occasion) -> JsonObject | None:
    if volunteer.state != standing.State.ACTIVE:
        return None
    return as_dict(make_offer(volunteer, count_asks(session, volunteer.id, occasion)))


def make_offer(volunteer: Volunteer, asks: int) -> Offer:
    """Return the offer of a volunteer who was asked ``asks`` times in the last quarter."""
    return Offer(
        id=str(volunteer.id),
        title=volunteer.job_title,
        skills=tuple(volunteer.skills),
        experience=(volunteer.offer, *volunteer.experience),
        place=Point(volunteer.latitude, volunteer.longitude, volunteer.outcode),
        travel=_travel_limit(volunteer.travel_limit),
        away=tuple((span.first_on, span.last_on) for span in volunteer.away),
        organisation_id=str(volunteer.organisation_id),
        kinds=frozenset(volunteer.kinds),
        not_for_me=tuple(volunteer.not_for_me),
        asks_left=max(0, volunteer.asks_per_quarter - asks),
        recent_asks=asks,
    )


def _travel_limit(kept: JsonObject) -> TravelLimit:
    return TravelLimit(**{**kept, "areas": tuple(kept.get("areas", ()))})


def count_asks(session: Session, volunteer_id: int, occasion: Occasion) -> int:
    """Return how often the volunteer was invited in the last quarter."""
    asked = select(func.count(Happening.id)).filter_by(
        subject="pairing", event="invite", volunteer_id=volunteer_id
    )
    return session.scalar(asked.where(Happening.at > occasion.now - ASKS_COUNT_FOR)) or 0


def may_be_asked(session: Session, volunteer: Volunteer, occasion: Occasion) -> bool:
    """Return whether the volunteer is active, here today, and not at their own cap."""
    if volunteer.state != standing.State.ACTIVE or is_away(volunteer, occasion.today):
        return False
    return count_asks(session, volunteer.id, occasion) < volunteer.asks_per_quarter


def is_away(volunteer: Volunteer, day: date) -> bool:
    """Return whether the volunteer said they are away that day."""
    return any(span.first_on <= day <= span.last_on for span in volunteer.away)
