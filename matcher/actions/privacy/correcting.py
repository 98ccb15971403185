"""Correcting a person's name or address wherever it stands, once somebody has made sure of both."""

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from matcher.actions.coordinator.recording import record
from matcher.actions.linking import make_link, use_link
from matcher.actions.occasion import Occasion
from matcher.actions.post.outgoing import Addressee, queue, queue_limited
from matcher.actions.privacy.own_data import address_of, subject_of
from matcher.lifecycle.refusals import LinkUnknown, NotAllowed, NotFound
from matcher.mail.emails_own_data import address_changed, new_address
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.person import Person, find_person
from matcher.records.volunteers import Volunteer, find_member

#: Nothing typed stands in an email to an address that is not proved.
NO_NAME = ""
#: These links open all that is somebody's.
KEYS = (Purpose.YOUR_DATA, Purpose.NEW_ADDRESS, Purpose.SIGN_IN_VOLUNTEER)


def correct(address: str, *, name: str = "", new_address: str = "") -> None:
    """Write a new name, a new address or both; emails that still wait go to the new one.

    Raises NotFound where nobody has the address, NotAllowed where a volunteer has the new one.
    """
    with writing() as session:
        _correct(session, address, name, new_address.strip().lower())


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

    Raises NotFound where nobody asks or offers help with the old one.
    """
    with writing() as session:
        person = find_person(session, old)
        if not person.requests and not person.volunteers:
            raise NotFound("nobody asks or offers help with this address")
        subject: dict[str, int | str | None] = {"new_address": new, **subject_of(person)}
        proof = make_link(session, Purpose.NEW_ADDRESS, occasion, expires_at=None, **subject)
        to = Addressee(NO_NAME, new)
        queue_limited(session, new_address(proof=proof), to, network, occasion)


def use_address(link_id: str, occasion: Occasion) -> None:
    """Put a proved address in the place of the old one, which is told.

    Raises LinkUsed where another press was first, and NotAllowed where another volunteer has the
    address; then nothing changes.
    """
    with writing() as session:
        link = session.get_one(Link, link_id)
        use_link(session, link, occasion.now)
        old, new = address_of(session, link), link.new_address
        if not new:
            raise LinkUnknown("the link proves no address")
        link.new_address = None
        person = _correct(session, old, "", new)
        _revoke_keys(session, person, occasion)
        for volunteer_id in person.volunteers:
            record(
                session,
                "change_address",
                Volunteer.__tablename__,
                volunteer_id,
                occasion,
                volunteer_id=volunteer_id,
            )
        queue(session, address_changed(), Addressee(NO_NAME, old), occasion)


def _revoke_keys(session: Session, person: Person, occasion: Occasion) -> None:
    """End the links in the old mailbox that open everything; those about one thing live on."""
    theirs = or_(
        Link.help_request_id.in_(person.requests), Link.volunteer_id.in_(person.volunteers)
    )
    revoked = update(Link).where(theirs, Link.purpose.in_(KEYS), Link.used_at.is_(None))
    revoked = revoked.values(revoked_at=occasion.now, new_address=None)
    session.execute(revoked.execution_options(synchronize_session=False))


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
