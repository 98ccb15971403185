"""What would be sent if proposals were approved now: to whom, when, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.reviewing import TAKE_BACK
from matcher.actions.filling import list_approved, next_to_ask
from matcher.actions.occasion import Occasion
from matcher.actions.post import telling
from matcher.actions.post.enclosed import answer_by
from matcher.lifecycle import pairing
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.working_days import next_asking_time
from matcher.mail import emails_volunteer
from matcher.mail.rendering import Renderer
from matcher.records.database import db, seeing_everything
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing

#: Stands where the email will carry its reader's own address.
OWN_LINK = "…"


@dataclass(frozen=True, slots=True)
class Preview:
    """One invitation as it would go. ``next_wave`` where it would go now; others wait in line."""

    pairing_id: int
    shown_as: str
    organisation: str
    next_wave: bool
    goes_at: datetime
    answer_by: datetime
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Writing:
    """With what the words of a preview are made: the renderer, and the site's address."""

    renderer: Renderer
    site: str


@seeing_everything
def preview_invitations(
    request_id: int, pairing_ids: Iterable[int], writing: Writing, occasion: Occasion
) -> tuple[Preview, ...]:
    """Return what approving these proposals would send, best first; nothing is written.

    It goes no earlier than an approval can be taken back.

    Raises NotFound. Those that are no proposals of this request are left out.
    """
    occasion = replace(occasion, now=occasion.now + TAKE_BACK)
    session: Session = db.session()
    request = session.get(HelpRequest, request_id)
    if request is None:
        raise NotFound("no such help request")
    chosen = _list_proposed(session, request_id, pairing_ids)
    in_line = [*list_approved(session, request), *chosen]
    first = {kept.id for kept in next_to_ask(session, request, in_line, occasion)}
    return tuple(
        _preview(session, kept, writing, occasion, next_wave=kept.id in first) for kept in chosen
    )


def _list_proposed(session: Session, request_id: int, pairing_ids: Iterable[int]) -> list[Pairing]:
    mine = select(Pairing).filter_by(help_request_id=request_id, state=pairing.State.PROPOSED)
    chosen = mine.where(Pairing.id.in_(list(pairing_ids)))
    return list(session.scalars(chosen.order_by(Pairing.rank, Pairing.id)))


def _preview(
    session: Session, kept: Pairing, writing: Writing, occasion: Occasion, *, next_wave: bool
) -> Preview:
    volunteer, due = kept.volunteer, answer_by(kept, occasion)
    hours = occasion.settings.asking_hours
    subject, text = _words(session, kept, writing, occasion, due=due)
    return Preview(
        pairing_id=kept.id,
        shown_as=volunteer.shown_as,
        organisation=volunteer.organisation.name,
        next_wave=next_wave,
        goes_at=next_asking_time(occasion.now, hours, volunteer.nation),
        answer_by=due,
        subject=subject,
        text=text,
    )


def _words(
    session: Session, kept: Pairing, writing: Writing, occasion: Occasion, *, due: datetime
) -> tuple[str, str]:
    request, programme = kept.help_request, occasion.settings
    email = emails_volunteer.invitation(
        telling.about(request),
        telling.asked(request),
        telling.journey(kept),
        telling.why_you(session, kept),
        answer_by=due,
        answer=OWN_LINK,
        unsubscribe=OWN_LINK,
    )
    rendered = writing.renderer.render(
        email.name,
        {
            **email.context,
            "link": dict.fromkeys(email.links, f"{writing.site}/{OWN_LINK}"),
            "to_name": kept.volunteer.shown_as,
            "site": writing.site,
            "programme_name": programme.name,
            "controller": programme.controller,
            "contact_email": programme.contact_email,
        },
        programme.email_words,
    )
    return rendered.subject, rendered.text
