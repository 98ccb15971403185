"""Emails that came to the service: bounces, out-of-office notes, and what people wrote.

None of them changes anything by what somebody typed; a bounce counts only where it names an email
that we sent.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.mail.received import ReceivedKind
from matcher.records.database import Base, UtcDateTime, state_type


class ReceivedEmail(Base):
    """One email that was read. ``digest`` is of the whole of it, so that it is read once.

    ``text`` is kept of what people wrote, not of what programs did.
    """

    __tablename__ = "received_email"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[ReceivedKind] = mapped_column(state_type(ReceivedKind))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_address: Mapped[str] = mapped_column(String(254), default="", index=True)
    subject: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    outgoing_email_id: Mapped[int | None] = mapped_column(
        ForeignKey("outgoing_email.id"), index=True
    )
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)


def was_read(session: Session, digest: str) -> bool:
    """Return whether an email of this digest was read before."""
    same = select(ReceivedEmail.id).filter_by(digest=digest)
    return session.scalars(same).first() is not None
