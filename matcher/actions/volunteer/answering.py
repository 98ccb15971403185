"""What a volunteer can answer to an invitation: yes, no, somebody else, or no longer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_phone_task
from matcher.actions.filling import (
    free_place,
    invite_next,
    lock_pairing,
    stands_apart,
    take_place,
)
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.post.enclosed import more_time
from matcher.actions.visit.visiting import call_off_visit
from matcher.actions.volunteer.resting import hear_from
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import DeclineReason, TaskKind
from matcher.lifecycle.refusals import NotAllowed
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing


class Outcome(StrEnum):
    """What became of a yes."""

    ACCEPTED = "accepted"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Yes:
    """A volunteer's yes: the offered date they can come, if dates were offered, and their name.

    ``interest`` is a conflict of interest that they declare.
    """

    chosen_on: date | None = None
    name: str = ""
    note: str = ""
    interest: str = ""


def accept(pairing_id: int, answer: Yes, occasion: Occasion) -> Outcome:
    """Say yes. Takes a place if one is free, else waits in reserve; pressed twice, the same.

    Raises IllegalMove where a yes was refused or taken back, NotAllowed where the request has
    ended.
    """
    with writing() as session:
        return take_yes(session, pairing_id, answer, occasion)


def take_yes(session: Session, pairing_id: int, answer: Yes, occasion: Occasion) -> Outcome:
    """Turn an ask into a yes within the caller's transaction."""
    kept = lock_pairing(session, pairing_id)
    if kept.state in pairing.HOLDS_PLACE:
        return Outcome.ACCEPTED
    changes: dict[str, object] = {
        "answered_at": occasion.now,
        "chosen_on": _offered(kept.help_request, answer.chosen_on),
        "accepted_as": answer.name or kept.volunteer.name,
        "answer_note": answer.note,
        "interest": answer.interest,
        "remind_at": None,
        "next_at": None,
    }
    return _take_or_wait(session, kept, changes, occasion)


def _take_or_wait(
    session: Session, kept: Pairing, changes: dict[str, object], occasion: Occasion
) -> Outcome:
    pairing.TABLE.step(kept.state, pairing.Event.ACCEPT, occasion.actor)
    if kept.help_request.state in help_request.ENDED:
        raise NotAllowed("the request has ended")
    if kept.volunteer.state not in standing.MEMBERS:
        raise NotAllowed("the volunteer has left")
    hear_from(session, kept.volunteer, occasion)
    if stands_apart(session, kept) and take_place(session, kept.help_request, occasion):
        move(session, kept, pairing.Event.ACCEPT, occasion, changes=changes)
        return Outcome.ACCEPTED
    if kept.state != pairing.State.RESERVE:
        move(session, kept, pairing.Event.JOIN_RESERVE, occasion, changes=changes)
    return Outcome.RESERVE


def _offered(request: HelpRequest, chosen: date | None) -> date | None:
    if chosen is not None and chosen not in request.dates:
        raise NotAllowed("that date was not offered")
    return chosen


def ask_manager(pairing_id: int, occasion: Occasion) -> None:
    """Give the volunteer more time, once, and words to forward; pressed twice, nothing more.

    Raises NotAllowed where the wanted date leaves no more time, IllegalMove where the ask is over.
    """
    with writing() as session:
        kept = lock_pairing(session, pairing_id)
        if kept.extended_at is not None:
            return
        due, remind = more_time(kept, occasion)
        if kept.answer_by is None or due <= kept.answer_by:
            raise NotAllowed("the wanted date leaves no more time")
        hear_from(session, kept.volunteer, occasion)
        changes = {"extended_at": occasion.now, "answer_by": due, "remind_at": remind}
        facts = {"answer_by": due.isoformat()}
        move(session, kept, pairing.Event.EXTEND, occasion, facts=facts, changes=changes)


def decline(pairing_id: int, reason: DeclineReason, note: str, occasion: Occasion) -> None:
    """Say no, or no longer: the next volunteer is asked at once. Pressed twice, nothing more."""
    with writing() as session:
        release_or_decline(session, pairing_id, reason, note, occasion)


def release_or_decline(
    session: Session, pairing_id: int, reason: DeclineReason, note: str, occasion: Occasion
) -> None:
    """Turn an ask into a no, or a yes into a release, within the caller's transaction."""
    kept = lock_pairing(session, pairing_id)
    if kept.state in pairing.REFUSED:
        return
    changes = {
        "answered_at": occasion.now,
        "answer_reason": reason.value,
        "answer_note": note,
        "remind_at": None,
        "next_at": None,
    }
    facts = {"reason": reason.value}
    hear_from(session, kept.volunteer, occasion)
    if kept.state in pairing.HOLDS_PLACE:
        add_phone_task(session, kept, TaskKind.PHONE_REQUESTER, occasion)
        call_off_visit(session, kept, occasion)
        move(session, kept, pairing.Event.RELEASE, occasion, facts=facts, changes=changes)
        free_place(session, kept.help_request, occasion)
    else:
        move(session, kept, pairing.Event.DECLINE, occasion, facts=facts, changes=changes)
        invite_next(session, kept.help_request, occasion)
