"""The one way in which a state changes: table, guarded UPDATE, history row, emails."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from matcher.actions.clock.timers import start_timer
from matcher.actions.occasion import Occasion
from matcher.actions.post.posting import Row, queue_caused
from matcher.lifecycle import (
    advice,
    event,
    hello,
    help_request,
    pairing,
    peer_question,
    visit,
    volunteer,
)
from matcher.lifecycle.refusals import MovedOn
from matcher.lifecycle.tables import Step, Table
from matcher.records.advice import AdviceNote
from matcher.records.database import JsonObject
from matcher.records.events import MeetingEvent
from matcher.records.hellos import Hello
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.pairings import Pairing, Visit
from matcher.records.peer_questions import PeerAnswer, PeerQuestion
from matcher.records.volunteers import Volunteer

Moving = Row

# Each table has its own states and events; which belong together is the table's to say.
TABLES: Mapping[type[Moving], Table[Any, Any]] = {
    HelpRequest: help_request.TABLE,
    Pairing: pairing.TABLE,
    Visit: visit.TABLE,
    Volunteer: volunteer.TABLE,
    AdviceNote: advice.TABLE,
    MeetingEvent: event.TABLE,
    Hello: hello.TABLE,
    PeerQuestion: peer_question.TABLE,
    PeerAnswer: peer_question.ASKS,
}


def move(
    session: Session,
    row: Moving,
    event: StrEnum,
    occasion: Occasion,
    *,
    reason: str = "",
    facts: JsonObject | None = None,
    changes: Mapping[str, object] | None = None,
) -> None:
    """Move ``row`` by ``event``, write the history, start its timer and queue its emails.

    ``changes`` are written by the same UPDATE. Raises IllegalMove where the table forbids it,
    MovedOn where somebody else was first; then nothing is written.
    """
    step = TABLES[type(row)].step(row.state, event, occasion.actor)
    _update_guarded(session, row, step, changes or {})
    start_timer(row, occasion)
    session.add(_happening(row, step, occasion, reason, facts or {}))
    queue_caused(session, row, step.emails, occasion)


def may(row: Moving, event: StrEnum, occasion: Occasion) -> bool:
    """Return whether ``move`` would be allowed by the table, for this actor."""
    return TABLES[type(row)].allows(row.state, event, occasion.actor)


def _update_guarded(
    session: Session, row: Moving, step: Step[Any, Any], changes: Mapping[str, object]
) -> None:
    model = type(row)
    session.flush()
    written = session.execute(
        update(model)
        .where(model.id == row.id, model.state == step.state)
        .values(state=step.to, **changes)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(written, CursorResult) or written.rowcount != 1:
        raise MovedOn(f"{model.__tablename__} {row.id} is no longer {step.state}")
    session.refresh(row)


def _happening(
    row: Moving, step: Step[Any, Any], occasion: Occasion, reason: str, facts: JsonObject
) -> Happening:
    help_request_id, volunteer_id = _belongs_to(row)
    return Happening(
        at=occasion.now,
        subject=row.__tablename__,
        subject_id=row.id,
        help_request_id=help_request_id,
        volunteer_id=volunteer_id,
        event=step.event,
        from_state=step.state,
        to_state=step.to,
        actor=occasion.actor,
        actor_id=occasion.actor_id,
        reason=reason,
        facts=facts,
    )


def _belongs_to(row: Moving) -> tuple[int | None, int | None]:
    """Return the ids of the help request and of the volunteer that a row belongs to."""
    if isinstance(row, HelpRequest):
        return row.id, None
    if isinstance(row, Volunteer):
        return None, row.id
    if isinstance(row, MeetingEvent | Hello):
        return None, row.proposed_by if isinstance(row, MeetingEvent) else row.from_id
    if isinstance(row, PeerQuestion | PeerAnswer):
        return _question_belongs_to(row)
    kept = row.pairing if isinstance(row, Visit) else row  # a note names them as a pairing does
    return kept.help_request_id, kept.volunteer_id


def _question_belongs_to(row: PeerQuestion | PeerAnswer) -> tuple[int | None, int | None]:
    if isinstance(row, PeerQuestion):
        return row.help_request_id, None
    return row.question.help_request_id, row.volunteer_id
