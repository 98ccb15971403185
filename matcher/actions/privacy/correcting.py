"""Correcting a person's name or address wherever it stands, once somebody has made sure of both."""

from dataclasses import replace

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from matcher.actions.coordinator.recording import record_of_request, record_of_volunteer
from matcher.actions.linking import make_link, use_link
from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.post.letters_visit import address_moved
from matcher.actions.post.outgoing import Addressee, queue, queue_limited
from matcher.actions.post.posting import queue_letters
from matcher.actions.privacy.new_links import NO_NAME, replace_links
from matcher.actions.privacy.own_data import address_of, subject_of
from matcher.actions.proposals.offering import publish_offer
from matcher.lifecycle import visit
from matcher.lifecycle.refusals import LinkUnknown, NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import Event
from matcher.mail.emails_own_data import address_changed, new_address
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.organisations import domain_of, knows_domain
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.pairings import Pairing, Visit
from matcher.records.person import Person, find_person
from matcher.records.volunteers import Volunteer, find_member

#: What the history says where a coordinator sent somebody the proof of a new address.
LINK_SENT = "send_address_link"


def correct(address: str, occasion: Occasion, *, name: str = "", new_address: str = "") -> None:
    """Write a new name, a new address or both; emails that still wait go to the new one.

    Where the address changes, the links in earlier emails end and the new one gets another. Raises
    NotFound where nobody has the address, NotAllowed where a volunteer has the new one.
    """
    with writing() as session:
        new = new_address.strip().lower()
        person = _correct(session, address, name, new)
        if new:
            _tell_others(session, person, occasion)
            replace_links(session, find_person(session, new), occasion)


def _correct(session: Session, old: str, name: str, new: str) -> Person:
    person = find_person(session, old)
    if not person.requests and not person.volunteers:
        raise NotFound("nobody asks or offers help with this address")
    if new and person.volunteers and find_member(session, new):
        raise NotAllowed("another volunteer has the new address")
    _write(session, person, name, new)
    return person


def ask_for_address(old: str, new: str, network: str, occasion: Occasion) -> None:
    """Queue the link that proves a new address; nothing changes before it is pressed.

    Raises NotAllowed where it is the old one, NotFound where nobody asks or offers help with that.
    """
    if new.strip().lower() == old:
        raise NotAllowed("it is the address already")
    with writing() as session:
        person = find_person(session, old)
        if not person.requests and not person.volunteers:
            raise NotFound("nobody asks or offers help with this address")
        subject: dict[str, int | str | None] = {"new_address": new, **subject_of(person)}
        proof = make_link(session, Purpose.NEW_ADDRESS, occasion, expires_at=None, **subject)
        to = Addressee(NO_NAME, new)
        queue_limited(session, new_address(proof=proof), to, network, occasion)
        if occasion.actor == Actor.COORDINATOR:
            _note(session, person, occasion)


def _note(session: Session, person: Person, occasion: Occasion) -> None:
    """Note on every request and offer of theirs that a coordinator sent the link."""
    for row_id in person.requests:
        record_of_request(session, LINK_SENT, row_id, occasion)
    for row_id in person.volunteers:
        record_of_volunteer(session, LINK_SENT, row_id, occasion)


def use_address(link_id: str, occasion: Occasion) -> str:
    """Put a proved address in the place of the old one, which is told; so is whom they will meet.

    The links in the old mailbox end. Returns the id of the link to all that is theirs. Raises
    LinkUsed where another press was first, and NotAllowed where another volunteer has the address;
    then nothing changes.
    """
    with writing() as session:
        link = session.get_one(Link, link_id)
        use_link(session, link, occasion.now)
        old, new = address_of(session, link), link.new_address
        if not new:
            raise LinkUnknown("the link proves no address")
        person = _correct(session, old, "", new)
        for volunteer_id in person.volunteers:
            _move(session, session.get_one(Volunteer, volunteer_id), old, occasion)
        _tell_others(session, person, occasion)
        queue(session, address_changed(), Addressee(NO_NAME, old), occasion)
        return replace_links(session, find_person(session, new), occasion)


def _move(session: Session, volunteer: Volunteer, old: str, occasion: Occasion) -> None:
    """Note the change; whoever moves to a domain that nobody knows is looked at before an ask."""
    themselves = replace(occasion, actor=Actor.VOLUNTEER, actor_id=volunteer.id)
    record_of_volunteer(session, "change_address", volunteer.id, themselves)
    same = domain_of(volunteer.email) == domain_of(old)
    known = same or knows_domain(volunteer.organisation, volunteer.email)
    event = Event.PROVE_AGAIN if known else Event.MOVE_OTHER
    if may(volunteer, event, themselves):
        move(session, volunteer, event, themselves)
        publish_offer(session, volunteer, themselves)


def _tell_others(session: Session, person: Person, occasion: Occasion) -> None:
    """Tell whoever will meet the person how to write to them now."""
    coming = select(Visit).join(Pairing, Visit.pairing_id == Pairing.id)
    theirs = or_(
        Pairing.help_request_id.in_(person.requests), Pairing.volunteer_id.in_(person.volunteers)
    )
    for each in session.scalars(coming.where(theirs, Visit.state.in_(visit.COMING))):
        side = (
            Actor.VOLUNTEER if each.pairing.volunteer_id in person.volunteers else Actor.REQUESTER
        )
        each.sequence += 1
        queue_letters(session, address_moved(side), each, occasion)


def _write(session: Session, person: Person, name: str, address: str) -> None:
    requester = {"requester_name": name, "requester_email": address}
    asked = update(HelpRequest).where(HelpRequest.id.in_(person.requests))
    offered = update(Volunteer).where(Volunteer.id.in_(person.volunteers))
    waiting = update(OutgoingEmail).where(
        OutgoingEmail.to_address == person.address, still_waiting()
    )
    for changed, values in (
        (asked, requester),
        (offered, {"name": name, "email": address}),
        (waiting, {"to_name": name, "to_address": address}),
    ):
        given = {column: value for column, value in values.items() if value}
        if given:
            session.execute(changed.values(given).execution_options(synchronize_session=False))
    session.expire_all()
