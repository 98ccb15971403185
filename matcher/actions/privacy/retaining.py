"""How long details are kept: rules made of the settings, applied once a day, or tried as a dry run.

What is only a day or a week old (drafts, addresses that nobody proved) is the upkeep's to forget.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle import help_request
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.keeping import months_before
from matcher.records.blanking import blank
from matcher.records.coordinators import Coordinator
from matcher.records.database import db, leave_no_traces, writing
from matcher.records.erasures import Erasure
from matcher.records.hellos import HelloWords
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.person import Person
from matcher.records.personal_data import ERASED
from matcher.records.received import ReceivedEmail
from matcher.records.volunteers import Volunteer

BATCH = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is not kept for ever: what is due at a moment, and how it is erased."""

    name: str
    words: str
    months: Callable[[Occasion], int]
    due: Callable[[datetime], Select[int]]
    erase: Callable[[Session, Sequence[int], datetime], None]


@dataclass(frozen=True, slots=True)
class Due:
    """How many rows a rule would erase now, and what was older than ``before`` when it looked."""

    rule: Rule
    before: datetime
    count: int


def _requests(before: datetime) -> Select[int]:
    ended = HelpRequest.state.in_(help_request.ENDED)
    with_details = HelpRequest.requester_name != ERASED
    return select(HelpRequest.id).where(ended, with_details, HelpRequest.ended_at < before)


def _offers(before: datetime) -> Select[int]:
    left = (
        select(Happening.volunteer_id)
        .where(Happening.event == standing.Event.LEAVE)
        .where(Happening.subject == Volunteer.__tablename__)
        .group_by(Happening.volunteer_id)
        .having(func.max(Happening.at) < before)
    )
    gone = (Volunteer.state == standing.State.LEFT, Volunteer.name != ERASED)
    return select(Volunteer.id).where(*gone, Volunteer.id.in_(left))


def _coordinators(before: datetime) -> Select[int]:
    with_details = Coordinator.name != ERASED
    return select(Coordinator.id).where(with_details, Coordinator.ended_at < before)


def _emails(before: datetime) -> Select[int]:
    done = (OutgoingEmail.to_address != "", OutgoingEmail.queued_at < before)
    return select(OutgoingEmail.id).where(*done, ~still_waiting())


def _received(before: datetime) -> Select[int]:
    with_words = ReceivedEmail.from_address != ""
    return select(ReceivedEmail.id).where(with_words, ReceivedEmail.received_at < before)


def _hello_words(before: datetime) -> Select[int]:
    return select(HelloWords.id).where(HelloWords.words != "", HelloWords.written_at < before)


def _erasures(before: datetime) -> Select[int]:
    return select(Erasure.id).where(Erasure.erased_at < before)


def _blank_requests(session: Session, ids: Sequence[int], now: datetime) -> None:
    blank(session, Person(requests=tuple(ids)), now)


def _blank_offers(session: Session, ids: Sequence[int], now: datetime) -> None:
    blank(session, Person(volunteers=tuple(ids)), now)


def _blank_coordinators(session: Session, ids: Sequence[int], now: datetime) -> None:
    blank(session, Person(coordinators=tuple(ids)), now)


def _blank_emails(session: Session, ids: Sequence[int], _now: datetime) -> None:
    nothing = {"to_name": "", "to_address": "", "context": {}, "last_error": ""}
    session.execute(update(OutgoingEmail).where(OutgoingEmail.id.in_(ids)).values(nothing))


def _blank_received(session: Session, ids: Sequence[int], _now: datetime) -> None:
    nothing = {"from_address": "", "subject": "", "text": ""}
    session.execute(update(ReceivedEmail).where(ReceivedEmail.id.in_(ids)).values(nothing))


def _blank_hello_words(session: Session, ids: Sequence[int], _now: datetime) -> None:
    session.execute(update(HelloWords).where(HelloWords.id.in_(ids)).values(words=""))


def _delete_erasures(session: Session, ids: Sequence[int], _now: datetime) -> None:
    session.execute(delete(Erasure).where(Erasure.id.in_(ids)))


def _details(occasion: Occasion) -> int:
    return occasion.settings.retention_months


def _words(occasion: Occasion) -> int:
    return occasion.settings.email_months


RULES: tuple[Rule, ...] = (
    Rule("requests", "help requests that ended", _details, _requests, _blank_requests),
    Rule("offers", "offers of those who left", _details, _offers, _blank_offers),
    Rule("coordinators", "access that ended", _details, _coordinators, _blank_coordinators),
    Rule("emails", "emails that were dealt with", _words, _emails, _blank_emails),
    Rule("hellos", "what was written with hellos", _words, _hello_words, _blank_hello_words),
    Rule("received", "emails that came", _words, _received, _blank_received),
    Rule("erasures", "the list of erasures", _details, _erasures, _delete_erasures),
)


def list_due(occasion: Occasion) -> Iterator[Due]:
    """Return what each rule would erase now. Nothing is changed."""
    session = db.session()
    for rule in RULES:
        before = _before(rule, occasion)
        counted = select(func.count()).select_from(rule.due(before).subquery())
        yield Due(rule, before, session.scalar(counted) or 0)
    session.rollback()


def _before(rule: Rule, occasion: Occasion) -> datetime:
    return months_before(occasion.now, rule.months(occasion))


def apply_retention(occasion: Occasion) -> int:
    """Erase everything that is due, in batches, and return how many rows there were."""
    erased = sum(_apply(rule, occasion) for rule in RULES)
    leave_no_traces()
    return erased


def _apply(rule: Rule, occasion: Occasion) -> int:
    erased = 0
    while True:
        with writing() as session:
            ids = session.scalars(rule.due(_before(rule, occasion)).limit(BATCH)).all()
            if ids:
                rule.erase(session, ids, occasion.now)
        erased += len(ids)
        if len(ids) < BATCH:
            return erased
