"""Ending the links in somebody's emails, and handing them one to everything that is theirs."""

import secrets
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.linking import make_link
from matcher.actions.occasion import Occasion
from matcher.actions.post.outgoing import Addressee, queue
from matcher.actions.privacy.own_data import subject_of
from matcher.lifecycle.refusals import NotFound
from matcher.mail.emails_own_data import new_links
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.links import Link, links_of
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.person import Person, find_person
from matcher.records.volunteers import Volunteer

#: Nothing takes the place of these: each was asked for, for a short time.
SHORT_LIVED = frozenset(
    {
        Purpose.YOUR_DATA,
        Purpose.NEW_ADDRESS,
        Purpose.SIGN_IN_VOLUNTEER,
        Purpose.SIGN_IN_COORDINATOR,
        Purpose.COORDINATOR_INVITED,
    }
)
SUBJECT = ("help_request_id", "pairing_id", "volunteer_id", "coordinator_id")
#: An email of links needs no name.
NO_NAME = ""


def end_links(address: str, occasion: Occasion) -> str:
    """End every link of whoever has an address and their sessions as a volunteer.

    Returns the id of the link to all that is theirs, which is also emailed. Raises NotFound where
    nobody asks or offers help with the address.
    """
    with writing() as session:
        return replace_links(session, find_person(session, address), occasion)


def replace_links(session: Session, person: Person, occasion: Occasion) -> str:
    """Do what ``end_links`` says, for a person who was found."""
    if not person.requests and not person.volunteers:
        raise NotFound("nobody asks or offers help with this address")
    followers = dict(_follow(session, person, occasion))
    _hand_on(session, person, followers)
    for volunteer_id in person.volunteers:
        session.get_one(Volunteer, volunteer_id).session_key = secrets.token_hex(16)
    subject = subject_of(person)
    page = make_link(session, Purpose.YOUR_DATA, occasion, expires_at=None, **subject)
    queue(session, new_links(page=page), Addressee(NO_NAME, person.address, **subject), occasion)  # type: ignore[arg-type]  # ids
    return page


def _follow(session: Session, person: Person, occasion: Occasion) -> Iterator[tuple[str, str]]:
    """Revoke each link, and yield its id with that of the one in its place."""
    good = select(Link).where(links_of(person), Link.revoked_at.is_(None))
    for link in session.scalars(good).all():
        link.revoked_at, link.new_address = occasion.now, None
        purpose, ends = Purpose(link.purpose), link.expires_at
        if purpose not in SHORT_LIVED and (ends is None or ends > occasion.now):
            subject = {name: getattr(link, name) for name in SUBJECT}
            yield link.id, make_link(session, purpose, occasion, expires_at=ends, **subject)


def _hand_on(session: Session, person: Person, followers: Mapping[str, str]) -> None:
    """Have the emails that still wait carry the new links."""
    waiting = select(OutgoingEmail).where(
        OutgoingEmail.to_address == person.address, still_waiting()
    )
    for email in session.scalars(waiting):
        email.links = {role: followers.get(kept, kept) for role, kept in email.links.items()}
