"""Who has access to the desk: inviting, changing a role, ending it at once. Each is logged."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.allowing import require_role
from matcher.actions.linking import revoke_links
from matcher.actions.occasion import Occasion
from matcher.actions.post.posting import queue_coordinator_invited
from matcher.lifecycle.access import AccessEvent, Role, Sight
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.mail.links import Purpose
from matcher.records.coordinators import Coordinator, find_coordinator, has_administrator
from matcher.records.database import writing
from matcher.records.history import Happening
from matcher.records.programmes import get_programme, lock_programme

LINKS = (Purpose.COORDINATOR_INVITED, Purpose.SIGN_IN_COORDINATOR, Purpose.DESK_CALENDAR)
ENDED = "ended"


def add_coordinator(
    email: str,
    name: str,
    occasion: Occasion,
    role: Role | None = None,
    sight: Sight | None = None,
) -> int:
    """Add somebody to the desk, or give back their access, and queue an invitation to sign in.

    Without a role they keep theirs; who is new coordinates, or administers where nobody else does.
    Without ``sight`` their areas stay as they are. Raises NotAllowed where a coordinator does it
    who does not administer.
    """
    with writing() as session:
        require_role(session, Role.ADMINISTRATOR, occasion)
        programme_id = get_programme(session).id
        known = select(Coordinator).filter_by(programme_id=programme_id, email=email.lower())
        coordinator = session.scalars(known).one_or_none() or Coordinator(
            programme_id=programme_id, email=email.lower(), invited_at=occasion.now
        )
        before = _standing(coordinator)
        coordinator.role = role or _usual_role(session, coordinator)
        coordinator.name, coordinator.ended_at = name, None
        _end_sessions(session, coordinator, occasion)
        queue_coordinator_invited(session, coordinator, occasion)
        _log(session, coordinator, AccessEvent.INVITE, before, occasion)
        _limit(session, coordinator, sight, occasion)
        return coordinator.id


def _usual_role(session: Session, coordinator: Coordinator) -> Role:
    if not has_administrator(session):
        return Role.ADMINISTRATOR
    return Role(coordinator.role or Role.COORDINATOR)


def change_role(
    coordinator_id: int, role: Role, occasion: Occasion, sight: Sight | None = None
) -> None:
    """Give somebody another role, and other areas where told, from their next press on.

    Raises NotFound, and NotAllowed where nobody would administer any more.
    """
    with writing() as session:
        coordinator = _get_with_access(session, coordinator_id, occasion)
        before = _standing(coordinator)
        if role != Role.ADMINISTRATOR:
            _keep_an_administrator(session, coordinator)
        if before != role:
            coordinator.role = role
            _log(session, coordinator, AccessEvent.CHANGE_ROLE, before, occasion)
        _limit(session, coordinator, sight, occasion)


def _limit(
    session: Session, coordinator: Coordinator, sight: Sight | None, occasion: Occasion
) -> None:
    """Keep what somebody sees; who administers sees everything. Raises NotAllowed otherwise."""
    administers = coordinator.role == Role.ADMINISTRATOR
    if administers and sight is not None and sight.councils is not None:
        raise NotAllowed("An administrator sees every area.")
    wanted = Sight() if administers else sight
    if wanted is None or wanted.councils == coordinator.areas:
        return
    everything = wanted.councils is None
    coordinator.councils = None if wanted.councils is None else list(wanted.councils)
    event = AccessEvent.UNLIMIT if everything else AccessEvent.LIMIT
    _log(session, coordinator, event, _standing(coordinator), occasion, reason=wanted.words)


def end_access(coordinator_id: int, occasion: Occasion) -> None:
    """End somebody's access at once: sessions, invitations and sign-in links with it.

    Raises NotFound, and NotAllowed where nobody would administer any more.
    """
    with writing() as session:
        coordinator = _get_with_access(session, coordinator_id, occasion)
        _keep_an_administrator(session, coordinator)
        _end(session, coordinator, occasion)


def end_coordinator(email: str, occasion: Occasion) -> None:
    """End access by address, as the operator does: the last administrator's, too. Raises NotFound.

    The operator can always add another.
    """
    with writing() as session:
        coordinator = find_coordinator(session, email)
        if coordinator is None:
            raise NotFound("no such coordinator")
        _end(session, coordinator, occasion)


def _get_with_access(session: Session, coordinator_id: int, occasion: Occasion) -> Coordinator:
    """Return somebody with access, while nobody else changes who has it. Raises NotFound."""
    lock_programme(session, get_programme(session).id)
    require_role(session, Role.ADMINISTRATOR, occasion)
    found = session.get(Coordinator, coordinator_id)
    if found is None or found.ended_at is not None:
        raise NotFound("no such coordinator")
    return found


def _keep_an_administrator(session: Session, coordinator: Coordinator) -> None:
    if coordinator.role == Role.ADMINISTRATOR and not has_administrator(session, coordinator.id):
        raise NotAllowed("Nobody else administers. Make somebody else an administrator first.")


def _end(session: Session, coordinator: Coordinator, occasion: Occasion) -> None:
    before = _standing(coordinator)
    coordinator.ended_at = occasion.now
    _end_sessions(session, coordinator, occasion)
    _log(session, coordinator, AccessEvent.END, before, occasion)


def _end_sessions(session: Session, coordinator: Coordinator, occasion: Occasion) -> None:
    coordinator.session_key = secrets.token_hex(16)
    session.add(coordinator)
    session.flush()
    for purpose in LINKS:
        revoke_links(session, occasion.now, purpose, coordinator_id=coordinator.id)


def _standing(coordinator: Coordinator) -> str:
    """Return what the history calls how somebody stands; empty before they are anybody."""
    return ENDED if coordinator.ended_at else coordinator.role or ""


def _log(
    session: Session,
    coordinator: Coordinator,
    event: AccessEvent,
    before: str,
    occasion: Occasion,
    *,
    reason: str = "",
) -> None:
    happening = Happening(
        at=occasion.now,
        subject=Coordinator.__tablename__,
        subject_id=coordinator.id,
        event=event,
        from_state=before,
        to_state=_standing(coordinator),
        actor=occasion.actor,
        actor_id=occasion.actor_id,
        reason=reason,
    )
    session.add(happening)
