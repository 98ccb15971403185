"""Tokens with which other programs read: only their digests are kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.lifecycle.scopes import Scope
from matcher.records.coordinators import Coordinator
from matcher.records.database import Base, JsonColumn, UtcDateTime


class ApiToken(Base):
    """One token: who made it, what for, what it may read. ``digest`` is its SHA-256.

    A token holds 256 random bits, so that its digest needs no salt and no delay.
    """

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinator.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JsonColumn)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its page lists it."""

    token_id: int
    name: str
    scopes: tuple[Scope, ...]
    by: str
    made_at: datetime
    used_at: datetime | None
    ended_at: datetime | None


def digest_of_token(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def find_token(session: Session, token: str) -> ApiToken | None:
    """Return the token's row, unless it was ended or whoever made it may no longer sign in."""
    return session.scalars(
        select(ApiToken)
        .join(Coordinator, ApiToken.coordinator_id == Coordinator.id)
        .where(ApiToken.digest == digest_of_token(token))
        .where(ApiToken.ended_at.is_(None), Coordinator.ended_at.is_(None))
    ).one_or_none()


def list_tokens(session: Session) -> tuple[TokenRow, ...]:
    """Return every token, those that work first, the newest first."""
    every = (
        select(ApiToken, Coordinator.name)
        .join(Coordinator, ApiToken.coordinator_id == Coordinator.id)
        .order_by(ApiToken.ended_at.is_not(None), ApiToken.id.desc())
    )
    return tuple(_row(token, by) for token, by in session.execute(every))


def _row(token: ApiToken, by: str) -> TokenRow:
    return TokenRow(
        token_id=token.id,
        name=token.name,
        scopes=tuple(Scope(each) for each in token.scopes),
        by=by,
        made_at=token.made_at,
        used_at=token.used_at,
        ended_at=token.ended_at,
    )
