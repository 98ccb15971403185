"""Merging a request that is there twice into the one that goes on, and undoing it in time."""

from datetime import timedelta

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from matcher.actions.coordinator.recording import record_of_request
from matcher.actions.filling import lock_request, stand_down
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.keeping import propose_stood_down
from matcher.lifecycle import help_request
from matcher.lifecycle.choices import CloseReason, TaskKind
from matcher.lifecycle.refusals import NotAllowed
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.pages.merging import undo_until
from matcher.records.peer_questions import find_question
from matcher.records.tasks import Task

#: Where nobody was asked, the requester is told so much later: until then it can be undone.
UNDO = timedelta(minutes=10)
TAKEN_BACK = "taken_back"


def merge_request(request_id: int, into_id: int, note: str, occasion: Occasion) -> None:
    """End a request that asks for the same as another, which goes on; everybody asked is told.

    Raises NotAllowed where somebody has said yes to it, or the other does not go on.
    """
    with writing() as session:
        both = {each: lock_request(session, each) for each in sorted({request_id, into_id})}
        request, into = both[request_id], both[into_id]
        if request is into or into.state not in help_request.OPEN:
            raise NotAllowed("the other request does not go on")
        if request.filled:
            raise NotAllowed("somebody has said yes to this one")
        silent = _nobody_was_told(session, request)
        _close(session, request, into, note, occasion)
        stand_down(session, request, occasion)
        what = _and_note(request.reference, note)
        record_of_request(session, "merge_in", into_id, occasion, reason=what)
        _end_tasks(session, request, into, occasion)
        if silent:
            _tell_later(session, request, occasion)


def undo_merge(request_id: int, occasion: Occasion) -> None:
    """Let a merged request go on as it was. Raises NotAllowed once its requester was told."""
    with writing() as session:
        request = lock_request(session, request_id)
        into_id = request.merged_into_id
        if into_id is None or undo_until(session, request_id, occasion.now) is None:
            raise NotAllowed("its requester has been told")
        taken_back = {"skipped_at": occasion.now, "skipped_because": TAKEN_BACK}
        session.execute(_letter(request).values(taken_back))
        propose_stood_down(session, request, occasion)
        changes = {
            "ended_at": None,
            "end_reason": "",
            "merged_into_id": None,
            "next_at": occasion.now,
        }
        move(session, request, help_request.Event.REOPEN, occasion, changes=changes)
        what = request.reference
        record_of_request(session, "undo_merge_in", into_id, occasion, reason=what)


def _nobody_was_told(session: Session, request: HelpRequest) -> bool:
    """Return whether nothing but receipts has been sent about a request."""
    untouched = request.state == help_request.State.IN_REVIEW and request.wave == 0
    return untouched and find_question(session, request.id) is None


def _close(
    session: Session, request: HelpRequest, into: HelpRequest, note: str, occasion: Occasion
) -> None:
    changes = {
        "ended_at": occasion.now,
        "next_at": None,
        "end_reason": CloseReason.DUPLICATE.value,
        "merged_into_id": into.id,
    }
    move(
        session,
        request,
        help_request.Event.CLOSE,
        occasion,
        reason=_and_note(into.reference, note),
        facts={"reason": CloseReason.DUPLICATE.value, "into": into.reference},
        changes=changes,
    )


def _and_note(reference: str, note: str) -> str:
    return f"{reference}. {note}" if note else reference


def _end_tasks(
    session: Session, request: HelpRequest, into: HelpRequest, occasion: Occasion
) -> None:
    """End what a coordinator was to do about the likeness of the two."""
    alike = select(Task).filter_by(kind=TaskKind.POSSIBLE_DUPLICATE, done_at=None)
    of_both = alike.where(Task.help_request_id.in_((request.id, into.id)))
    for task in session.scalars(of_both):
        if task.help_request_id == request.id or task.words == request.reference:
            task.done_at, task.done_by = occasion.now, occasion.actor_id


def _tell_later(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    session.flush()
    session.execute(_letter(request).values(not_before=occasion.now + UNDO))


def _letter(request: HelpRequest) -> Update:
    """Return the change of the email with which its requester is told."""
    mine = OutgoingEmail.help_request_id == request.id
    return update(OutgoingEmail).where(mine, OutgoingEmail.name == "closed", still_waiting())
