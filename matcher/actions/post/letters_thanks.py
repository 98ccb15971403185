"""The emails of thanks after a visit: to the volunteer and, if they wish, to their manager."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.outgoing import Addressee, queue, queue_limited
from matcher.mail import emails_volunteer
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.pairings import Visit

#: So long thanks wait for the requester's own words.
WORDS_WAIT = timedelta(minutes=15)
#: Why thanks are held back: the requester put right what they had told.
TOLD_OTHERWISE = "told_otherwise"


def queue_thanks(session: Session, begun: Visit, occasion: Occasion) -> None:
    """Thank the volunteer, with the requester's own words where there are any.

    Thanks that still wait take the words in, so that one email goes.
    """
    kept, desk = begun.pairing, Desk(session, occasion)
    waiting = select(OutgoingEmail).filter_by(name="thanks", pairing_id=kept.id)
    earlier = session.scalars(waiting.where(still_waiting()).limit(1)).first()
    if earlier is not None:
        earlier.context = {**earlier.context, "words": begun.words}
        return
    email = emails_volunteer.thanks(
        telling.about(kept.help_request),
        on=begun.on,
        words=begun.words,
        visit=desk.visit_of_volunteer(kept),
    )
    row = queue(session, email, telling.to_volunteer(kept.volunteer, kept), occasion)
    if not begun.words:
        row.not_before = max(row.not_before, occasion.now + WORDS_WAIT)


def change_thanks(session: Session, begun: Visit, occasion: Occasion) -> None:
    """Thank a volunteer, or hold thanks back that still wait, as the requester now tells it."""
    if begun.requester_helped:
        queue_thanks(session, begun, occasion)
        return
    named = select(OutgoingEmail).filter_by(name="thanks", pairing_id=begun.pairing_id)
    for email in session.scalars(named.where(still_waiting())):
        email.skipped_at, email.skipped_because = occasion.now, TOLD_OTHERWISE


def queue_thanks_manager(
    session: Session, begun: Visit, address: str, network: str, occasion: Occasion
) -> None:
    """Thank a manager, within the limits on emails to people we do not know."""
    kept = begun.pairing
    email = emails_volunteer.thanks_manager(
        telling.about(kept.help_request),
        volunteer=kept.accepted_as or kept.volunteer.name,
        on=begun.on,
        words=begun.words,
    )
    to = Addressee("", address, kept.volunteer.nation, help_request_id=kept.help_request_id)
    queue_limited(session, email, to, network, occasion)
