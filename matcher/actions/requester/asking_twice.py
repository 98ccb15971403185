"""The same need sent twice: found by organisation and likeness, shown, and never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_task
from matcher.actions.occasion import Occasion
from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.outgoing import Addressee, queue_alike
from matcher.lifecycle import help_request
from matcher.lifecycle.choices import TaskKind
from matcher.mail import emails_requester
from matcher.mail.emails import Email
from matcher.matching.likeness import common_words, likeness
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.organisations import find_organisation

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Same:
    """A request that asks for much the same. ``words`` are those of the new one that it has, too:

    nothing of its own text is shown to somebody whose address is not proved.
    """

    request_id: int
    reference: str
    sent_at: datetime
    words: tuple[str, ...]


def find_same(organisation: str, need: str, occasion: Occasion) -> tuple[Same, ...]:
    """Return the open requests of an organisation that are much like a need, likest first."""
    session: Session = db.session()
    known = find_organisation(session, organisation)
    return () if known is None else _like(session, known.id, need, occasion)


def _like(
    session: Session, organisation_id: int, need: str, occasion: Occasion, but: int | None = None
) -> tuple[Same, ...]:
    since = occasion.now - timedelta(days=occasion.settings.duplicate_days)
    recent = select(HelpRequest).where(
        HelpRequest.organisation_id == organisation_id,
        HelpRequest.sent_at > since,
        HelpRequest.state.in_(help_request.OPEN),
        HelpRequest.id != (but or 0),
    )
    scored = [(likeness(need, each.need), each) for each in session.scalars(recent)]
    alike = [pair for pair in scored if pair[0] >= occasion.settings.duplicate_likeness]
    ordered = sorted(alike, key=lambda pair: (-pair[0], pair[1].id))[:MOST_SHOWN]
    return tuple(
        Same(each.id, each.reference, each.sent_at, common_words(need, each.need))
        for _, each in ordered
    )


def send_own_page(request_id: int, email: str, network: str, occasion: Occasion) -> None:
    """Send the address of a request's page to whoever sent it, if this is their address.

    To any other address nothing goes, and nobody can tell the two apart.
    """
    with writing() as session:
        request = session.get(HelpRequest, request_id)
        if request is None or request.state not in help_request.OPEN:
            return
        to = telling.to_requester(request)

        def write() -> tuple[Email, Addressee]:
            status = Desk(session, occasion).status(request)
            return emails_requester.your_request(status=status), to

        known, typed = to.address == email.lower(), email.lower()
        queue_alike(session, "your_request", typed, network, occasion, known=known, write=write)


def find_like(link_id: str, occasion: Occasion) -> tuple[Same, ...]:
    """Return the open requests that are much like the one a link is about, likest first.

    Reads, and is done before the transaction that writes: to compare texts takes a while.
    """
    session: Session = db.session()
    link = session.get(Link, link_id)
    request = None if link is None else session.get(HelpRequest, link.help_request_id)
    if request is None or request.state != help_request.State.UNCONFIRMED:
        return ()
    return _like(session, request.organisation_id, request.need, occasion, but=request.id)


def find_like_request(request_id: int, occasion: Occasion) -> tuple[Same, ...]:
    """Return the other open requests that are much like one, likest first."""
    session: Session = db.session()
    request = session.get(HelpRequest, request_id)
    if request is None:
        return ()
    return _like(session, request.organisation_id, request.need, occasion, but=request.id)


def note_likeness(
    session: Session, request: HelpRequest, alike: Sequence[Same], occasion: Occasion
) -> None:
    """Let a coordinator know of a request that is much like others, within the transaction."""
    if alike:
        add_task(
            session,
            TaskKind.POSSIBLE_DUPLICATE,
            f"request {request.id}",
            occasion,
            words=", ".join(each.reference for each in alike),
            help_request_id=request.id,
        )
