"""What a coordinator can do: approve and dismiss proposals, vet volunteers, close a request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.allowing import require_another
from matcher.actions.filling import (
    has_approved,
    invite_next,
    list_approved,
    lock_pairing,
    lock_request,
    stand_down,
)
from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.proposals.proposing import PROPOSES
from matcher.actions.volunteer.volunteering import get_volunteer
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import CloseReason, DismissReason
from matcher.lifecycle.refusals import NotAllowed
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.organisations import OrganisationDomain, knows_domain
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

#: An approval can be taken back for so long: nothing is sent before.
TAKE_BACK = timedelta(minutes=10)
#: In these, whoever is approved is asked.
ASKS = help_request.TAKES_ANSWERS | {help_request.State.IN_REVIEW}


def approve(request_id: int, pairing_ids: Iterable[int], occasion: Occasion) -> int:
    """Approve proposals and start asking; return how many invitations were queued now.

    What somebody else has approved or set aside meanwhile is left as it is; where nothing remains
    to approve, asking does not start.
    Raises NotAllowed where the request asks nobody now, and for a coordinator's own.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        _require_asking(session, request, occasion)
        proposed = _list_proposed(session, request, pairing_ids)
        for kept in proposed:
            move(session, kept, pairing.Event.APPROVE, occasion)
        if proposed:
            _start_asking(session, request, occasion)
        return invite_next(session, request, occasion)


def approve_soon(request_id: int, pairing_ids: Iterable[int], occasion: Occasion) -> datetime:
    """Approve proposals and have the clock ask them a little later; return when.

    Until then nothing is sent, and ``take_back`` undoes it. What somebody else has approved or set
    aside meanwhile is left as it is.
    Raises NotAllowed where the request asks nobody now, and for a coordinator's own.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        _require_asking(session, request, occasion)
        proposed = _list_proposed(session, request, pairing_ids)
        for kept in proposed:
            move(session, kept, pairing.Event.APPROVE, occasion)
        if proposed:
            request.next_at = occasion.now + TAKE_BACK
        return occasion.now + TAKE_BACK


def _require_asking(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    """Raise NotAllowed where the request asks nobody now, and for a coordinator's own."""
    if request.hold or request.state not in ASKS:
        raise NotAllowed("nobody is asked for this request now")
    require_another(session, request, occasion)


def take_back(request_id: int, occasion: Occasion) -> int:
    """Make proposals again of all who were approved and not asked yet; return how many.

    Raises NotAllowed where there is none: they were asked, or taken back before.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        approved = list_approved(session, request)
        if not approved:
            raise NotAllowed("nobody waits to be asked")
        for kept in approved:
            move(session, kept, pairing.Event.RECONSIDER, occasion)
        return len(approved)


def ask_approved(request_id: int, occasion: Occasion) -> int:
    """Ask those who were approved, now; return how many invitations were queued."""
    with writing() as session:
        request = lock_request(session, request_id)
        _require_asking(session, request, occasion)
        return begin_asking(session, request, occasion)


def begin_asking(session: Session, request: HelpRequest, occasion: Occasion) -> int:
    """Start asking where somebody is approved and asking has not begun, and ask the next."""
    if has_approved(session, request):
        _start_asking(session, request, occasion)
    return invite_next(session, request, occasion)


def _start_asking(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    if may(request, help_request.Event.START_ASKING, occasion):
        changes = {"next_at": occasion.now}
        move(session, request, help_request.Event.START_ASKING, occasion, changes=changes)


def say_nobody(request_id: int, occasion: Occasion) -> None:
    """Tell the requester that nobody is in reach, with what would help, where none is proposed.

    Raises NotAllowed where there is somebody to ask, and where it is held.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        if request.hold:
            raise NotAllowed("the request is held")
        open_pairings = select(Pairing.id).filter_by(help_request_id=request.id)
        in_line = Pairing.state.in_(pairing.OPEN)
        if session.scalars(open_pairings.where(in_line).limit(1)).first() is not None:
            raise NotAllowed("there is somebody to ask")
        request.proposed_at = request.proposed_at or occasion.now
        _start_asking(session, request, occasion)
        invite_next(session, request, occasion)


def _list_proposed(
    session: Session, request: HelpRequest, pairing_ids: Iterable[int]
) -> Sequence[Pairing]:
    proposed = select(Pairing).filter_by(help_request_id=request.id, state=pairing.State.PROPOSED)
    chosen = proposed.where(Pairing.id.in_(list(pairing_ids)))
    return session.scalars(chosen.order_by(Pairing.rank)).all()


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
    """Have the matcher look for further volunteers at its next round.

    Raises NotAllowed where the request is full or has ended.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        if request.state not in PROPOSES:
            raise NotAllowed("no further volunteers are looked for")
        request.proposed_at = None
        if not has_approved(session, request):
            request.next_at = occasion.now


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


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How to reach somebody; ``on_the_day`` is for the day of a visit."""

    name: str
    email: str
    on_the_day: str = ""


def show_volunteer_details(volunteer_id: int, occasion: Occasion) -> ContactDetails:
    """Return a volunteer's name and address, and log that they were looked at."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        log_look(session, volunteer, occasion)
        return ContactDetails(volunteer.name, volunteer.email)


def show_requester_details(request_id: int, occasion: Occasion) -> ContactDetails:
    """Return a requester's name and address, and log that they were looked at."""
    with writing() as session:
        request = lock_request(session, request_id)
        log_look(session, request, occasion)
        name, email = request.requester_name, request.requester_email
        return ContactDetails(name, email, request.contact_on_day)


def log_look(
    session: Session,
    row: Volunteer | HelpRequest,
    occasion: Occasion,
    event: str = "details_shown",
) -> None:
    """Log that a coordinator looked at somebody's details."""
    of_request = isinstance(row, HelpRequest)
    session.add(
        Happening(
            at=occasion.now,
            subject=row.__tablename__,
            subject_id=row.id,
            help_request_id=row.id if of_request else None,
            volunteer_id=None if of_request else row.id,
            event=event,
            from_state=row.state,
            to_state=row.state,
            actor=occasion.actor,
            actor_id=occasion.actor_id,
        )
    )
