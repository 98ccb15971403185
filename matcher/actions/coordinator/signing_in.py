"""Coordinators: letting them in by an emailed link, and ending sessions."""

import secrets

from sqlalchemy.orm import Session

from matcher.actions.linking import use_link
from matcher.actions.occasion import Occasion
from matcher.actions.post.posting import queue_coordinator_sign_in
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator, find_coordinator
from matcher.records.database import writing
from matcher.records.links import Link
from matcher.records.volunteers import Volunteer


def send_sign_in_link(email: str, network: str, occasion: Occasion) -> None:
    """Queue a sign-in link, if the address is a coordinator's; the answer is the same."""
    with writing() as session:
        coordinator = find_coordinator(session, email)
        row_id = None if coordinator is None else coordinator.id
        queue_coordinator_sign_in(session, row_id, email.lower(), network, occasion)


def sign_in_coordinator(link_id: str, occasion: Occasion) -> int:
    """Use a sign-in link and return the coordinator's id.

    Raises LinkUsed where it was used, NotAllowed where the access has ended.
    """
    with writing() as session:
        link = session.get_one(Link, link_id)
        coordinator = _get(session, link.coordinator_id)
        if coordinator.ended_at is not None:
            raise NotAllowed("access has ended")
        use_link(session, link, occasion.now)
        coordinator.signed_in_at = occasion.now
        return coordinator.id


def sign_in_by_address(email: str, occasion: Occasion) -> int:
    """Note that a coordinator proved this address elsewhere and return their id.

    Raises NotFound where nobody with access has it.
    """
    with writing() as session:
        coordinator = find_coordinator(session, email)
        if coordinator is None:
            raise NotFound("no such coordinator")
        coordinator.signed_in_at = occasion.now
        return coordinator.id


def _get(session: Session, coordinator_id: int | None) -> Coordinator:
    found = None if coordinator_id is None else session.get(Coordinator, coordinator_id)
    if found is None:
        raise NotFound("no such coordinator")
    return found


def end_sessions(actor: Actor, row_id: int) -> None:
    """End every session of a coordinator or a volunteer, in whatever browser."""
    with writing() as session:
        if actor == Actor.COORDINATOR:
            session.get_one(Coordinator, row_id).session_key = secrets.token_hex(16)
        else:
            session.get_one(Volunteer, row_id).session_key = secrets.token_hex(16)
