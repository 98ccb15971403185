"""Making, finding and using the links that emails carry."""

import secrets
from datetime import datetime

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed
from matcher.mail.links import LIFETIMES, LinkKeys, Purpose, check, read_token
from matcher.records.links import Link

#: No row has this id: looking for it takes as long as looking for one that there is.
NOBODY = 0
#: Who may ask for a link again, by the column that names them.
OWNERS = ("help_request_id", "volunteer_id", "coordinator_id")


def make_link(
    session: Session,
    purpose: Purpose,
    occasion: Occasion,
    *,
    expires_at: datetime | None = None,
    **subject: int | str | None,
) -> str:
    """Add a link for ``subject`` (help_request_id, pairing_id, …) and return its id."""
    lifetime = LIFETIMES[purpose].lifetime
    if expires_at is None and lifetime is not None:
        expires_at = occasion.now + lifetime
    link = Link(
        id=secrets.token_hex(16),
        key_id=occasion.key_id,
        purpose=purpose,
        made_at=occasion.now,
        expires_at=expires_at,
        **subject,
    )
    session.add(link)
    return link.id


def make_fresh_link(
    session: Session, purpose: Purpose, occasion: Occasion, **subject: int | None
) -> str:
    """Add a link that takes the place of those before it, which end; return its id.

    The statements are the same whoever it is for, and for nobody: see ``queue_alike``.
    """
    theirs = (getattr(Link, name) == (subject.get(name) or NOBODY) for name in OWNERS)
    ended = update(Link).where(Link.purpose == purpose, Link.revoked_at.is_(None), or_(*theirs))
    ended = ended.values(revoked_at=occasion.now)
    session.execute(ended.execution_options(synchronize_session=False))
    return make_link(session, purpose, occasion, expires_at=None, **subject)


def find_or_make_link(
    session: Session,
    purpose: Purpose,
    occasion: Occasion,
    *,
    expires_at: datetime | None,
    **subject: int | None,
) -> str:
    """Return the id of the good link of this purpose and subject, adding one where there is none.

    So all emails to somebody about one thing carry the same address. It lives until
    ``expires_at``, or longer where it was to live longer already; None is for ever.
    """
    good = select(Link).filter_by(purpose=purpose, revoked_at=None, **subject)
    kept = session.scalars(good.order_by(Link.made_at.desc(), Link.id).limit(1)).first()
    if kept is None:
        return make_link(session, purpose, occasion, expires_at=expires_at, **subject)
    if expires_at is None or (kept.expires_at is not None and kept.expires_at < expires_at):
        kept.expires_at = expires_at
    return kept.id


def get_link(session: Session, keys: LinkKeys, purpose: Purpose, token: str, now: datetime) -> Link:
    """Return the row behind an address.

    Raises LinkUnknown for altered and missing ones alike, LinkRevoked, LinkUsed or LinkExpired.
    """
    parts = read_token(token)
    if parts is None:
        raise LinkUnknown("no such link")
    link = session.get(Link, parts[0], populate_existing=True)
    key_id = link.key_id if link else keys.current
    genuine = check(keys, key_id, purpose, *parts)
    if link is None or not genuine or link.purpose != purpose:
        raise LinkUnknown("no such link")
    if link.revoked_at is not None:
        raise LinkRevoked("the link was replaced")
    if link.used_at is not None and LIFETIMES[purpose].single_use:
        raise LinkUsed("the link was used")
    if link.expires_at is not None and link.expires_at <= now:
        raise LinkExpired("the link's time is over")
    return link


def use_link(session: Session, link: Link, now: datetime) -> None:
    """Mark a link as used; for a single-use one, raises LinkUsed if another press was first."""
    unused = update(Link).where(Link.id == link.id, Link.used_at.is_(None)).values(used_at=now)
    marked = session.execute(unused.execution_options(synchronize_session=False))
    first = isinstance(marked, CursorResult) and marked.rowcount == 1
    if not first and LIFETIMES[Purpose(link.purpose)].single_use:
        raise LinkUsed("the link was used")


def revoke_links(session: Session, now: datetime, purpose: Purpose, **subject: int) -> None:
    """Make all links of one purpose and subject worthless from now on."""
    session.execute(
        update(Link)
        .filter_by(purpose=purpose, revoked_at=None, **subject)
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )


def status_link_id(session: Session, help_request_id: int) -> str:
    """Return the link of a request's own page. Raises NoResultFound before it is confirmed."""
    good = select(Link.id).filter_by(
        purpose=Purpose.STATUS, help_request_id=help_request_id, revoked_at=None
    )
    return session.scalars(good.order_by(Link.made_at.desc()).limit(1)).one()
