"""Advice: writing a note, agreeing to one, checking it, and saying that something is wrong."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from slugify import slugify
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.posting import queue_caused
from matcher.lifecycle import pairing
from matcher.lifecycle.advice import Event, State
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.advice import AdviceNote, AdviceReport, answered_by, find_note
from matcher.records.database import again_if_beaten, writing
from matcher.records.pairings import Pairing
from matcher.records.programmes import get_programme

SLUG_LENGTH = 70
HOLDS_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the volunteer, or the requester of a help request; and of which visit, if any."""

    side: Actor
    volunteer_id: int | None = None
    help_request_id: int | None = None
    pairing_id: int | None = None
    peer_answer_id: int | None = None


class Owned(Protocol):
    """A link or a note: it names the people it belongs to."""

    volunteer_id: int | None
    help_request_id: int | None
    pairing_id: int | None


def author_of(owned: Owned) -> Author:
    """Return the author whom a link names: a volunteer where it has one, else the requester."""
    if owned.volunteer_id is not None:
        return Author(Actor.VOLUNTEER, owned.volunteer_id, None, owned.pairing_id)
    return Author(Actor.REQUESTER, None, owned.help_request_id, owned.pairing_id)


def own_link(author: Author, occasion: Occasion) -> str:
    """Return the id of the link to an author's own notes, made where there is none."""
    with writing() as session:
        return Desk(session, occasion).advice(
            volunteer_id=author.volunteer_id,
            help_request_id=author.help_request_id,
            pairing_id=author.pairing_id,
        )


@dataclass(frozen=True, slots=True)
class SentNote:
    """What the form says. ``shown_as`` empty means that no name is shown."""

    title: str
    needed: str
    helped: str
    again: str = ""
    topics: tuple[str, ...] = ()
    shown_as: str = ""


@again_if_beaten
def write_note(author: Author, given: SentNote, form_key: str, occasion: Occasion) -> int:
    """Keep a note and return its id; sent twice, one is kept.

    A note about a visit goes to the other side first, any other to the coordinators.
    """
    with writing() as session:
        kept = session.scalars(select(AdviceNote).filter_by(form_key=form_key)).first()
        if kept is not None:
            return kept.id
        other_side = _other_side_agrees(session, author)
        note = AdviceNote(
            programme_id=get_programme(session).id,
            form_key=form_key,
            state=State.WITH_OTHER_SIDE if other_side else State.WITH_COORDINATOR,
            written_by=author.side,
            volunteer_id=author.volunteer_id,
            help_request_id=author.help_request_id,
            pairing_id=author.pairing_id if other_side else None,
            peer_answer_id=author.peer_answer_id,
            slug=_free_slug(session, given.title),
            written_at=occasion.now,
            changed_at=occasion.now,
            **_words(given),
        )
        session.add(note)
        session.flush()
        if other_side:
            queue_caused(session, note, ("advice_agree",), occasion)
        return note.id


def _words(given: SentNote) -> dict[str, object]:
    return {
        "title": given.title,
        "needed": given.needed,
        "helped": given.helped,
        "again": given.again,
        "topics": list(given.topics),
        "shown_as": given.shown_as,
    }


def _other_side_agrees(session: Session, author: Author) -> bool:
    """Return whether another side is to be asked: that of a visit, or who gave an answer."""
    if author.pairing_id is None:
        return author.peer_answer_id is not None
    return session.get_one(Pairing, author.pairing_id).state in pairing.DETAILS_SHOWN


def _free_slug(session: Session, title: str) -> str:
    wanted = slugify(title, max_length=SLUG_LENGTH, word_boundary=True) or "advice"
    taken = set(session.scalars(select(AdviceNote.slug).where(AdviceNote.slug.startswith(wanted))))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wanted, *numbered) if each not in taken)


def amend_note(note_id: int, author: Author, given: SentNote, occasion: Occasion) -> None:
    """Write a note anew: it is agreed to and looked at again before it is public."""
    with writing() as session:
        note = _own(session, note_id, author)
        alone = note.pairing_id is None and note.peer_answer_id is None
        changes = _words(given) | {"changed_at": occasion.now, "published_at": None}
        event = Event.AMEND_ALONE if alone else Event.AMEND
        move(session, note, event, occasion, changes=changes | {"next_at": None})


def take_down_own(note_id: int, author: Author, occasion: Occasion) -> None:
    """Take the author's own note down. Raises NotFound where it is somebody else's."""
    with writing() as session:
        _take_down(session, _own(session, note_id, author), "", occasion)


def say_it_holds(note_id: int, author: Author, occasion: Occasion) -> None:
    """Say that an old note is still right; in a year its author is asked again."""
    with writing() as session:
        note = _own(session, note_id, author)
        ends = occasion.now + HOLDS_FOR
        move(
            session,
            note,
            Event.STILL_HOLDS,
            occasion,
            changes={"held_at": occasion.now, "next_at": ends},
        )


def _own(session: Session, note_id: int, author: Author) -> AdviceNote:
    note = _locked(session, note_id)
    mine = (note.written_by, note.volunteer_id, note.help_request_id)
    if mine != (author.side, author.volunteer_id, author.help_request_id):
        raise NotFound("no such note")
    return note


def answer_other_side(note_id: int, reader: Author, why_not: str, occasion: Occasion) -> None:
    """Agree to the other side's note about a visit or an answer, or object with a reason.

    Raises NotFound where it is not about the reader's visit or answer, or is the reader's own.
    """
    with writing() as session:
        note = _locked(session, note_id)
        of_visit = note.pairing_id is not None and note.pairing_id == reader.pairing_id
        of_answer = reader.volunteer_id is not None and reader.volunteer_id == answered_by(
            session, note
        )
        if not (of_visit or of_answer) or note.written_by == reader.side:
            raise NotFound("no such note")
        event = Event.OBJECT if why_not else Event.AGREE
        move(session, note, event, occasion, reason=why_not, changes={"changed_at": occasion.now})


def publish_note(note_id: int, occasion: Occasion) -> None:
    """Let a note be read by everybody."""
    with writing() as session:
        note = _locked(session, note_id)
        changes = {
            "published_at": note.published_at or occasion.now,
            "changed_at": occasion.now,
            "next_at": occasion.now + HOLDS_FOR,
        }
        move(session, note, Event.PUBLISH, occasion, changes=changes)


def refuse_note(note_id: int, reason: str, occasion: Occasion) -> None:
    """Do not publish a note; its author is told why and may write it anew."""
    with writing() as session:
        note = _locked(session, note_id)
        changes = {"changed_at": occasion.now}
        move(session, note, Event.REFUSE, occasion, reason=reason, changes=changes)


def take_down_note(note_id: int, reason: str, occasion: Occasion) -> None:
    """Take a note down for the programme, and settle what was reported of it."""
    with writing() as session:
        _take_down(session, _locked(session, note_id), reason, occasion)
        _settle(session, note_id, occasion)


def _take_down(session: Session, note: AdviceNote, reason: str, occasion: Occasion) -> None:
    changes = {"changed_at": occasion.now, "next_at": None}
    move(session, note, Event.TAKE_DOWN, occasion, reason=reason, changes=changes)


def report_note(slug: str, why: str, occasion: Occasion) -> None:
    """Keep what somebody says is wrong with a public note; a coordinator looks at it."""
    with writing() as session:
        note = find_note(session, slug)
        if note is None or note.state != State.PUBLISHED:
            raise NotFound("no such note")
        session.add(AdviceReport(advice_note_id=note.id, why=why, reported_at=occasion.now))


def keep_note(note_id: int, occasion: Occasion) -> None:
    """Leave a reported note as it is."""
    with writing() as session:
        _settle(session, note_id, occasion)


def _settle(session: Session, note_id: int, occasion: Occasion) -> None:
    session.execute(
        update(AdviceReport)
        .filter_by(advice_note_id=note_id, settled_at=None)
        .values(settled_at=occasion.now)
    )


def count_answered(slug: str) -> None:
    """Count a request that ended here because the note answered it. Raises NotFound."""
    with writing() as session:
        note = find_note(session, slug)
        if note is None or note.state != State.PUBLISHED:
            raise NotFound("no such note")
        more = update(AdviceNote).filter_by(id=note.id).values(answered=AdviceNote.answered + 1)
        session.execute(more.execution_options(synchronize_session=False))


def _locked(session: Session, note_id: int) -> AdviceNote:
    note = session.get(AdviceNote, note_id, with_for_update=True, populate_existing=True)
    if note is None:
        raise NotFound("no such note")
    return note


def ask_whether_it_holds(session: Session, note_id: int, occasion: Occasion) -> None:
    """Ask the author of an old note whether it still holds. Raises NotAllowed if it is not due."""
    note = _locked(session, note_id)
    if note.next_at is None or note.next_at > occasion.now:
        raise NotAllowed("not due")
    move(
        session,
        note,
        Event.ASK_AGAIN,
        occasion,
        changes={"next_at": occasion.now + HOLDS_FOR},
    )


def due_notes(occasion: Occasion) -> Select[int]:
    """Select the published notes whose authors are to be asked again."""
    public = select(AdviceNote.id).filter_by(state=State.PUBLISHED)
    return public.where(AdviceNote.next_at <= occasion.now)
