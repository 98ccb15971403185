"""Which facts each email is given; every email is queued by the step that causes it."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.orm import Session

from matcher.actions.linking import make_link
from matcher.actions.occasion import Occasion
from matcher.actions.outgoing import Addressee, queue, queue_limited
from matcher.mail.emails import Email
from matcher.mail.links import Purpose
from matcher.records.coordinators import Coordinator
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteers import Volunteer

Row = HelpRequest | Pairing | Visit | Volunteer


def queue_caused(session: Session, row: Row, names: Iterable[str], occasion: Occasion) -> None:
    """Queue the emails that a step causes, by the names in its table."""
    for name in names:
        _queue_interim(session, row, name, occasion)


def _queue_interim(session: Session, row: Row, name: str, occasion: Occasion) -> None:
    to_requester = name in {
        "accepted",
        "introduction_requester",
        "withdrawn",
        "nobody",
        "closed",
        "question",
        "new_date",
        "request_withdrawn_requester",
    }
    if isinstance(row, Pairing):
        volunteer, request = row.volunteer, row.help_request
        ids = {"pairing_id": row.id, "help_request_id": request.id, "volunteer_id": volunteer.id}
        to = (
            Addressee(request.requester_name, request.requester_email, request.nation, **ids)
            if to_requester
            else Addressee(volunteer.name, volunteer.email, volunteer.nation, **ids)
        )
        links = {
            "answer": make_link(session, Purpose.ANSWER, occasion, **ids),
            "confirm_person": make_link(session, Purpose.CONFIRM_PERSON, occasion, **ids),
        }
    elif isinstance(row, HelpRequest):
        to = Addressee(row.requester_name, row.requester_email, row.nation, help_request_id=row.id)
        links = {"status": make_link(session, Purpose.STATUS, occasion, help_request_id=row.id)}
    elif isinstance(row, Volunteer):
        to = Addressee(row.name, row.email, row.nation, volunteer_id=row.id)
        links = {}
    else:
        return
    queue(session, Email(name, {}, links), to, occasion)


def queue_to_stranger(
    session: Session, row: HelpRequest | Volunteer, network: str, occasion: Occasion
) -> None:
    """Queue the email that proves an address, within the limits on what strangers cause."""
    if isinstance(row, HelpRequest):
        to = Addressee(row.requester_name, row.requester_email, row.nation, help_request_id=row.id)
        email = Email(
            "confirm_request",
            {},
            {
                "confirm": make_link(
                    session, Purpose.CONFIRM_REQUEST, occasion, help_request_id=row.id
                )
            },
        )
    else:
        to = Addressee(row.name, row.email, row.nation, volunteer_id=row.id)
        if row.confirmed_at is None:
            email = Email(
                "confirm_offer",
                {},
                {
                    "confirm": make_link(
                        session, Purpose.CONFIRM_OFFER, occasion, volunteer_id=row.id
                    )
                },
            )
        else:
            email = Email(
                "already_joined",
                {},
                {
                    "page": make_link(
                        session, Purpose.SIGN_IN_VOLUNTEER, occasion, volunteer_id=row.id
                    )
                },
            )
    queue_limited(session, email, to, network, occasion)


def queue_page_link(
    session: Session, volunteer: Volunteer, network: str, occasion: Occasion
) -> None:
    """Queue a volunteer's sign-in link."""
    to = Addressee(volunteer.name, volunteer.email, volunteer.nation, volunteer_id=volunteer.id)
    link = make_link(session, Purpose.SIGN_IN_VOLUNTEER, occasion, volunteer_id=volunteer.id)
    queue_limited(session, Email("your_page", {}, {"page": link}), to, network, occasion)


def queue_coordinator_invited(
    session: Session, coordinator: Coordinator, occasion: Occasion
) -> None:
    """Queue the invitation of a coordinator."""
    to = Addressee(coordinator.name, coordinator.email, coordinator_id=coordinator.id)
    queue(session, Email("coordinator_invited", {}, {}), to, occasion)


def queue_coordinator_sign_in(
    session: Session, coordinator: Coordinator, network: str, occasion: Occasion
) -> None:
    """Queue a coordinator's sign-in link."""
    to = Addressee(coordinator.name, coordinator.email, coordinator_id=coordinator.id)
    link = make_link(session, Purpose.SIGN_IN_COORDINATOR, occasion, coordinator_id=coordinator.id)
    queue_limited(
        session, Email("coordinator_sign_in", {}, {"sign_in": link}), to, network, occasion
    )


def queue_reminder(session: Session, kept: Pairing, occasion: Occasion) -> None:
    """Queue the one reminder of an ask."""
    _queue_interim(session, kept, "reminder", occasion)
