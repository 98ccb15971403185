"""Requests that are one: which was merged into which, and whether that can still be undone."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request
from matcher.records.help_requests import REFERENCE_OFFSET, HelpRequest
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.pages.views import same_named

LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Merged:
    """The other request of the two; ``organisation`` is the name of the one that asks."""

    request_id: int
    reference: str
    heading: str
    state: help_request.State
    need: str
    place_label: str
    dates: tuple[date, ...]
    dates_note: str
    sent_at: datetime
    organisation: str


def find_merged_into(session: Session, request_id: int) -> Merged | None:
    """Return the request into which one was merged."""
    into = select(HelpRequest.merged_into_id).where(HelpRequest.id == request_id)
    kept = session.get(HelpRequest, session.scalar(into) or 0)
    return None if kept is None else _view(kept)


def list_merged_in(session: Session, request_id: int) -> tuple[Merged, ...]:
    """Return the requests that were merged into one, oldest first."""
    mine = select(HelpRequest).filter_by(merged_into_id=request_id).order_by(HelpRequest.id)
    return tuple(_view(each) for each in session.scalars(mine))


def find_by_reference(session: Session, typed: str) -> Merged | None:
    """Return the request with a reference, as people type it: H-1003, h-1003 or 1003."""
    number = typed.strip().upper().removeprefix("H-")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    kept = session.get(HelpRequest, int(number) - REFERENCE_OFFSET)
    return None if kept is None else _view(kept)


def undo_until(session: Session, request_id: int, now: datetime) -> datetime | None:
    """Return until when a merge can be undone: as long as the email about it has not gone."""
    merged = select(HelpRequest.id).where(HelpRequest.merged_into_id.is_not(None))
    told = select(OutgoingEmail.not_before).where(
        OutgoingEmail.help_request_id == request_id,
        OutgoingEmail.name == "closed",
        OutgoingEmail.not_before > now,
        OutgoingEmail.attempts == 0,
        still_waiting(),
        OutgoingEmail.help_request_id.in_(merged),
    )
    return session.scalar(told.limit(1))


def _view(request: HelpRequest) -> Merged:
    values = {"request_id": request.id, "organisation": request.organisation.name}
    return Merged(**same_named(Merged, request) | values)
