"""Everything that was done and looked at at the desk: by whom, about what, when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle.tables import Actor
from matcher.lifecycle.working_days import LONDON
from matcher.records.coordinators import Coordinator
from matcher.records.help_requests import REFERENCE_OFFSET
from matcher.records.history import Happening
from matcher.records.pages.paging import Page, read_page
from matcher.records.pages.search import has_words
from matcher.records.pages.timelines import HappeningRow, as_row
from matcher.records.volunteers import Volunteer

#: Who types more digits means no row that there can be.
LONGEST_NUMBER = 9
#: So many rows are read at a time for a file.
CHUNK = 500
HEADINGS = ("When", "Who", "Event", "Kind", "Request", "Volunteer", "Reason")
LOOKS = ("details_shown", "data_shown", "details_taken_out", "taken_out")


class AuditKind(StrEnum):
    """What an entry is about."""

    LOOKS = "looks"
    REQUESTS = "requests"
    PAIRINGS = "pairings"
    VISITS = "visits"
    VOLUNTEERS = "volunteers"
    PUBLISHED = "published"
    EMAILS = "emails"
    ACCESS = "access"
    SETTINGS = "settings"


SUBJECTS: Mapping[AuditKind, tuple[str, ...]] = {
    AuditKind.REQUESTS: ("help_request", "peer_question", "peer_answer"),
    AuditKind.PAIRINGS: ("pairing",),
    AuditKind.VISITS: ("visit",),
    AuditKind.VOLUNTEERS: ("volunteer", "volunteer_note", "hello"),
    AuditKind.PUBLISHED: ("advice_note", "meeting_event"),
    AuditKind.EMAILS: ("outgoing_email",),
    AuditKind.ACCESS: ("coordinator",),
    AuditKind.SETTINGS: ("programme_settings", "thesaurus_version", "organisation", "saved_view"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries. ``person_id`` None is everybody; ``about`` a reference or a name."""

    person_id: int | None = None
    about: str = ""
    kind: str = ""
    first_on: date | None = None
    last_on: date | None = None

    @property
    def narrowed(self) -> bool:
        """Whether not everything is wanted."""
        return self != Wanted()


@dataclass(frozen=True, slots=True)
class AuditPerson:
    """Somebody who is or was at the desk."""

    coordinator_id: int
    name: str


def list_audit_people(session: Session) -> tuple[AuditPerson, ...]:
    """Return everybody who is or was at the desk, by name."""
    every = select(Coordinator.id, Coordinator.name).order_by(Coordinator.name, Coordinator.id)
    return tuple(AuditPerson(row.id, row.name) for row in session.execute(every))


def list_audit(session: Session, wanted: Wanted, number: int) -> Page[HappeningRow]:
    """Return a page of entries, the newest first."""
    newest = _select(session, wanted).order_by(Happening.id.desc())
    return read_page(session, newest, number, partial(_rows, session))


def read_audit(session: Session, wanted: Wanted) -> Iterator[tuple[object, ...]]:
    """Yield every entry, the newest first, as cells under ``HEADINGS``."""
    entries, before = _select(session, wanted).order_by(Happening.id.desc()).limit(CHUNK), None
    while True:
        some = entries if before is None else entries.where(Happening.id < before)
        kept = session.scalars(some).all()
        if not kept:
            return
        before = kept[-1].id
        yield from (_cells(row) for row in _rows(session, kept))


def _cells(row: HappeningRow) -> tuple[object, ...]:
    at = row.at.astimezone(LONDON).replace(tzinfo=None).isoformat(" ", "seconds")
    reason = ": ".join(each for each in (row.reason_code, row.reason) if each)
    return (at, row.by, row.event, row.subject, row.reference, row.volunteer, reason)


def _select(session: Session, wanted: Wanted) -> Select[Happening]:
    entries = select(Happening).where(Happening.actor == Actor.COORDINATOR)
    if wanted.person_id is not None:
        entries = entries.where(Happening.actor_id == wanted.person_id)
    if wanted.kind in set(AuditKind):
        entries = entries.where(_of_kind(AuditKind(wanted.kind)))
    if wanted.about:
        entries = entries.where(_is_about(session, wanted.about))
    if wanted.first_on is not None:
        entries = entries.where(Happening.at >= _midnight(wanted.first_on))
    if wanted.last_on is not None:
        entries = entries.where(Happening.at < _midnight(wanted.last_on + timedelta(days=1)))
    return entries


def _of_kind(kind: AuditKind) -> ColumnElement[bool]:
    looked = Happening.event.in_(LOOKS)
    if kind == AuditKind.LOOKS:
        return looked
    return Happening.subject.in_(SUBJECTS[kind]) & ~looked


def _is_about(session: Session, about: str) -> ColumnElement[bool]:
    number = about.upper().removeprefix("H-")
    if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER:
        return Happening.help_request_id == int(number) - REFERENCE_OFFSET
    named = select(Volunteer.id).where(has_words(session, Volunteer, about))
    staff = select(Coordinator.id).where(Coordinator.name.icontains(about, autoescape=True))
    of_staff = (Happening.subject == Coordinator.__tablename__) & Happening.subject_id.in_(staff)
    return or_(Happening.volunteer_id.in_(named), of_staff)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _rows(session: Session, kept: Sequence[Happening]) -> tuple[HappeningRow, ...]:
    staff_ids = {each.actor_id for each in kept} | {
        each.subject_id for each in kept if each.subject == Coordinator.__tablename__
    }
    colleagues = select(Coordinator.id, Coordinator.name).where(Coordinator.id.in_(staff_ids))
    staff = {row.id: row.name for row in session.execute(colleagues)}
    volunteer_ids = {each.volunteer_id for each in kept}
    people = select(Volunteer.id, Volunteer.display_name, Volunteer.name)
    found = session.execute(people.where(Volunteer.id.in_(volunteer_ids)))
    names = {row.id: row.display_name or row.name for row in found}
    return tuple(_row(each, staff, names) for each in kept)


def _row(happening: Happening, staff: Mapping[int, str], names: Mapping[int, str]) -> HappeningRow:
    by = staff.get(happening.actor_id or 0, "")
    if happening.subject == Coordinator.__tablename__:
        return as_row(happening, by, staff.get(happening.subject_id, ""))
    return as_row(happening, by, names.get(happening.volunteer_id or 0, ""))
