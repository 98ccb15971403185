"""Fewer people than were wanted: those who are found go ahead only if the requester agrees."""

from sqlalchemy.orm import Session

from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.post.letters_nudging import one_alone
from matcher.actions.post.posting import queue_letters
from matcher.lifecycle.choices import OneAlone
from matcher.lifecycle.help_request import Event, State
from matcher.records.help_requests import HelpRequest


def offer_fewer(session: Session, request: HelpRequest, clock: Occasion) -> None:
    """Go ahead where the requester has agreed, else ask them, once."""
    if request.state != State.PART_FILLED:
        return
    if request.one_alone == OneAlone.AGREED:
        request.places = request.filled
        move(session, request, Event.WANT_FEWER, clock)
    elif request.one_alone == OneAlone.NOT_SAID:
        request.one_alone = OneAlone.ASKED
        queue_letters(session, one_alone, request, clock)
