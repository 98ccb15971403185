"""Looking again at the scores of those who said yes, after the requester changed the need."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_task
from matcher.actions.filling import lock_request
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.needs import make_need, with_minutes
from matcher.actions.proposals.offering import make_offer
from matcher.lifecycle import pairing
from matcher.lifecycle.choices import TaskKind
from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing

BATCH = 20
HELD = (pairing.State.ACCEPTED, pairing.State.CONFIRMED)
#: Asks were counted when the volunteer was asked.
NO_ASKS = 0


def rescore_due(live: LiveIndex, occasion: Occasion) -> int:
    """Look again at every request whose need has changed; return how many there were."""
    changed = select(HelpRequest.id).where(HelpRequest.changed_at.is_not(None))
    ids = db.session.scalars(changed.limit(BATCH)).all()
    for request_id in ids:
        _rescore(live, request_id, occasion)
    db.session.rollback()
    return len(ids)


def _rescore(live: LiveIndex, request_id: int, occasion: Occasion) -> None:
    session: Session = db.session()
    request = session.get_one(HelpRequest, request_id, populate_existing=True)
    seen, need = request.changed_at, make_need(request, frozenset(), occasion)
    held = session.scalars(_held(request_id)).all()
    offers = [make_offer(kept.volunteer, NO_ASKS) for kept in held]
    index = live.follow(session)
    session.rollback()  # no transaction stays open while the matcher works
    scores = _scores(index, offers, with_minutes(need))
    with writing() as session:
        request = lock_request(session, request_id)
        if request.changed_at != seen:
            return
        request.changed_at = None
        for kept in session.scalars(_held(request_id)):
            kept.score = scores.get(str(kept.volunteer_id), 0.0)
            if kept.score < occasion.settings.least_score:
                _hand_over(session, kept, occasion)


def _held(request_id: int) -> Select[Pairing]:
    return select(Pairing).filter_by(help_request_id=request_id).where(Pairing.state.in_(HELD))


def _scores(index: OfferIndex, offers: list[Offer], need: Need) -> dict[str, float]:
    """Return the scores by offer; one without a word in common has none."""
    few = OfferIndex(
        offers, thesaurus=index.thesaurus, weights=index.weights, statistics=index.statistics
    )
    found = few.find(need, limit=None)
    return dict(zip(found.ids, found.parts.sum(axis=0).tolist(), strict=True))


def _hand_over(session: Session, kept: Pairing, occasion: Occasion) -> None:
    add_task(
        session,
        TaskKind.NO_LONGER_FITS,
        f"pairing {kept.id} at {occasion.now.isoformat()}",
        occasion,
        help_request_id=kept.help_request_id,
        pairing_id=kept.id,
        volunteer_id=kept.volunteer_id,
    )
