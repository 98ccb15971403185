"""Ask a question first: a few fitting volunteers answer it, before anybody is asked to travel."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_task
from matcher.actions.filling import lock_request, stand_down
from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.needs import settled_ids, unwanted_of
from matcher.actions.proposals.offering import may_be_asked, publish_offer
from matcher.actions.volunteer.resting import hear_from
from matcher.lifecycle import help_request
from matcher.lifecycle.choices import TaskKind, WithdrawReason
from matcher.lifecycle.peer_question import TAKES_ANSWERS, AskEvent, AskState, Event, State
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.working_days import deadline, next_asking_time
from matcher.matching.offers import Need
from matcher.records.database import again_if_beaten, db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.peer_questions import PeerAnswer, PeerQuestion, find_question, list_answers
from matcher.records.programmes import lock_programme
from matcher.records.volunteers import Volunteer

#: Before anybody was asked to come; later, the invitations are the question.
MAY_ASK = frozenset({help_request.State.IN_REVIEW, help_request.State.NOBODY})
#: So many are looked at for each who is wanted: some are away, or at their cap, by now.
LOOKED_AT = 5


@again_if_beaten
def ask_first(live: LiveIndex, request_id: int, words: str, occasion: Occasion) -> int:
    """Put a question to the volunteers who fit it best, and return how many were asked.

    Caps, days away, topics, unwanted organisations: all that bars an invitation bars a question,
    but for the travel. Sent twice, it is asked once. Raises NotAllowed where there is nobody to
    ask, or somebody was already asked to come.
    """
    fitting = list_fitting(live, request_id, words, occasion)
    with writing() as session:
        request = lock_request(session, request_id)
        known = find_question(session, request_id)
        if known is not None:
            return len(list_answers(session, known.id, *AskState))
        lock_programme(session, request.programme_id)  # caps are counted one after the other
        if request.state not in MAY_ASK:
            raise NotAllowed("somebody is already asked to come, or the request has ended")
        people = [session.get_one(Volunteer, each) for each in fitting]
        free = [each for each in people if may_be_asked(session, each, occasion)]
        if not free:
            raise NotAllowed("nobody can be asked this just now")
        _put(session, request, words, free[: occasion.settings.question_to], occasion)
        return min(len(free), occasion.settings.question_to)


def list_fitting(live: LiveIndex, request_id: int, words: str, occasion: Occasion) -> list[int]:
    """Return the volunteers who fit a question best; more than are asked."""
    session: Session = db.session()
    request = session.get_one(HelpRequest, request_id)
    need = Need(
        id=f"question {request_id}",
        title=words,
        text=request.need,
        organisation_id=str(request.organisation.counts_as),
        unwanted_organisations=unwanted_of(request),
        refused=settled_ids(session, [request_id])[request_id],
        as_of=occasion.today,
    )
    index = live.follow(session)
    session.rollback()  # no transaction stays open while the matcher works
    found = index.rank(need, occasion.settings.question_to * LOOKED_AT)
    return [int(each.offer_id) for each in found]


def _put(
    session: Session,
    request: HelpRequest,
    words: str,
    people: list[Volunteer],
    occasion: Occasion,
) -> None:
    question = PeerQuestion(
        programme_id=request.programme_id,
        help_request_id=request.id,
        words=words,
        asked_at=occasion.now,
    )
    session.add(question)
    session.flush()
    put_to(session, question, people, occasion)


def put_to(
    session: Session, question: PeerQuestion, people: Iterable[Volunteer], occasion: Occasion
) -> None:
    """Put a question to these volunteers; it waits for the slowest of them."""
    for volunteer in people:
        due = _answer_by(volunteer, occasion)
        asked = PeerAnswer(peer_question_id=question.id, volunteer_id=volunteer.id, answer_by=due)
        session.add(asked)
        session.flush()
        question.next_at = max(due, question.next_at or due)
        move(session, asked, AskEvent.INVITE, occasion)
        publish_offer(session, volunteer, occasion)


def _answer_by(volunteer: Volunteer, occasion: Occasion) -> datetime:
    hours, days = occasion.settings.asking_hours, occasion.settings.question_working_days
    where = volunteer.nation, volunteer.organisation.closed_days
    return deadline(next_asking_time(occasion.now, hours, *where), days, hours, *where)


def answer_peer(answer_id: int, words: str, occasion: Occasion) -> None:
    """Keep an answer and tell the requester. Raises IllegalMove where it is settled by now."""
    with writing() as session:
        keep_answer(session, _locked(session, answer_id), words, occasion)


def keep_answer(session: Session, asked: PeerAnswer, words: str, occasion: Occasion) -> None:
    """Keep somebody's answer, whose request is held, and tell the requester."""
    changes = {"words": words, "answered_at": occasion.now}
    move(session, asked, AskEvent.ANSWER, occasion, changes=changes)
    move(session, asked.question, Event.ANSWER, occasion)
    hear_from(session, asked.volunteer, occasion.by_clock())


def decline_to_answer(answer_id: int, occasion: Occasion, *, report: str = "") -> None:
    """Say no, or report the question to the coordinators; when all said no, nobody waits longer."""
    with writing() as session:
        asked = _locked(session, answer_id)
        if may(asked, AskEvent.DECLINE, occasion):
            move(session, asked, AskEvent.DECLINE, occasion)
        if report:
            key, kind = f"answer {answer_id}", TaskKind.QUESTION_REPORTED
            about = asked.question.help_request_id
            add_task(session, kind, key, occasion, words=report, help_request_id=about)
        _run_out(session, asked.question, occasion)


def _run_out(session: Session, question: PeerQuestion, occasion: Occasion) -> None:
    clock = occasion.by_clock()
    awaited = list_answers(session, question.id, AskState.ASKED)
    if not awaited and may(question, Event.RUN_OUT, clock):
        move(session, question, Event.RUN_OUT, clock, changes={"next_at": None})


def settle_with(request_id: int, answer_id: int, occasion: Occasion) -> None:
    """End the request, for an answer was all that was needed; it is counted. Raises NotFound."""
    with writing() as session:
        request, question = _own(session, request_id)
        answers = list_answers(session, question.id, AskState.ANSWERED)
        helped = next((each for each in answers if each.id == answer_id), None)
        if helped is None:
            raise NotFound("no such answer")
        helped.helped = True
        move(session, question, Event.SOLVE, occasion, changes={"next_at": None})
        _stand_down(session, question, occasion)
        reason = WithdrawReason.ANSWERED.value
        ended = {"ended_at": occasion.now, "next_at": None, "end_reason": reason}
        withdraw, facts = help_request.Event.WITHDRAW, {"reason": reason}
        move(session, request, withdraw, occasion, facts=facts, changes=ended)
        stand_down(session, request, occasion)


def ask_for_visit(request_id: int, occasion: Occasion) -> None:
    """Go on to a visit: who answered is proposed first, if nothing else bars them."""
    with writing() as session:
        request, question = _own(session, request_id)
        move(session, question, Event.ASK_FOR_VISIT, occasion, changes={"next_at": None})
        _stand_down(session, question, occasion)
        if request.state in MAY_ASK:
            request.proposed_at, request.next_at = None, occasion.now


def remove_question(request_id: int, occasion: Occasion) -> None:
    """Take a question down as a coordinator: nobody reads it any more."""
    with writing() as session:
        _request, question = _own(session, request_id)
        move(session, question, Event.REMOVE, occasion, changes={"next_at": None})
        _stand_down(session, question, occasion)


def _stand_down(session: Session, question: PeerQuestion, occasion: Occasion) -> None:
    """Let those who were asked off; their emails that still wait are overtaken."""
    for asked in list_answers(session, question.id, AskState.CHOSEN, AskState.ASKED):
        move(session, asked, AskEvent.STAND_DOWN, occasion)


def _own(session: Session, request_id: int) -> tuple[HelpRequest, PeerQuestion]:
    request = lock_request(session, request_id)
    question = find_question(session, request_id)
    if question is None:
        raise NotFound("no such question")
    return request, question


def _locked(session: Session, answer_id: int) -> PeerAnswer:
    """Hold the request first, then the answer. Raises NotFound."""
    asked = session.get(PeerAnswer, answer_id)
    if asked is None:
        raise NotFound("no such question")
    lock_request(session, asked.question.help_request_id)
    session.refresh(asked)
    session.refresh(asked.question)
    return asked


def due_questions(occasion: Occasion) -> Select[int]:
    """Select the questions that nobody answered in time, or whose request has ended."""
    ended = HelpRequest.state.in_(help_request.ENDED)
    late = (PeerQuestion.state == State.OPEN) & (PeerQuestion.next_at <= occasion.now)
    open_ones = select(PeerQuestion.id).join(HelpRequest)
    return open_ones.where(PeerQuestion.state.in_(TAKES_ANSWERS), or_(ended, late))


def settle_question(session: Session, question_id: int, occasion: Occasion) -> None:
    """Let a question run out, or end with its request."""
    question = session.get_one(PeerQuestion, question_id)
    request = lock_request(session, question.help_request_id)
    session.refresh(question)
    if request.state in help_request.ENDED:
        move(session, question, Event.WITHDRAW, occasion, changes={"next_at": None})
        _stand_down(session, question, occasion)
        return
    if question.next_at is None or question.next_at > occasion.now:
        raise NotAllowed("not due")
    for asked in list_answers(session, question.id, AskState.ASKED):
        move(session, asked, AskEvent.LAPSE, occasion)
    _run_out(session, question, occasion)
