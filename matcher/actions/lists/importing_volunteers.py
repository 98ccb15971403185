"""Volunteers of a list: who is here already, and adding those who are not.

They are unconfirmed: each gets one email that says who supplied the details, and is asked nothing
until they confirm.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.lists.intaking import Intaking, Known, Supplied, Values, read_in_parts
from matcher.actions.occasion import Occasion
from matcher.actions.organisations import organisations_named
from matcher.actions.post.posting import queue_supplied
from matcher.lifecycle.intake import KnownAs
from matcher.lifecycle.volunteer import State
from matcher.mail.links import LinkKeys
from matcher.records.erasures import Erasure, digest_of
from matcher.records.volunteers import Volunteer

KNOWN_BY_STATE = {State.UNCONFIRMED: KnownAs.WAITING, State.LEFT: KnownAs.LEFT}


def _address(values: Values) -> str:
    return str(values["email"])


def _find_known(session: Session, lines: Sequence[Values], keys: LinkKeys) -> Known:
    """Whoever has an offer, had one, or asked to be erased is not brought in again."""
    addresses = sorted({_address(values) for values in lines})
    known = dict.fromkeys(_find_erased(session, addresses, keys), KnownAs.ERASED)
    here = read_in_parts(
        session,
        addresses,
        lambda some: select(Volunteer.email, Volunteer.state).where(Volunteer.email.in_(some)),
    )
    for row in sorted(here, key=lambda each: each.state != State.LEFT):
        known[row.email] = KNOWN_BY_STATE.get(row.state, KnownAs.MEMBER)
    return known


def _find_erased(session: Session, addresses: Sequence[str], keys: LinkKeys) -> list[str]:
    digests = {
        digest_of(address, key): address for key in keys.keys.values() for address in addresses
    }
    found = read_in_parts(
        session,
        sorted(digests),
        lambda some: select(Erasure.digest).where(Erasure.digest.in_(some)),
    )
    return [digests[row.digest] for row in found]


def _add(
    session: Session,
    lines: Sequence[tuple[Values, str]],
    supplied: Supplied,
    occasion: Occasion,
) -> None:
    names = {values["organisation"]: values["nation"] for values, _ in lines}
    organisations = organisations_named(session, names, programme_id=supplied.programme_id)
    until = occasion.now + timedelta(days=occasion.settings.supplied_days)
    added = [
        Volunteer(
            programme_id=supplied.programme_id,
            form_key=form_key,
            session_key=secrets.token_hex(16),
            organisation=organisations[values["organisation"]],
            supplied_by=supplied.by,
            joined_at=occasion.now,
            next_at=until,
            **{name: value for name, value in values.items() if name != "organisation"},
        )
        for values, form_key in lines
    ]
    session.add_all(added)
    session.flush()
    for volunteer in added:
        queue_supplied(session, volunteer, occasion)


VOLUNTEERS = Intaking(key=_address, address=_address, find_known=_find_known, add=_add)
