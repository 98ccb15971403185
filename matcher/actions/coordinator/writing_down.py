"""What somebody told a coordinator by phone or in passing, written down for them."""

from datetime import date

from sqlalchemy.orm import Session

from matcher.actions.coordinator.recording import record
from matcher.actions.filling import lock_pairing
from matcher.actions.occasion import Occasion
from matcher.actions.post import telling
from matcher.actions.post.outgoing import queue
from matcher.actions.requester.asking import confirm, turn_down
from matcher.actions.volunteer.answering import Yes, release_or_decline, take_yes
from matcher.lifecycle.choices import DeclineReason
from matcher.lifecycle.pairing import Told, may_be_told
from matcher.lifecycle.refusals import NotAllowed
from matcher.mail.emails_visit import written_down
from matcher.records.coordinators import Coordinator
from matcher.records.database import writing
from matcher.records.pairings import Pairing

#: In the history: what moved beside it was told to whoever wrote it down.
WRITTEN_DOWN = "written_down"


def write_down(
    pairing_id: int, told: Told, how: str, occasion: Occasion, *, on: date | None = None
) -> None:
    """Do what a volunteer or the requester said they want, and tell them by email that it is done.

    ``how`` says how it was told, and ``on`` the offered date of a yes. Raises NotAllowed where it
    is not possible (any more).
    """
    with writing() as session:
        kept = lock_pairing(session, pairing_id)
        if told not in may_be_told(kept.state):
            raise NotAllowed("this cannot be said any more")
        _do(session, kept, told, on, occasion)
        _record(session, kept, how, occasion)
        _tell(session, kept, told, occasion)


def _do(session: Session, kept: Pairing, told: Told, on: date | None, occasion: Occasion) -> None:
    match told:
        case Told.VOLUNTEER_YES:
            take_yes(session, kept.id, Yes(on), occasion)
        case Told.VOLUNTEER_NO:
            release_or_decline(session, kept.id, DeclineReason.OTHER, "", occasion)
        case Told.REQUESTER_YES:
            confirm(session, kept, occasion)
        case Told.REQUESTER_NO:
            turn_down(session, kept, "", occasion)


def _record(session: Session, kept: Pairing, how: str, occasion: Occasion) -> None:
    record(
        session,
        WRITTEN_DOWN,
        Pairing.__tablename__,
        kept.id,
        occasion,
        help_request_id=kept.help_request_id,
        volunteer_id=kept.volunteer_id,
        reason=how,
    )


def _tell(session: Session, kept: Pairing, told: Told, occasion: Occasion) -> None:
    by = "" if occasion.actor_id is None else session.get_one(Coordinator, occasion.actor_id).name
    email = written_down(telling.about(kept.help_request), told=told, by=by)
    asked = told in {Told.VOLUNTEER_YES, Told.VOLUNTEER_NO}
    to_requester = telling.to_requester(kept.help_request, kept)
    to = telling.to_volunteer(kept.volunteer, kept) if asked else to_requester
    queue(session, email, to, occasion)
