"""What pages show of notes of advice: to everybody, to their authors, to coordinators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle.advice import State
from matcher.lifecycle.tables import Actor
from matcher.records.advice import AdviceNote, AdviceReport, find_note
from matcher.records.pages.paging import Page, read_page
from matcher.records.pages.views import same_named
from matcher.records.peer_questions import PeerAnswer

NEWEST = 30


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as everybody may see it: never who its author is, but for the name they chose."""

    id: int
    slug: str
    title: str
    needed: str
    helped: str
    again: str
    topics: tuple[str, ...]
    shown_as: str
    answered: int
    state: State
    written_by: Actor
    written_at: datetime
    changed_at: datetime
    published_at: datetime | None
    held_at: datetime | None
    pairing_id: int | None


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """What somebody wrote, and what the other side of their visit wrote and waits for them."""

    mine: tuple[NoteView, ...]
    to_agree: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says is wrong with a note."""

    note: NoteView
    why: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Moderation:
    """What coordinators look at: notes to read before they are public, and reported ones."""

    to_read: tuple[NoteView, ...]
    reports: tuple[Report, ...]


def note_view(note: AdviceNote) -> NoteView:
    """Return a row as a view."""
    return NoteView(**same_named(NoteView, note) | {"topics": tuple(note.topics)})


def read_published(session: Session, slug: str) -> NoteView | None:
    """Return a note that everybody may read, or None."""
    note = find_note(session, slug)
    return note_view(note) if note is not None and note.state == State.PUBLISHED else None


def list_published(session: Session, number: int) -> Page[NoteView]:
    """Return a page of the published notes, newest first."""
    return read_page(session, _newest(), number, _views)


def read_newest(session: Session) -> tuple[NoteView, ...]:
    """Return the newest published notes, for feeds."""
    return _views(session.scalars(_newest().limit(NEWEST)).all())


def read_by_ids(session: Session, note_ids: Sequence[int]) -> tuple[NoteView, ...]:
    """Return published notes in the order of their ids as given."""
    wanted = select(AdviceNote).where(AdviceNote.id.in_(note_ids))
    known = {note.id: note for note in session.scalars(wanted.filter_by(state=State.PUBLISHED))}
    return _views([known[each] for each in note_ids if each in known])


def _newest() -> Select[AdviceNote]:
    published = select(AdviceNote).filter_by(state=State.PUBLISHED)
    return published.order_by(AdviceNote.published_at.desc(), AdviceNote.id.desc())


def _views(notes: Sequence[AdviceNote]) -> tuple[NoteView, ...]:
    return tuple(note_view(note) for note in notes)


def read_own_notes(
    session: Session,
    side: Actor,
    volunteer_id: int | None,
    help_request_id: int | None,
    pairing_id: int | None,
) -> OwnNotes:
    """Return the notes of an author, and those about their visit or answers that wait for them."""
    by_me = select(AdviceNote).filter_by(
        written_by=side, volunteer_id=volunteer_id, help_request_id=help_request_id
    )
    mine = session.scalars(by_me.order_by(AdviceNote.id.desc())).all()
    answers = select(PeerAnswer.id).filter_by(volunteer_id=volunteer_id)
    of_visit = and_(AdviceNote.pairing_id == pairing_id, AdviceNote.pairing_id.is_not(None))
    about_me = or_(of_visit, AdviceNote.peer_answer_id.in_(answers))
    waiting = select(AdviceNote).filter_by(state=State.WITH_OTHER_SIDE).where(about_me)
    theirs = session.scalars(waiting.where(AdviceNote.written_by != side)).all()
    return OwnNotes(_views(mine), _views(theirs))


def read_moderation(session: Session) -> Moderation:
    """Return what coordinators are to look at, oldest first."""
    waiting = select(AdviceNote).filter_by(state=State.WITH_COORDINATOR)
    open_reports = (
        select(AdviceReport, AdviceNote)
        .join(AdviceNote, AdviceReport.advice_note_id == AdviceNote.id)
        .where(AdviceReport.settled_at.is_(None))
        .order_by(AdviceReport.id)
    )
    rows = session.execute(open_reports).all()
    return Moderation(
        _views(session.scalars(waiting.order_by(AdviceNote.changed_at)).all()),
        tuple(Report(note_view(note), kept.why, kept.reported_at) for kept, note in rows),
    )


def count_waiting(session: Session) -> int:
    """Return how many notes and reports wait for a coordinator."""
    notes = select(func.count(AdviceNote.id)).filter_by(state=State.WITH_COORDINATOR)
    reports = select(func.count(AdviceReport.id)).filter_by(settled_at=None)
    return (session.scalar(notes) or 0) + (session.scalar(reports) or 0)


def read_note(session: Session, note_id: int) -> NoteView | None:
    """Return a note for coordinators, whatever its state."""
    note = session.get(AdviceNote, note_id)
    return None if note is None else note_view(note)


def published_words(session: Session) -> list[tuple[int, str, tuple[str, ...], tuple[str, ...]]]:
    """Return id, title, topics and paragraphs of every published note, for the index."""
    kept = session.scalars(select(AdviceNote).filter_by(state=State.PUBLISHED))
    return [
        (note.id, note.title, tuple(note.topics), (note.needed, note.helped, note.again))
        for note in kept
    ]


def published_version(session: Session) -> tuple[int, datetime | None]:
    """Return what changes whenever a published note does: their number and the last change."""
    counted = func.count(AdviceNote.id).filter(AdviceNote.state == State.PUBLISHED)
    row = session.execute(select(counted, func.max(AdviceNote.changed_at))).one()
    return int(row[0]), row[1]
