"""Coordinators: who may sign in to the dashboard."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.lifecycle.access import Role
from matcher.records.database import Base, UtcDateTime


class Coordinator(Base):
    """Someone at the desk, in a ``role``. A new ``session_key`` ends every signed-in session.

    They begin with the saved view ``opening_view_id`` after signing in, if they chose one.
    ``digest_on`` is the last day on which they were told by email what needs them. ``councils``
    are the GSS codes of the areas whose requests they see; None is everything.
    """

    __tablename__ = "coordinator"
    __table_args__ = (UniqueConstraint("programme_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(32), default=Role.COORDINATOR)
    session_key: Mapped[str] = mapped_column(String(32))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest_on: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opening_view_id: Mapped[int | None]
    councils: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))

    @property
    def areas(self) -> tuple[str, ...] | None:
        """The councils of their areas; None is everything."""
        return None if self.councils is None else tuple(self.councils)


def find_coordinator(session: Session, email: str) -> Coordinator | None:
    """Return the coordinator with this address whose access has not ended."""
    return session.scalars(
        select(Coordinator).where(
            Coordinator.email == email.strip().lower(), Coordinator.ended_at.is_(None)
        )
    ).one_or_none()


def asks_for_themself(session: Session, coordinator_id: int, requester_email: str) -> bool:
    """Return whether a request came from the address of the coordinator who looks at it."""
    address = select(Coordinator.email).filter_by(id=coordinator_id)
    return (session.scalar(address) or "").casefold() == requester_email.casefold()


def read_coordinator_name(session: Session, coordinator_id: int) -> str:
    """Return the name of a coordinator. Raises NoResultFound."""
    return session.get_one(Coordinator, coordinator_id).name


def has_administrator(session: Session, besides: int = 0) -> bool:
    """Return whether anybody with access is an administrator, besides one id."""
    standing = select(Coordinator.id).where(
        Coordinator.role == Role.ADMINISTRATOR,
        Coordinator.ended_at.is_(None),
        Coordinator.id != besides,
    )
    return bool(session.scalar(select(exists(standing))))
