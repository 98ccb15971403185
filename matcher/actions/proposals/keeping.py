"""Proposals made anew in the place of those before, and given back when a request begins again."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.lifecycle import pairing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.pairings import Pairing
from matcher.records.past_proposals import PastProposal

#: What an ask leaves in its row, and a new one begins without.
AS_IF_NEW: dict[str, object] = {
    "invited_at": None,
    "answer_by": None,
    "remind_at": None,
    "answered_at": None,
    "extended_at": None,
    "next_at": None,
    "chosen_on": None,
    "interest": "",
    "answer_note": "",
    "answer_reason": "",
}


def keep_proposals(
    session: Session, request: HelpRequest, proposals: Iterable[Pairing], occasion: Occasion
) -> None:
    """Keep new proposals in the place of the old; what was proposed, and from what, is kept.

    What a coordinator proposed by hand stays. A pair with a history stays the same pair.
    """
    anew = {kept.volunteer_id: kept for kept in proposals}
    touched = _touched_ids(session, request)
    proposed = select(Pairing).filter_by(help_request_id=request.id, state=pairing.State.PROPOSED)
    for old in session.scalars(proposed).all():
        if "by_hand" in old.snapshot:
            continue
        session.add(PastProposal.of(old, occasion.now))
        if old.id not in touched:
            session.delete(old)
        elif old.volunteer_id in anew:
            _renew(old, anew[old.volunteer_id])
        else:
            facts = {"reason": "suits_no_longer"}
            move(session, old, pairing.Event.STAND_DOWN, occasion.by_clock(), facts=facts)
    session.flush()
    mine = select(Pairing.volunteer_id).filter_by(help_request_id=request.id)
    known = set(session.scalars(mine))
    session.add_all(each for who, each in anew.items() if who not in known)


def _touched_ids(session: Session, request: HelpRequest) -> frozenset[int]:
    """Return the pairings of a request to which something has happened since they were kept."""
    happened = select(Happening.subject_id).filter_by(
        subject=Pairing.__tablename__, help_request_id=request.id
    )
    return frozenset(session.scalars(happened))


def _renew(old: Pairing, new: Pairing) -> None:
    old.rank, old.score, old.snapshot = new.rank, new.score, new.snapshot
    old.proposed_at = new.proposed_at


def propose_stood_down(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    """Propose again whoever was stood down because the request ended, before it begins again.

    Who said no, or was told no, is not among them.
    """
    ended = select(Happening.subject_id).filter_by(
        subject=Pairing.__tablename__,
        help_request_id=request.id,
        event=pairing.Event.STAND_DOWN,
        at=request.ended_at,
    )
    stood_down = select(Pairing).filter_by(state=pairing.State.STOOD_DOWN)
    for kept in session.scalars(stood_down.where(Pairing.id.in_(ended))).all():
        move(session, kept, pairing.Event.PROPOSE_AGAIN, occasion, changes=AS_IF_NEW)
