"""Help requests of a list: which are here already, and adding those that are not.

They are unconfirmed until whoever asks presses the link in the email that says who typed them up.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.lists.intaking import Intaking, Known, Supplied, Values, read_in_parts
from matcher.actions.occasion import Occasion
from matcher.actions.organisations import organisations_named
from matcher.actions.post.posting import queue_supplied
from matcher.lifecycle.intake import KnownAs
from matcher.mail.links import LinkKeys
from matcher.records.help_requests import HelpRequest


def _address(values: Values) -> str:
    return str(values["requester_email"])


def _key(values: Values) -> str:
    return _same(_address(values), str(values["need"]))


def _same(email: str, need: str) -> str:
    """Return what is the same for the same words of the same person."""
    return f"{email}\n{' '.join(need.casefold().split())}"


def _find_known(session: Session, lines: Sequence[Values], _keys: LinkKeys) -> Known:
    addresses = sorted({_address(values) for values in lines})
    here = read_in_parts(
        session,
        addresses,
        lambda some: select(HelpRequest.requester_email, HelpRequest.need).where(
            HelpRequest.requester_email.in_(some)
        ),
    )
    return {_same(row.requester_email, row.need): KnownAs.SAME_REQUEST for row in here}


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
        HelpRequest(
            programme_id=supplied.programme_id,
            form_key=form_key,
            organisation=organisations[values["organisation"]],
            supplied_by=supplied.by,
            sent_at=occasion.now,
            next_at=until,
            **{name: value for name, value in values.items() if name != "organisation"},
        )
        for values, form_key in lines
    ]
    session.add_all(added)
    session.flush()
    for request in added:
        queue_supplied(session, request, occasion)


REQUESTS = Intaking(key=_key, address=_address, find_known=_find_known, add=_add)
