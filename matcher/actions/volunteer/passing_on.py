"""Passing an invitation on: a colleague is named, proves the address, gets an ask of their own."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.filling import invite_next, lock_pairing
from matcher.actions.handed_in import Colleague
from matcher.actions.linking import use_link
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.post.outgoing import in_vain
from matcher.actions.post.posting import queue_colleague_proof, queue_passed_on
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.volunteer.resting import hear_from
from matcher.actions.volunteer.volunteering import get_volunteer
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.refusals import NotAllowed
from matcher.records.database import again_if_beaten, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.organisations import counted_as, knows_domain
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer, find_member, find_member_id


class OwnAddress(NotAllowed):
    """Somebody named the address that the invitation went to."""


@again_if_beaten
def pass_on(pairing_id: int, colleague: Colleague, occasion: Occasion) -> None:
    """Give an invitation to a colleague: their address is asked for proof, and the next are asked.

    Pressed twice, nothing more. Raises OwnAddress, or IllegalMove where it was answered already.
    """
    with writing() as session:
        kept = lock_pairing(session, pairing_id)
        if kept.state == pairing.State.PASSED_ON:
            return
        if colleague.email.lower() == kept.volunteer.email:
            raise OwnAddress("the address that the invitation went to")
        move(session, kept, pairing.Event.PASS_ON, occasion, changes=_answered(occasion))
        hear_from(session, kept.volunteer, occasion)
        member_id = find_member_id(session, colleague.email)
        with in_vain(session, unless=member_id is None):
            added_id = _add_colleague(session, kept.volunteer, colleague, occasion).id
        queue_colleague_proof(session, member_id or added_id, kept, colleague, occasion)
        queue_passed_on(session, kept, colleague, occasion)
        invite_next(session, kept.help_request, occasion)


def _answered(occasion: Occasion) -> dict[str, object]:
    return {"answered_at": occasion.now, "remind_at": None, "next_at": None}


def _add_colleague(
    session: Session, passer: Volunteer, colleague: Colleague, occasion: Occasion
) -> Volunteer:
    """Add the colleague, unconfirmed, at the organisation and place of whoever named them."""
    added = Volunteer(
        programme_id=passer.programme_id,
        form_key=secrets.token_hex(16),
        session_key=secrets.token_hex(16),
        organisation_id=passer.organisation_id,
        name=colleague.name,
        email=colleague.email.lower(),
        offer="",
        place_id=passer.place_id,
        place_label=passer.place_label,
        latitude=passer.latitude,
        longitude=passer.longitude,
        outcode=passer.outcode,
        nation=passer.nation,
        council_gss=passer.council_gss,
        joined_at=occasion.now,
        next_at=occasion.now + timedelta(days=occasion.settings.unconfirmed_days),
    )
    session.add(added)
    session.flush()
    return added


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of taking over: who it is now, and their ask, where there is one."""

    volunteer_id: int
    pairing_id: int


@again_if_beaten
def take_over(link_id: str, name: str, offer: str, occasion: Occasion) -> TakenOver:
    """Prove the colleague's address and give them an ask of their own; pressed twice, the same.

    ``name`` and ``offer`` count only where the address was not known. Somebody from outside the
    organisation's known domains is asked once a coordinator has looked. Raises NotAllowed where
    the request has ended, or does not suit the colleague's organisation.
    """
    with writing() as session:
        link = session.get_one(Link, link_id)
        passed = lock_pairing(session, link.pairing_id or 0)
        colleague = _prove(session, link, name, offer, occasion)
        request = passed.help_request
        mine = select(Pairing).filter_by(help_request_id=request.id, volunteer_id=colleague.id)
        kept = session.scalars(mine).one_or_none()
        if kept is None:
            _check_suits(session, request, colleague)
            kept = _add_ask(session, passed, colleague, occasion)
        return TakenOver(colleague.id, kept.id)


def _prove(session: Session, link: Link, name: str, offer: str, occasion: Occasion) -> Volunteer:
    colleague = get_volunteer(session, link.volunteer_id)
    if colleague.state != standing.State.UNCONFIRMED:
        return colleague
    member = find_member(session, colleague.email)
    if member is not None:
        return member
    use_link(session, link, occasion.now)
    known = knows_domain(colleague.organisation, colleague.email)
    event = standing.Event.CONFIRM_KNOWN if known else standing.Event.CONFIRM_OTHER
    changes = {"name": name, "offer": offer, "confirmed_at": occasion.now, "next_at": None}
    move(session, colleague, event, occasion, changes=changes)
    publish_offer(session, colleague, occasion)
    return colleague


def _check_suits(session: Session, request: HelpRequest, colleague: Volunteer) -> None:
    """Raise NotAllowed for an ask that no matcher would make."""
    if colleague.state not in standing.MEMBERS:
        raise NotAllowed("the colleague no longer takes part")
    if request.state in help_request.ENDED:
        raise NotAllowed("the request has ended")
    barred = counted_as(session, [request.organisation_id, *request.unwanted])
    if colleague.organisation.counts_as in barred:
        raise NotAllowed("a person from another organisation is wanted")


def _add_ask(
    session: Session, passed: Pairing, colleague: Volunteer, occasion: Occasion
) -> Pairing:
    """Add the colleague's pairing and invite them, if they may be asked already."""
    clock = occasion.by_clock()
    request = passed.help_request
    kept = Pairing(
        help_request_id=request.id,
        volunteer_id=colleague.id,
        rank=passed.rank,
        score=0.0,
        snapshot={"passed_on_from": passed.id},
        proposed_at=occasion.now,
    )
    session.add(kept)
    session.flush()
    facts = {"passed_on_from": passed.id}
    move(session, kept, pairing.Event.APPROVE, clock, facts=facts)
    if colleague.state != standing.State.PENDING:
        wave = {"wave": max(1, request.wave)}
        move(session, kept, pairing.Event.INVITE, clock, facts=wave, changes=wave)
        publish_offer(session, colleague, clock)
    return kept
