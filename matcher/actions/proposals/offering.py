"""The offer that the matcher reads of a volunteer, and whether the volunteer may be asked."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle import volunteer as standing
from matcher.matching.offers import Offer, Point, TravelLimit
from matcher.matching.plain import as_dict
from matcher.records.database import JsonObject, db, writing
from matcher.records.history import ASKS, ASKS_COUNT_FOR, Happening
from matcher.records.offers import OfferChange, add_offer_changes, latest_payloads
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer

#: One way, for who wants to be home the same day: out from 7, five hours there, home by 7 or so.
SAME_DAY_MINUTES = 210
#: So many offers are looked at, and brought up to date, in one transaction.
AT_ONCE = 100


def publish_offer(session: Session, volunteer: Volunteer, occasion: Occasion) -> None:
    """Append the volunteer's offer as it stands to the log; None where they cannot be proposed.

    Nothing is appended where nothing changed.
    """
    session.flush()
    payload = _payload(volunteer, count_asks(session, volunteer.id, occasion))
    if payload != _latest_payload(session, volunteer.id):
        _append(session, volunteer.programme_id, {volunteer.id: payload}, occasion)


def publish_all(occasion: Occasion) -> None:
    """Do the same for everybody who is active, in transactions so short that nobody waits long.

    Nothing is held while it looks for what changed. Done twice, by two workers or after a kill in
    the middle, it appends nothing more.
    """
    ids = db.session.scalars(_active_ids().order_by(Volunteer.id)).all()
    for start in range(0, len(ids), AT_ONCE):
        changed = _changed(db.session(), ids[start : start + AT_ONCE], occasion)
        db.session.rollback()
        db.session.expunge_all()  # or each part would go through all those before
        if changed:
            with writing() as session:
                _publish(session, tuple(changed), occasion)


def publish_staff(session: Session, organisation_ids: Collection[int], occasion: Occasion) -> None:
    """Do the same for everybody active in these organisations, in the transaction of the caller."""
    there = _active_ids().where(Volunteer.organisation_id.in_(organisation_ids))
    _publish(session, session.scalars(there).all(), occasion)


def _active_ids() -> Select[int]:
    return select(Volunteer.id).filter_by(state=standing.State.ACTIVE)


def _publish(session: Session, ids: Collection[int], occasion: Occasion) -> None:
    """Append the offers of these that changed, with as few queries for many as for one."""
    programmes: dict[int, dict[int, JsonObject | None]] = {}
    for volunteer, payload in _changed(session, ids, occasion).values():
        programmes.setdefault(volunteer.programme_id, {})[volunteer.id] = payload
    for programme_id, payloads in programmes.items():
        _append(session, programme_id, payloads, occasion)


def _changed(
    session: Session, ids: Collection[int], occasion: Occasion
) -> Mapping[int, tuple[Volunteer, JsonObject | None]]:
    """Return who is active of these and whose offer is not what the log says, with the offer."""
    active = select(Volunteer).where(Volunteer.state == standing.State.ACTIVE)
    asks, latest = _count_all_asks(session, ids, occasion), latest_payloads(session, ids)
    found = session.scalars(active.where(Volunteer.id.in_(ids)).order_by(Volunteer.id)).all()
    offers = ((each, _payload(each, asks.get(each.id, 0))) for each in found)
    return {each.id: (each, now) for each, now in offers if now != latest.get(each.id)}


def _append(
    session: Session,
    programme_id: int,
    payloads: Mapping[int, JsonObject | None],
    occasion: Occasion,
) -> None:
    add_offer_changes(session, programme_id=programme_id, payloads=payloads, now=occasion.now)


def _latest_payload(session: Session, volunteer_id: int) -> JsonObject | None:
    newest = select(OfferChange.payload).filter_by(volunteer_id=volunteer_id)
    return session.scalars(newest.order_by(OfferChange.number.desc()).limit(1)).first()


def _payload(volunteer: Volunteer, asks: int) -> JsonObject | None:
    return as_dict(make_offer(volunteer, asks)) if may_be_proposed(volunteer) else None


def may_be_proposed(volunteer: Volunteer) -> bool:
    """Return whether the volunteer is active, and known to whoever they would meet."""
    return volunteer.state == standing.State.ACTIVE and volunteer.stands_for_themselves


def make_offer(volunteer: Volunteer, asks: int) -> Offer:
    """Return the offer of a volunteer who was asked ``asks`` times in the last quarter."""
    return Offer(
        id=str(volunteer.id),
        title=volunteer.job_title,
        skills=tuple(volunteer.skills),
        experience=(volunteer.offer, *volunteer.experience),
        place=Point(volunteer.latitude, volunteer.longitude, volunteer.outcode),
        travel=kept_limit(volunteer.travel),
        away=tuple((span.first_on, span.last_on) for span in volunteer.away),
        organisation_id=str(volunteer.organisation.counts_as),
        kinds=frozenset(volunteer.kinds),
        not_for_me=tuple(volunteer.not_for_me),
        asks_left=max(0, volunteer.asks_per_quarter - asks),
        recent_asks=asks,
    )


def kept_limit(travel: Travel) -> TravelLimit:
    """Return the limit that the matcher keeps to.

    To be home the same day is a limit of its own: each stated time is cut to what leaves a working
    day between there and back; where none was stated, either the train or the car must be as quick.
    """
    limit = travel.limit
    if not travel.same_day:
        return limit
    train, car = limit.train_minutes, limit.car_minutes
    if train is None and car is None:
        return replace(limit, train_minutes=SAME_DAY_MINUTES, car_minutes=SAME_DAY_MINUTES)
    return replace(limit, train_minutes=_within_a_day(train), car_minutes=_within_a_day(car))


def _within_a_day(minutes: int | None) -> int | None:
    return None if minutes is None else min(minutes, SAME_DAY_MINUTES)


def count_asks(session: Session, volunteer_id: int, occasion: Occasion) -> int:
    """Return how often the volunteer was invited, or asked a question, in the last quarter."""
    asked = select(func.count(Happening.id)).filter_by(event="invite", volunteer_id=volunteer_id)
    lately = Happening.subject.in_(ASKS), Happening.at > occasion.now - ASKS_COUNT_FOR
    return session.scalar(asked.where(*lately)) or 0


def _count_all_asks(
    session: Session, ids: Collection[int], occasion: Occasion
) -> Mapping[int, int]:
    """Return how often each of these was invited in the last quarter; who was not is left out."""
    asked = (
        select(Happening.volunteer_id, func.count(Happening.id).label("asks"))
        .where(Happening.subject.in_(ASKS), Happening.event == "invite")
        .where(Happening.at > occasion.now - ASKS_COUNT_FOR, Happening.volunteer_id.in_(ids))
        .group_by(Happening.volunteer_id)
    )
    return {row.volunteer_id: row.asks for row in session.execute(asked)}


def may_be_asked(session: Session, volunteer: Volunteer, occasion: Occasion) -> bool:
    """Return whether the volunteer is active, here today, and not at their own cap."""
    if not may_be_proposed(volunteer) or is_away(volunteer, occasion.today):
        return False
    return count_asks(session, volunteer.id, occasion) < volunteer.asks_per_quarter


def is_away(volunteer: Volunteer, day: date) -> bool:
    """Return whether the volunteer said they are away that day."""
    return any(span.first_on <= day <= span.last_on for span in volunteer.away)
