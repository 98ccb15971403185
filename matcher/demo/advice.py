"""Notes of advice for the demo: published, waiting for a coordinator, and one that was reported."""

from collections.abc import Iterable

from sqlalchemy import select

from matcher.actions.network.advising import (
    Author,
    SentNote,
    count_answered,
    publish_note,
    report_note,
    write_note,
)
from matcher.demo.filler import Filler, Row
from matcher.lifecycle.tables import Actor
from matcher.records.advice import AdviceNote
from matcher.records.database import db
from matcher.records.volunteers import Volunteer


def add_advice(filler: Filler, rows: Iterable[Row]) -> None:
    """Write every note as its volunteer would, and bring it to its state."""
    for number, row in enumerate(rows):
        _add(filler, row, f"demo{number:028x}")


def _add(filler: Filler, row: Row, form_key: str) -> None:
    author = db.session.scalars(select(Volunteer.id).filter_by(email=row["by"])).one()
    sent = SentNote(
        title=row["title"],
        needed=row["needed"].strip(),
        helped=row["helped"].strip(),
        again=row.get("again", ""),
        topics=tuple(row["topics"]),
        shown_as=row.get("shown_as", ""),
    )
    acting = filler.acting(Actor.VOLUNTEER, author)
    note_id = write_note(Author(Actor.VOLUNTEER, author), sent, form_key, acting)
    if row.get("state") == "with_coordinator":
        return
    publish_note(note_id, filler.acting(Actor.COORDINATOR, 1))
    slug = db.session.get_one(AdviceNote, note_id).slug
    for _ in range(row.get("answered", 0)):
        count_answered(slug)
    if "reported" in row:
        report_note(slug, row["reported"], filler.acting(Actor.REQUESTER))
