"""After a good visit, who was helped joins with one box: what others could learn from them."""

import secrets
from dataclasses import replace

from sqlalchemy.orm import Session

from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.visit.dates import lock_visit
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import Event
from matcher.matching.offers import TravelLimit
from matcher.records.database import again_if_beaten, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.organisations import knows_domain
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer, find_member

#: To begin with; whoever joins this way changes it on their page.
FIRST_MILES = 50
FIRST_ASKS = 2


@again_if_beaten
def join_after_visit(visit_id: int, offer: str, occasion: Occasion) -> int:
    """Make a volunteer of the requester of a visit that helped; return their id.

    The address is proved by the link that only they were sent. Who takes part already stays as
    they are. Raises NotAllowed where no visit has helped.
    """
    with writing() as session:
        begun = lock_visit(session, visit_id)
        if not begun.requester_helped:
            raise NotAllowed("there is no visit that helped")
        request = begun.pairing.help_request
        member = find_member(session, request.requester_email)
        if member is not None:
            return member.id
        added = _add(session, request, offer, occasion)
        known = knows_domain(added.organisation, added.email)
        event = Event.CONFIRM_KNOWN if known else Event.CONFIRM_OTHER
        own = replace(occasion, actor=Actor.VOLUNTEER, actor_id=added.id)
        move(session, added, event, own, changes={"confirmed_at": occasion.now})
        publish_offer(session, added, own)
        return added.id


def _add(session: Session, request: HelpRequest, offer: str, occasion: Occasion) -> Volunteer:
    """Add them at their organisation, starting from where they were visited."""
    copied = (
        *("place_id", "place_label", "latitude", "longitude"),
        *("outcode", "council_gss", "nation"),
    )
    added = Volunteer(
        programme_id=request.programme_id,
        form_key=secrets.token_hex(16),
        session_key=secrets.token_hex(16),
        organisation_id=request.organisation_id,
        name=request.requester_name,
        email=request.requester_email,
        offer=offer,
        travel=Travel(TravelLimit(miles=FIRST_MILES)),
        asks_per_quarter=FIRST_ASKS,
        joined_at=occasion.now,
        **{name: getattr(request, name) for name in copied},
    )
    session.add(added)
    session.flush()
    return added
