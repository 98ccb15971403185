"""The list of erasures: whoever was erased stays so when an older backup is restored.

A row holds no address, only its keyed hash; without the key of that name nobody can try addresses.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.lifecycle.tables import Actor
from matcher.records.database import Base, UtcDateTime, state_type


class Erasure(Base):
    """One erasure. ``actor`` is who asked for it; for a coordinator ``actor_id`` says which."""

    __tablename__ = "erasure"
    __table_args__ = (UniqueConstraint("digest", "erased_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[Actor] = mapped_column(state_type(Actor))
    actor_id: Mapped[int | None]


@dataclass(frozen=True, slots=True, order=True)
class ErasedAddress:
    """One line of the list as it is kept outside the database."""

    erased_at: datetime
    key_id: str
    digest: str

    def as_line(self) -> str:
        """Return the line."""
        return f"{self.erased_at.isoformat()} {self.key_id} {self.digest}"

    @classmethod
    def from_line(cls, line: str) -> "ErasedAddress":
        """Read a line. Raises ValueError where it is none."""
        moment, key_id, digest = line.split()
        erased_at = datetime.fromisoformat(moment)
        if erased_at.tzinfo is None or len(digest) != sha256().digest_size * 2:
            raise ValueError(f"not a line of the list of erasures: {line!r}")
        return cls(erased_at, key_id, digest)


def digest_of(address: str, key: bytes) -> str:
    """Return an address's keyed hash."""
    return hmac.new(key, b"erased " + address.strip().lower().encode(), sha256).hexdigest()


def list_erasures(session: Session) -> list[ErasedAddress]:
    """Return the list, oldest first."""
    rows = session.scalars(select(Erasure).order_by(Erasure.erased_at, Erasure.id))
    return [ErasedAddress(row.erased_at, row.key_id, row.digest) for row in rows]
