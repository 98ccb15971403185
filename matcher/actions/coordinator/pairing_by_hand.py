"""What a coordinator does against the matcher or the clock, with a written reason."""

from sqlalchemy import select

from matcher.actions.filling import lock_request
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.proposing import PROPOSES
from matcher.actions.volunteer.volunteering import get_volunteer
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.refusals import NotAllowed
from matcher.records.database import again_if_beaten, writing
from matcher.records.pairings import Pairing


@again_if_beaten
def pair_by_hand(request_id: int, volunteer_id: int, reason: str, occasion: Occasion) -> int:
    """Propose a volunteer for a request by hand and return the pairing's id.

    What the volunteer said no to stays a no, and their own cap counts when they are asked. Raises
    NotAllowed where the two were paired before, are of one organisation, or cannot be asked.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        volunteer = get_volunteer(session, volunteer_id)
        known = select(Pairing).filter_by(help_request_id=request_id, volunteer_id=volunteer_id)
        if session.scalars(known).first() is not None:
            raise NotAllowed("they were paired before: see the request's page")
        if request.state not in PROPOSES or volunteer.state != standing.State.ACTIVE:
            raise NotAllowed("the request, or the volunteer, is not open to it")
        if volunteer.organisation.counts_as == request.organisation.counts_as:
            raise NotAllowed("both are of the same organisation")
        made = Pairing(
            help_request_id=request_id,
            volunteer_id=volunteer_id,
            state=pairing.State.PROPOSED,
            rank=0,
            score=0.0,
            snapshot={"by_hand": {"reason": reason, "coordinator_id": occasion.actor_id}},
            proposed_at=occasion.now,
        )
        session.add(made)
        session.flush()
        return made.id


def reopen_request(request_id: int, reason: str, occasion: Occasion) -> None:
    """Open an ended request again, to be looked at. Raises IllegalMove where it has not ended."""
    with writing() as session:
        request = lock_request(session, request_id)
        changes = {
            "ended_at": None,
            "end_reason": "",
            "proposed_at": None,
            "next_at": occasion.now,
            "held_until": None,
            "merged_into_id": None,
        }
        reopen = help_request.Event.REOPEN
        move(session, request, reopen, occasion, reason=reason, changes=changes)
