"""A question that did not reach somebody: their part ends, and the next who fit are asked."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.filling import lock_request
from matcher.actions.moving import may, move
from matcher.actions.network.asking_peers import list_fitting, put_to
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.offering import may_be_asked
from matcher.lifecycle import help_request
from matcher.lifecycle.peer_question import AskEvent, AskState, Event, State
from matcher.lifecycle.refusals import Refused
from matcher.records.database import db, writing
from matcher.records.help_requests import held_ids
from matcher.records.peer_questions import PeerAnswer, PeerQuestion, find_question, list_answers
from matcher.records.programmes import lock_programme
from matcher.records.volunteers import Volunteer

BATCH = 20
ENDED = {"next_at": None}


def end_unreached(session: Session, asked: PeerAnswer, occasion: Occasion) -> None:
    """End one volunteer's part in a question that did not reach them; the request is held.

    Where nobody has answered yet, others are looked for as soon as the matcher is free.
    """
    clock = occasion.by_clock()
    if may(asked, AskEvent.BOUNCE, clock):
        move(session, asked, AskEvent.BOUNCE, clock)
        if asked.question.state == State.OPEN:
            asked.question.unreached_at = clock.now


def ask_others_due(live: LiveIndex, occasion: Occasion) -> int:
    """Look for others for each question that did not reach somebody; return how many."""
    short = select(PeerQuestion.help_request_id).where(PeerQuestion.unreached_at.is_not(None))
    free = short.where(PeerQuestion.help_request_id.not_in(held_ids()))
    ids = db.session.scalars(free.order_by(PeerQuestion.id).limit(BATCH)).all()
    for request_id in ids:
        try:
            ask_others(live, request_id, occasion)
        except Refused:
            continue  # the request has moved on since
    db.session.rollback()
    return len(ids)


def ask_others(live: LiveIndex, request_id: int, occasion: Occasion) -> None:
    """Put a question to the next who fit, as many as are short, and tell whoever asked."""
    known = find_question(db.session(), request_id)
    words = "" if known is None else known.words
    fitting = list_fitting(live, request_id, words, occasion)
    with writing() as session:
        request = lock_request(session, request_id)
        question = find_question(session, request_id)
        if question is None or question.unreached_at is None:
            return
        question.unreached_at = None
        if question.state != State.OPEN or request.state in help_request.ENDED:
            return
        lock_programme(session, request.programme_id)  # caps are counted one after the other
        put_to(session, question, _next(session, question, fitting, occasion), occasion)
        awaited = list_answers(session, question.id, AskState.ASKED)
        event, changes = (Event.ASK_OTHERS, {}) if awaited else (Event.REACH_NOBODY, ENDED)
        move(session, question, event, occasion, changes=changes)


def _next(
    session: Session, question: PeerQuestion, fitting: list[int], occasion: Occasion
) -> list[Volunteer]:
    """Return the best of those who fit, were not asked yet, and may be: as many as are short."""
    known = list_answers(session, question.id, *AskState)
    lost = sum(1 for each in known if each.state == AskState.LAPSED)
    asked = {each.volunteer_id for each in known}
    others = [session.get_one(Volunteer, each) for each in fitting if each not in asked]
    short = max(0, occasion.settings.question_to - (len(known) - lost))
    return [each for each in others if may_be_asked(session, each, occasion)][:short]
