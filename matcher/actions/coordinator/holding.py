"""Holding a request: nothing new begins for it until a coordinator looks at it again.

What has been sent stays valid, and whoever answers meanwhile is heard. At the release every clock
of it begins again, so that nobody's time ran out while they were not reminded.
"""

from datetime import datetime, time

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matcher.actions.clock.timers import start_timer
from matcher.actions.coordinator.recording import record_of_request
from matcher.actions.coordinator.reviewing import begin_asking
from matcher.actions.filling import lock_request
from matcher.actions.occasion import Occasion
from matcher.actions.post.enclosed import answer_by, remind_at
from matcher.lifecycle import pairing
from matcher.lifecycle.help_request import MAY_BE_HELD
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.working_days import LONDON
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest, Hold
from matcher.records.outbox import WAIT_WITH_THE_REQUEST, OutgoingEmail, still_waiting
from matcher.records.pairings import Pairing


def hold_request(request_id: int, hold: Hold, occasion: Occasion) -> None:
    """Hold a request until a day to come; held already, the day and the reason are new.

    Raises NotAllowed where nothing could wait, and for a day that has come.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        if request.state not in MAY_BE_HELD:
            raise NotAllowed("nothing of this request can wait")
        if hold.until <= occasion.today:
            raise NotAllowed("the day has come already")
        request.held_until, request.held_because = hold.until, hold.because
        request.hold_is_told = hold.is_told
        hour = occasion.settings.asking_hours.first_hour
        request.next_at = datetime.combine(hold.until, time(hour), LONDON)
        record_of_request(session, "hold", request.id, occasion, reason=hold.because)


def release_request(request_id: int, occasion: Occasion) -> int:
    """Let a request go on and return how many are asked now; one that goes on already does so."""
    with writing() as session:
        request = lock_request(session, request_id)
        if request.hold is None:
            return 0
        request.held_until, request.held_because, request.hold_is_told = None, "", False
        request.next_at = occasion.now
        record_of_request(session, "release_hold", request.id, occasion)
        _begin_clocks_again(session, request, occasion)
        _let_emails_go(session, request, occasion)
        return begin_asking(session, request, occasion)


def _begin_clocks_again(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    start_timer(request, occasion)
    mine = select(Pairing).filter_by(help_request_id=request.id)
    waiting = mine.where(Pairing.state.in_((pairing.State.INVITED, pairing.State.ACCEPTED)))
    for kept in session.scalars(waiting):
        if kept.state == pairing.State.ACCEPTED:
            start_timer(kept, occasion)
        elif kept.answer_by is not None:
            kept.answer_by = max(kept.answer_by, answer_by(kept, occasion))
            kept.remind_at = kept.remind_at and remind_at(kept, occasion)


def _let_emails_go(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    mine = OutgoingEmail.help_request_id == request.id
    kept_back = OutgoingEmail.name.in_(WAIT_WITH_THE_REQUEST)
    waiting = update(OutgoingEmail).where(still_waiting(), mine, kept_back)
    session.execute(waiting.values(not_before=occasion.now))
