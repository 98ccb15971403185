"""Lists at the coordinators' desk: requests and people, by queue, state and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request
from matcher.lifecycle import volunteer as standing
from matcher.records.help_requests import REFERENCE_OFFSET, HelpRequest, Hold
from matcher.records.pages.paging import Page, read_page
from matcher.records.pages.queues import OF_REQUESTS, Queue, since, waits_in
from matcher.records.pages.search import has_words
from matcher.records.volunteers import Volunteer

LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A help request in a list."""

    request_id: int
    reference: str
    heading: str
    organisation: str
    place_label: str
    state: help_request.State
    dates: tuple[date, ...]
    sent_at: datetime
    hold: Hold | None


@dataclass(frozen=True, slots=True)
class VolunteerRow:
    """A volunteer in a list, by the name that others may see."""

    volunteer_id: int
    shown_as: str
    organisation: str
    job_title: str
    place_label: str
    state: standing.State


def list_requests(
    session: Session,
    now: datetime,
    *,
    queue: str = "",
    state: str = "",
    words: str = "",
    number: int = 1,
) -> Page[RequestRow]:
    """Return a page of help requests, narrowed by queue, state and words; others are no limit.

    The newest come first; those of a queue by how long they have waited.
    """
    wanted = select(HelpRequest)
    if queue in OF_REQUESTS:
        waiting = Queue(queue)
        wanted = wanted.where(waits_in(waiting, now)).order_by(since(waiting), HelpRequest.id)
    if state in set(help_request.State):
        wanted = wanted.where(HelpRequest.state == state)
    if words:
        wanted = wanted.where(_request_has(session, words))
    return read_page(session, wanted.order_by(HelpRequest.id.desc()), number, _request_rows)


def _request_has(session: Session, words: str) -> ColumnElement[bool]:
    number = words.upper().removeprefix("H-")
    if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER:
        return HelpRequest.id == int(number) - REFERENCE_OFFSET
    return has_words(session, HelpRequest, words)


def _request_rows(kept: Sequence[HelpRequest]) -> tuple[RequestRow, ...]:
    return tuple(
        RequestRow(
            request_id=request.id,
            reference=request.reference,
            heading=request.heading,
            organisation=request.organisation.name,
            place_label=request.place_label,
            state=request.state,
            dates=request.dates,
            sent_at=request.sent_at,
            hold=request.hold,
        )
        for request in kept
    )


def list_volunteers(
    session: Session, *, state: str = "", words: str = "", number: int = 1
) -> Page[VolunteerRow]:
    """Return a page of volunteers, newest first, narrowed by state and words."""
    wanted = select(Volunteer)
    if state in set(standing.State):
        wanted = wanted.where(Volunteer.state == state)
    if words:
        wanted = wanted.where(has_words(session, Volunteer, words))
    return read_page(session, wanted.order_by(Volunteer.id.desc()), number, _volunteer_rows)


def _volunteer_rows(kept: Sequence[Volunteer]) -> tuple[VolunteerRow, ...]:
    return tuple(
        VolunteerRow(
            volunteer_id=volunteer.id,
            shown_as=volunteer.shown_as,
            organisation=volunteer.organisation.name,
            job_title=volunteer.job_title,
            place_label=volunteer.place_label,
            state=volunteer.state,
        )
        for volunteer in kept
    )
