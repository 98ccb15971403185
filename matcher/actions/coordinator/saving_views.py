"""Views of the lists at the desk: saved, changed, deleted, and chosen to begin with."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matcher.actions.coordinator.recording import record
from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.records.coordinators import Coordinator
from matcher.records.database import writing
from matcher.records.programmes import get_programme
from matcher.records.saved_views import Listing, SavedView, is_open_to

#: More than these, and nobody finds theirs.
MOST_VIEWS = 50


class NameTaken(NotAllowed):
    """There is such a view already, among one's own or the shared."""


class TooManyViews(NotAllowed):
    """There is no room for another view."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of which list; what is empty is no limit."""

    listing: Listing
    queue: str = ""
    state: str = ""
    words: str = ""


def save_view(name: str, filters: Filters, *, is_shared: bool, occasion: Occasion) -> int:
    """Save a view and return its id. Raises NameTaken, TooManyViews."""
    with writing() as session:
        mine = func.count(SavedView.id)
        own = select(mine).filter_by(coordinator_id=occasion.actor_id)
        if (session.scalar(own) or 0) >= MOST_VIEWS:
            raise TooManyViews("there is no room for another view")
        _require_free(session, name, filters.listing, 0, occasion)
        kept = SavedView(
            programme_id=get_programme(session).id,
            coordinator_id=occasion.actor_id,
            name=name,
            listing=filters.listing,
            queue=filters.queue,
            state=filters.state,
            words=filters.words,
            is_shared=is_shared,
        )
        session.add(kept)
        session.flush()
        _record(session, "save_view", kept, occasion)
        return kept.id


def change_view(view_id: int, name: str, *, is_shared: bool, occasion: Occasion) -> None:
    """Give a view another name, or share it or not. Raises NotFound, NameTaken."""
    with writing() as session:
        kept = _get(session, view_id, occasion)
        _require_free(session, name, kept.listing, kept.id, occasion)
        kept.name, kept.is_shared = name, is_shared
        _record(session, "change_view", kept, occasion)


def delete_view(view_id: int, occasion: Occasion) -> None:
    """Delete a view; whoever began with it begins with what needs them. Raises NotFound."""
    with writing() as session:
        kept = _get(session, view_id, occasion)
        began = update(Coordinator).where(Coordinator.opening_view_id == view_id)
        session.execute(began.values(opening_view_id=None))
        _record(session, "delete_view", kept, occasion)
        session.delete(kept)


def begin_with(view_id: int | None, occasion: Occasion) -> None:
    """Begin with a view after signing in; None: with what needs them. Raises NotFound."""
    with writing() as session:
        if view_id is not None:
            _get(session, view_id, occasion)
        session.get_one(Coordinator, occasion.actor_id).opening_view_id = view_id


def _get(session: Session, view_id: int, occasion: Occasion) -> SavedView:
    """Return a view that is one's own or everybody's; there is no other. Raises NotFound."""
    mine = select(SavedView).where(SavedView.id == view_id, is_open_to(occasion.actor_id))
    kept = session.scalars(mine).one_or_none()
    if kept is None:
        raise NotFound("no such view")
    return kept


def _require_free(
    session: Session, name: str, listing: Listing, but: int, occasion: Occasion
) -> None:
    same = select(SavedView.id).where(
        func.lower(SavedView.name) == name.lower(),
        SavedView.listing == listing,
        SavedView.id != but,
        is_open_to(occasion.actor_id),
    )
    if session.scalars(same.limit(1)).first() is not None:
        raise NameTaken("there is a view with this name")


def _record(session: Session, event: str, kept: SavedView, occasion: Occasion) -> None:
    record(session, event, SavedView.__tablename__, kept.id, occasion, reason=kept.name)
