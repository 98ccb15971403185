"""Views of the lists at the desk that coordinators saved: known filters, under a name."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.records.coordinators import Coordinator
from matcher.records.database import Base, state_type

LONGEST_NAME = 60


class Listing(StrEnum):
    """The lists of which views are saved."""

    REQUESTS = "requests"
    VOLUNTEERS = "volunteers"


class SavedView(Base):
    """One view. Empty filters are no limit; one that is shared is every coordinator's."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinator.id"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    listing: Mapped[Listing] = mapped_column(state_type(Listing))
    queue: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[str] = mapped_column(String(100), default="")
    is_shared: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A saved view as pages show it. ``opens``: whoever reads it begins with it."""

    view_id: int
    name: str
    listing: Listing
    queue: str
    state: str
    words: str
    is_shared: bool
    own: bool
    opens: bool


def list_views(
    session: Session, coordinator_id: int, listing: Listing | None = None
) -> tuple[ViewRow, ...]:
    """Return the views that a coordinator may open, by name; of one list, if one is named."""
    may_open = select(SavedView).where(is_open_to(coordinator_id))
    if listing is not None:
        may_open = may_open.where(SavedView.listing == listing)
    kept = session.scalars(may_open.order_by(SavedView.name, SavedView.id)).all()
    return tuple(_row(session, each, coordinator_id) for each in kept)


def find_view(session: Session, view_id: int | None, coordinator_id: int) -> ViewRow | None:
    """Return a view that a coordinator may open."""
    mine = select(SavedView).where(SavedView.id == view_id, is_open_to(coordinator_id))
    kept = session.scalars(mine).one_or_none()
    return None if kept is None else _row(session, kept, coordinator_id)


def find_opening_view(session: Session, coordinator_id: int) -> ViewRow | None:
    """Return the view with which a coordinator begins."""
    return find_view(session, _opening_id(session, coordinator_id), coordinator_id)


def is_open_to(coordinator_id: int | None) -> ColumnElement[bool]:
    """Return the condition for the views that a coordinator may open."""
    return or_(SavedView.coordinator_id == coordinator_id, SavedView.is_shared)


def _opening_id(session: Session, coordinator_id: int) -> int | None:
    return session.get_one(Coordinator, coordinator_id).opening_view_id


def _row(session: Session, kept: SavedView, coordinator_id: int) -> ViewRow:
    return ViewRow(
        view_id=kept.id,
        name=kept.name,
        listing=kept.listing,
        queue=kept.queue,
        state=kept.state,
        words=kept.words,
        is_shared=kept.is_shared,
        own=kept.coordinator_id == coordinator_id,
        opens=kept.id == _opening_id(session, coordinator_id),
    )
