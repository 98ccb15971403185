"""People and what is kept about them: a link that proves the address, and looks that are logged."""

from dataclasses import replace

from sqlalchemy.orm import Session

from matcher.actions.coordinator.reviewing import log_look
from matcher.actions.linking import make_fresh_link
from matcher.actions.occasion import Occasion
from matcher.actions.post.outgoing import Addressee, queue_alike
from matcher.lifecycle.refusals import LinkRevoked, NotFound
from matcher.lifecycle.tables import Actor
from matcher.mail.emails import Email
from matcher.mail.emails_own_data import your_data
from matcher.mail.links import Purpose
from matcher.records.coordinators import Coordinator
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.person import Person, find_person
from matcher.records.volunteers import Volunteer

DATA_SHOWN = "data_shown"


def send_data_link(address: str, network: str, occasion: Occasion) -> None:
    """Queue a link to what is kept about an address, if anything is; the answer is the same."""
    with writing() as session:
        person = find_person(session, address)
        subject = subject_of(person)

        def write() -> tuple[Email, Addressee]:
            link = make_fresh_link(session, Purpose.YOUR_DATA, occasion, **subject)
            to = replace(Addressee("", person.address), **subject)  # type: ignore[arg-type]  # ids
            return your_data(page=link), to

        name, known = "your_data", bool(subject)
        queue_alike(session, name, person.address, network, occasion, known=known, write=write)


def subject_of(person: Person) -> dict[str, int]:
    """Return the row that the link names: any of theirs, for it stands for the address."""
    rows = {
        "volunteer_id": person.volunteers,
        "help_request_id": person.requests,
        "coordinator_id": person.coordinators,
    }
    return next(({name: ids[-1]} for name, ids in rows.items() if ids), {})


def address_of(session: Session, link: Link) -> str:
    """Return the address that a link proves. Raises LinkRevoked where it was erased."""
    address = ""
    if link.volunteer_id is not None:
        address = session.get_one(Volunteer, link.volunteer_id).email
    elif link.help_request_id is not None:
        address = session.get_one(HelpRequest, link.help_request_id).requester_email
    elif link.coordinator_id is not None:
        address = session.get_one(Coordinator, link.coordinator_id).email
    if not address:
        raise LinkRevoked("the address was erased")
    return address


def address_for_coordinator(side: Actor, row_id: int, occasion: Occasion) -> str:
    """Return whose a request or an offer is, and log that a coordinator looked at all of it.

    Raises NotFound where there is none, or where the details are erased.
    """
    with writing() as session:
        address = find_address(session, side, row_id)
        if side == Actor.REQUESTER:
            log_look(session, session.get_one(HelpRequest, row_id), occasion, DATA_SHOWN)
        else:
            log_look(session, session.get_one(Volunteer, row_id), occasion, DATA_SHOWN)
        return address


def find_address(session: Session, side: Actor, row_id: int) -> str:
    """Return the address of a request's or an offer's person. Raises NotFound."""
    address = ""
    if side == Actor.REQUESTER:
        request = session.get(HelpRequest, row_id)
        address = "" if request is None else request.requester_email
    else:
        volunteer = session.get(Volunteer, row_id)
        address = "" if volunteer is None else volunteer.email
    if not address:
        raise NotFound("nobody's details are kept")
    return address
