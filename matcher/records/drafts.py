"""Half-filled forms, keyed by the session cookie, gone after a day."""

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime


class Draft(Base):
    """What was typed so far, by field. Its key becomes the form's idempotency key."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    form: Mapped[str] = mapped_column(String(32))
    values: Mapped[JsonObject] = mapped_column(JsonColumn)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def find_draft(session: Session, key: str, form: str, now: datetime) -> Draft | None:
    """Return the draft with this key, if it is for this form and not over."""
    draft = session.get(Draft, key)
    return draft if draft and draft.form == form and draft.expires_at > now else None


def find_typed(session: Session, key: str, form: str, now: datetime) -> JsonObject | None:
    """Return what that draft holds, for reading alone."""
    query = select(Draft.values).where(Draft.key == key, Draft.form == form, Draft.expires_at > now)
    return session.execute(query).scalar_one_or_none()
