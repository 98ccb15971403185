"""Starting to ask without a coordinator, where a programme wants that and the match is good."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.reviewing import approve
from matcher.actions.occasion import Occasion
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.refusals import Refused
from matcher.lifecycle.waves import wave_for
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import is_waiting

BATCH = 20
#: Proposals that stood for longer wait for a coordinator, even if the setting is switched on later.
FRESH = timedelta(minutes=10)


def auto_approve_due(occasion: Occasion) -> int:
    """Approve the best fresh proposals where enough of them reach the score; return how many
    requests began to be asked.
    """
    if not occasion.settings.auto_approve:
        return 0
    session: Session = db.session()
    fresh = select(HelpRequest).where(
        HelpRequest.state == help_request.State.IN_REVIEW,
        HelpRequest.proposed_at > occasion.now - FRESH,
    )
    requests = session.scalars(fresh.limit(BATCH)).all()
    chosen = {request.id: _choose(session, request, occasion) for request in requests}
    session.rollback()
    return sum(_approve(*each, occasion.by_clock()) for each in chosen.items())


def _choose(session: Session, request: HelpRequest, occasion: Occasion) -> list[int]:
    """Return the pairings to approve; none where a coordinator has begun to look, or the requester
    waits for the answer to a question.
    """
    kept = session.scalars(
        select(Pairing).filter_by(help_request_id=request.id).order_by(Pairing.rank)
    ).all()
    begun = any(each.state != pairing.State.PROPOSED for each in kept)
    if begun or is_waiting(session, request.id):
        return []
    good = _good(kept, occasion.settings.auto_approve_score / 100)
    wave = wave_for(request.dates, occasion.today, occasion.settings.waves)
    return good[: request.places + wave.extra_asks] if len(good) >= request.places else []


def _good(kept: Sequence[Pairing], score: float) -> list[int]:
    return [
        each.id
        for each in kept
        if each.score >= score and not each.snapshot.get("candidate", {}).get("why_thin")
    ]


def _approve(request_id: int, pairing_ids: Sequence[int], clock: Occasion) -> bool:
    if not pairing_ids:
        return False
    try:
        approve(request_id, pairing_ids, clock)
    except Refused:
        return False  # the request has moved on since
    return True
