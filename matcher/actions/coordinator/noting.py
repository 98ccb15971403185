"""Private notes of coordinators about a volunteer."""

from sqlalchemy.orm import Session

from matcher.actions.coordinator.recording import record
from matcher.actions.occasion import Occasion
from matcher.actions.volunteer.volunteering import get_volunteer
from matcher.records.database import writing
from matcher.records.volunteers import VolunteerNote


def add_note(volunteer_id: int, words: str, occasion: Occasion) -> None:
    """Keep a note about a volunteer. Raises NotFound."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        session.add(
            VolunteerNote(
                volunteer_id=volunteer.id,
                coordinator_id=occasion.actor_id,
                words=words,
                made_at=occasion.now,
            )
        )
        _record(session, "add_note", volunteer.id, occasion)


def remove_note(volunteer_id: int, note_id: int, occasion: Occasion) -> None:
    """Take a note away; one that is gone already stays gone."""
    with writing() as session:
        note = session.get(VolunteerNote, note_id)
        if note is not None and note.volunteer_id == volunteer_id:
            session.delete(note)
            _record(session, "remove_note", volunteer_id, occasion)


def _record(session: Session, event: str, volunteer_id: int, occasion: Occasion) -> None:
    table = VolunteerNote.__tablename__
    record(session, event, table, volunteer_id, occasion, volunteer_id=volunteer_id)
