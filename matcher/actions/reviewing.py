"""What a coordinator can do: approve and dismiss proposals, vet volunteers, close a request."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.filling import invite_next, lock_pairing, lock_request, stand_down
from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.offering import publish_offer
from matcher.actions.volunteering import get_volunteer
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import CloseReason, DismissReason
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.organisations import OrganisationDomain, knows_domain
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer


def approve(request_id: int, pairing_ids: Iterable[int], occasion: Occasion) -> int:
    """Approve proposals and start asking; return how many invitations were queued now.

    Proposals approved meanwhile by somebody else are left as they are.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        for kept in _list_pairings(session, request, pairing_ids):
            if may(kept, pairing.Event.APPROVE, occasion):
                move(session, kept, pairing.Event.APPROVE, occasion)
        if may(request, help_request.Event.START_ASKING, occasion):
            changes = {"next_at": occasion.now}
            move(session, request, help_request.Event.START_ASKING, occasion, changes=changes)
        return invite_next(session, request, occasion)


def _list_pairings(
    session: Session, request: HelpRequest, pairing_ids: Iterable[int]
) -> Sequence[Pairing]:
    chosen = Pairing.id.in_(list(pairing_ids))
    mine = select(Pairing).filter_by(help_request_id=request.id).where(chosen)
    return session.scalars(mine.order_by(Pairing.rank)).all()


def dismiss(pairing_id: int, reason: DismissReason, note: str, occasion: Occasion) -> None:
    """Set a proposal aside, with the reason; it can be taken back."""
    with writing() as session:
        kept = lock_pairing(session, pairing_id)
        changes = {"answer_reason": reason.value, "answer_note": note}
        facts = {"reason": reason.value}
        move(
            session,
            kept,
            pairing.Event.DISMISS,
            occasion,
            reason=note,
            facts=facts,
            changes=changes,
        )


def reconsider(pairing_id: int, occasion: Occasion) -> None:
    """Take back a dismissal, or an approval that was not yet sent."""
    with writing() as session:
        kept = lock_pairing(session, pairing_id)
        changes = {"answer_reason": "", "answer_note": ""}
        move(session, kept, pairing.Event.RECONSIDER, occasion, changes=changes)


def propose_again(request_id: int, occasion: Occasion) -> None:
    """Have the matcher look for further volunteers at its next round."""
    with writing() as session:
        request = lock_request(session, request_id)
        request.proposed_at, request.next_at = None, occasion.now


def close_request(request_id: int, reason: CloseReason, note: str, occasion: Occasion) -> None:
    """End a request, with the reason; whoever was asked is told, and so is the requester."""
    with writing() as session:
        request = lock_request(session, request_id)
        changes = {"ended_at": occasion.now, "next_at": None, "end_reason": reason.value}
        facts = {"reason": reason.value}
        move(
            session,
            request,
            help_request.Event.CLOSE,
            occasion,
            reason=note,
            facts=facts,
            changes=changes,
        )
        stand_down(session, request, occasion)


def approve_volunteer(volunteer_id: int, *, trust_domain: bool, occasion: Occasion) -> None:
    """Let a volunteer be proposed; ``trust_domain`` makes their address's domain a known one."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        move(session, volunteer, standing.Event.APPROVE, occasion)
        volunteer.organisation.vetted = True
        if trust_domain and not knows_domain(volunteer.organisation, volunteer.email):
            domain = volunteer.email.rpartition("@")[2]
            volunteer.organisation.domains.append(OrganisationDomain(domain=domain))
        publish_offer(session, volunteer, occasion)


def show_volunteer_details(volunteer_id: int, occasion: Occasion) -> tuple[str, str]:
    """Return a volunteer's name and address, and log that they were looked at."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        _log_look(session, volunteer, occasion)
        return volunteer.name, volunteer.email


def show_requester_details(request_id: int, occasion: Occasion) -> tuple[str, str]:
    """Return a requester's name and address, and log that they were looked at."""
    with writing() as session:
        request = lock_request(session, request_id)
        _log_look(session, request, occasion)
        return request.requester_name, request.requester_email


def _log_look(session: Session, row: Volunteer | HelpRequest, occasion: Occasion) -> None:
    of_request = isinstance(row, HelpRequest)
    session.add(
        Happening(
            at=occasion.now,
            subject=row.__tablename__,
            subject_id=row.id,
            help_request_id=row.id if of_request else None,
            volunteer_id=None if of_request else row.id,
            event="details_shown",
            from_state=row.state,
            to_state=row.state,
            actor=occasion.actor,
            actor_id=occasion.actor_id,
        )
    )
