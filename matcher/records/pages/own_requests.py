"""The requests of one person, with the links that open their pages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle.help_request import State
from matcher.mail.links import Purpose
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.person import Person


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """One request of somebody's, and the link that opens it."""

    title: str
    sent_at: datetime
    link: Link


def read_own_requests(session: Session, person: Person, now: datetime) -> tuple[OwnRequest, ...]:
    """Return a person's requests, newest first; those that no link opens any more are left out."""
    found = (
        select(HelpRequest, Link)
        .join(Link, Link.help_request_id == HelpRequest.id)
        .where(
            HelpRequest.id.in_(person.requests),
            Link.revoked_at.is_(None),
            or_(Link.expires_at.is_(None), Link.expires_at > now),
            Link.purpose.in_((Purpose.STATUS, Purpose.CONFIRM_REQUEST)),
        )
        .order_by(HelpRequest.id.desc(), Link.made_at, Link.id)
    )
    newest = {
        request: link
        for request, link in session.execute(found)
        if link.purpose == _purpose(request)
    }
    return tuple(OwnRequest(each.heading, each.sent_at, newest[each]) for each in newest)


def _purpose(request: HelpRequest) -> Purpose:
    """Return what opens a request's page: before its address is proved, the proof."""
    unproved = request.state == State.UNCONFIRMED
    return Purpose.CONFIRM_REQUEST if unproved else Purpose.STATUS
