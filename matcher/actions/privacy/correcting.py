"""Correcting a person's name or address wherever it stands, once somebody has made sure of both."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.person import Person, find_person
from matcher.records.volunteers import Volunteer, find_member


def correct(address: str, *, name: str = "", new_address: str = "") -> None:
    """Write a new name, a new address or both; emails that still wait go to the new one.

    Raises NotFound where nobody has the address, NotAllowed where a volunteer has the new one.
    """
    new_address = new_address.strip().lower()
    with writing() as session:
        person = find_person(session, address)
        if not person.requests and not person.volunteers:
            raise NotFound("nobody asks or offers help with this address")
        if new_address and person.volunteers and find_member(session, new_address):
            raise NotAllowed("another volunteer has the new address")
        _write(session, person, name, new_address)


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
