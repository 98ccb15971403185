"""Events at which people of the programme may meet, and who says that they will be there."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, String, Text, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.lifecycle.event import State
from matcher.records.database import Base, UtcDateTime, state_type


class MeetingEvent(Base):
    """A meet-up, camp or conference. ``feed_uid`` names it in the calendar file it came from.

    ``proposed_by`` is a volunteer, or None where a coordinator or a calendar file brought it.
    """

    __tablename__ = "meeting_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    form_key: Mapped[str] = mapped_column(String(32), unique=True)
    feed_uid: Mapped[str | None] = mapped_column(String(255), unique=True)
    state: Mapped[State] = mapped_column(state_type(State), index=True)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(150))
    description: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    place_id: Mapped[str] = mapped_column(String(40))
    place_label: Mapped[str] = mapped_column(String(200))
    latitude: Mapped[float]
    longitude: Mapped[float]
    outcode: Mapped[str] = mapped_column(String(4))
    nation: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Going(Base):
    """One person who will be at an event: a volunteer, or the requester of a help request.

    Who wished it (``remind``) is reminded once.
    """

    __tablename__ = "going"
    __table_args__ = (
        UniqueConstraint("meeting_event_id", "volunteer_id"),
        UniqueConstraint("meeting_event_id", "help_request_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_event_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_event.id", ondelete="CASCADE"), index=True
    )
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    remind: Mapped[bool] = mapped_column(default=False, server_default=false())
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def find_event(session: Session, slug: str) -> MeetingEvent | None:
    """Return the event at a public address, whatever its state."""
    return session.scalars(select(MeetingEvent).filter_by(slug=slug)).one_or_none()


def upcoming(today: date) -> Select[MeetingEvent]:
    """Select the published events that are not over, the nearest first."""
    published = select(MeetingEvent).filter_by(state=State.PUBLISHED)
    return published.where(MeetingEvent.last_on >= today).order_by(
        MeetingEvent.first_on, MeetingEvent.id
    )


def events_of_request(
    session: Session, help_request_id: int, today: date
) -> Sequence[MeetingEvent]:
    """Return the coming events at which a requester will be."""
    mine = select(Going.meeting_event_id).filter_by(help_request_id=help_request_id)
    return session.scalars(upcoming(today).where(MeetingEvent.id.in_(mine))).all()


def volunteers_going(session: Session, meeting_event_id: int) -> list[int]:
    """Return the ids of the volunteers who will be at an event."""
    there = select(Going.volunteer_id).filter_by(meeting_event_id=meeting_event_id)
    return [each for each in session.scalars(there) if each is not None]


def requests_going(session: Session, meeting_event_id: int) -> list[int]:
    """Return the ids of the help requests whose requesters will be at an event."""
    there = select(Going.help_request_id).filter_by(meeting_event_id=meeting_event_id)
    return [each for each in session.scalars(there) if each is not None]
