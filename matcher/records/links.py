"""Links sent by email: for what and whom each is good, and until when.

A row holds no secret: the signature that makes it an address is computed from the key.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from matcher.mail.links import Purpose
from matcher.records.database import Base, UtcDateTime
from matcher.records.person import Person


class Link(Base):
    """One address in an email, good for one purpose and one person."""

    __tablename__ = "link"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(16))
    purpose: Mapped[str] = mapped_column(String(32))
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinator.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: What the person wants to be written to at, where that is what the link proves.
    new_address: Mapped[str | None] = mapped_column(String(254))


def links_of(person: Person) -> ColumnElement[bool]:
    """Return the condition for a person's own links: not those of others about the same things."""
    asked = and_(
        Link.help_request_id.in_(person.requests),
        or_(Link.volunteer_id.is_(None), Link.purpose == Purpose.CONFIRM_PERSON),
    )
    offered = and_(Link.volunteer_id.in_(person.volunteers), Link.purpose != Purpose.CONFIRM_PERSON)
    return or_(asked, offered, Link.coordinator_id.in_(person.coordinators))
