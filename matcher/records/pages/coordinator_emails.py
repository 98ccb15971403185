"""Emails as coordinators see them: for whom, about what, and what became of each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from matcher.mail.catalogue import CATALOGUE, Reader
from matcher.records.help_requests import REFERENCE_OFFSET
from matcher.records.outbox import OutgoingEmail, given_up, still_waiting
from matcher.records.pages.paging import Page, read_page
from matcher.records.volunteers import Volunteer

#: The lengths are bounded, so that no text takes long.
ADDRESS = re.compile(r"[^\s<>\"(),;:@]{1,64}@[^\s<>\"(),;:]{1,255}")
LONGEST_ANSWER = 300


class Fate(StrEnum):
    """What became of an email."""

    WAITING = "waiting"
    REFUSED = "refused"
    SKIPPED = "skipped"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class EmailRow:
    """One email; never its address. ``volunteer`` is the shown name where it is about one.

    ``why`` is what the mail server last said, or why the email was not sent.
    """

    email_id: int
    name: str
    reader: Reader
    volunteer_id: int | None
    volunteer: str
    request_id: int | None
    reference: str
    fate: Fate
    at: datetime
    attempts: int
    why: str


def list_emails(session: Session, *, fate: str = "", number: int = 1) -> Page[EmailRow]:
    """Return a page of emails, newest first, of one fate or of all."""
    wanted = select(OutgoingEmail)
    if fate in set(Fate):
        wanted = wanted.where(_came_to(Fate(fate)))
    newest = wanted.order_by(OutgoingEmail.id.desc())
    return read_page(session, newest, number, partial(_rows, session))


def _came_to(fate: Fate) -> ColumnElement[bool]:
    return {
        Fate.WAITING: still_waiting(),
        Fate.REFUSED: given_up(),
        Fate.SKIPPED: OutgoingEmail.skipped_at.is_not(None),
        Fate.SENT: and_(OutgoingEmail.sent_at.is_not(None), OutgoingEmail.skipped_at.is_(None)),
    }[fate]


def list_emails_about(session: Session, request_id: int) -> tuple[EmailRow, ...]:
    """Return all emails about one help request, oldest first."""
    about = select(OutgoingEmail).filter_by(help_request_id=request_id)
    return _rows(session, session.scalars(about.order_by(OutgoingEmail.id)).all())


def _rows(session: Session, emails: Sequence[OutgoingEmail]) -> tuple[EmailRow, ...]:
    names = _shown_names(session, (email.volunteer_id for email in emails))
    return tuple(_row(email, names) for email in emails)


def _shown_names(session: Session, volunteer_ids: Iterable[int | None]) -> Mapping[int, str]:
    ids = {each for each in volunteer_ids if each is not None}
    columns = select(Volunteer.id, Volunteer.display_name, Volunteer.name)
    found = session.execute(columns.where(Volunteer.id.in_(ids)))
    return {row.id: row.display_name or row.name for row in found}


def _row(email: OutgoingEmail, names: Mapping[int, str]) -> EmailRow:
    fate, at, why = _fate(email)
    request_id, volunteer_id = email.help_request_id, email.volunteer_id
    return EmailRow(
        email_id=email.id,
        name=email.name,
        reader=_reader(email),
        volunteer_id=volunteer_id,
        volunteer="" if volunteer_id is None else names.get(volunteer_id, ""),
        request_id=request_id,
        reference="" if request_id is None else f"H-{request_id + REFERENCE_OFFSET}",
        fate=fate,
        at=at,
        attempts=email.attempts,
        why=why,
    )


def _fate(email: OutgoingEmail) -> tuple[Fate, datetime, str]:
    """Return what became of an email, when (or when it may go at the earliest), and why."""
    if email.skipped_at is not None:
        return Fate.SKIPPED, email.skipped_at, email.skipped_because
    if email.sent_at is not None:
        return Fate.SENT, email.sent_at, ""
    if email.failed_at is not None:
        return Fate.REFUSED, email.failed_at, without_addresses(email.last_error)
    return Fate.WAITING, email.not_before, without_addresses(email.last_error)


def without_addresses(answer: str) -> str:
    """Return what a mail server said, with "…@…" for each address: servers like to repeat them."""
    return ADDRESS.sub("…@…", answer)[:LONGEST_ANSWER]


def _reader(email: OutgoingEmail) -> Reader:
    reader = CATALOGUE[email.name].reader
    if reader == Reader.BOTH_SIDES:
        return Reader.REQUESTER if email.volunteer_id is None else Reader.VOLUNTEER
    return reader
