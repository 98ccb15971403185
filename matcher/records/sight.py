"""What somebody at the desk sees whose work is limited to areas: one rule for each table.

``narrow`` hangs the rules on a session. From then on every reading of it leaves out what is not
theirs, whichever page asks, until ``whole_sight`` or ``writing`` lifts them for an action. A table
is named here, or among those that everybody may read: a house test holds every table to it.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    and_,
    event,
    false,
    inspect,
    or_,
    select,
    union,
)
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from matcher.records.advice import AdviceNote, AdviceReport
from matcher.records.api_tokens import ApiToken
from matcher.records.coordinators import Coordinator
from matcher.records.database import SIGHT, Base
from matcher.records.drafts import Draft
from matcher.records.erasures import Erasure
from matcher.records.events import Going, MeetingEvent
from matcher.records.hellos import Hello, HelloWords
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.limits import Tally
from matcher.records.links import Link
from matcher.records.offers import IndexVersion, OfferChange
from matcher.records.organisations import Organisation, OrganisationDomain
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing, Visit
from matcher.records.past_proposals import PastProposal
from matcher.records.peer_questions import PeerAnswer, PeerQuestion
from matcher.records.programmes import Programme, ProgrammeSettingsVersion
from matcher.records.received import ReceivedEmail
from matcher.records.saved_views import SavedView
from matcher.records.tasks import Task
from matcher.records.thesaurus_versions import ThesaurusVersion
from matcher.records.uploads import Upload, UploadLine
from matcher.records.volunteers import Away, Volunteer, VolunteerNote
from matcher.records.workers import WorkerSign

#: What concerns nobody's request: everybody at the desk may read it. Offers are read into the
#: index alone, which ranks alike for everybody; pages name people by their ``Volunteer``.
FOR_EVERYBODY: frozenset[type[Base]] = frozenset(
    {
        *(Coordinator, Programme, ProgrammeSettingsVersion, ThesaurusVersion, WorkerSign, Tally),
        *(Organisation, OrganisationDomain, MeetingEvent, OfferChange, IndexVersion),
    }
)
#: What only those see who see everything.
FOR_NOBODY: frozenset[type[Base]] = frozenset(
    {Draft, Erasure, Hello, HelloWords, Upload, UploadLine, AdviceReport}
)
#: What hangs on a request; or on a volunteer, where it is about no request.
ABOUT_EITHER: tuple[type[Base], ...] = (
    *(Task, OutgoingEmail, Happening, ReceivedEmail, AdviceNote, Link, Going),
)


class HiddenFromAreasError(Exception):
    """A page for people with areas was about to read something that cannot be narrowed."""


@dataclass(frozen=True)
class Own:
    """Selects of the ids that are a person's own, by their areas.

    Their tables are aliases, which no reading mistakes for its own. A volunteer is theirs who
    starts from their areas, or was proposed or asked for a request of theirs.
    """

    requests: Select[int]
    pairings: Select[int]
    questions: Select[int]
    asked_people: CompoundSelect[int]
    volunteers: Select[int]

    @classmethod
    def of(cls, councils: Collection[str]) -> Self:
        """Return the selects for some councils."""
        asking, pairing = _table(HelpRequest), _table(Pairing)
        question, answer, person = _table(PeerQuestion), _table(PeerAnswer), _table(Volunteer)
        codes = list(councils)
        requests = select(asking.c.id).where(asking.c.council_gss.in_(codes))
        asked = pairing.c.help_request_id.in_(requests)
        questions = select(question.c.id).where(question.c.help_request_id.in_(requests))
        answered = answer.c.peer_question_id.in_(questions)
        asked_people = union(
            select(pairing.c.volunteer_id).where(asked),
            select(answer.c.volunteer_id).where(answered),
        )
        theirs = or_(person.c.council_gss.in_(codes), person.c.id.in_(asked_people))
        return cls(
            requests=requests,
            pairings=select(pairing.c.id).where(asked),
            questions=questions,
            asked_people=asked_people,
            volunteers=select(person.c.id).where(theirs),
        )


def _table(model: type[Base]) -> FromClause:
    return model.__table__.alias(f"own_{model.__tablename__}")


@contextmanager
def narrowed(
    session: Session, person_id: int, councils: Collection[str] | None
) -> Iterator[Session]:
    """Show a session meanwhile what a person sees who has these areas; None is everything."""
    narrow(session, person_id, councils)
    try:
        yield session
    finally:
        session.info.pop(SIGHT, None)
        session.expunge_all()


def narrow(session: Session, person_id: int, councils: Collection[str] | None) -> None:
    """Show a session from now on what a person sees who has these areas; None is everything.

    Nothing may be kept from before: a row that is in memory is not asked for again.
    """
    session.info.pop(SIGHT, None)
    if councils is None:
        return
    session.expunge_all()
    session.info[SIGHT] = [
        with_loader_criteria(model, rule, include_aliases=True, propagate_to_loaders=False)
        for model, rule in rules_of(person_id, councils).items()
    ]


@event.listens_for(Session, "do_orm_execute")
def _leave_out_the_rest(asked: ORMExecuteState) -> None:
    """Add the rules to a reading. Raises HiddenFromAreasError where they would not count."""
    rules = asked.session.info.get(SIGHT)
    if rules is None:
        return
    if not asked.is_orm_statement or not asked.is_select:
        raise HiddenFromAreasError(str(asked.statement))
    asked.statement = asked.statement.options(*rules)


def rules_of(person_id: int, councils: Collection[str]) -> Mapping[type[Base], ColumnElement[bool]]:
    """Return for each table the condition for what the person sees."""
    own = Own.of(councils)
    rules: dict[type[Base], ColumnElement[bool]] = {
        HelpRequest: HelpRequest.council_gss.in_(list(councils)),
        Volunteer: or_(
            Volunteer.council_gss.in_(list(councils)), Volunteer.id.in_(own.asked_people)
        ),
        Pairing: Pairing.help_request_id.in_(own.requests),
        Visit: Visit.pairing_id.in_(own.pairings),
        PastProposal: PastProposal.help_request_id.in_(own.requests),
        PeerQuestion: PeerQuestion.help_request_id.in_(own.requests),
        PeerAnswer: PeerAnswer.peer_question_id.in_(own.questions),
        Away: Away.volunteer_id.in_(own.volunteers),
        VolunteerNote: VolunteerNote.volunteer_id.in_(own.volunteers),
        ApiToken: ApiToken.coordinator_id == person_id,
        SavedView: SavedView.coordinator_id == person_id,
        Link: or_(Link.coordinator_id == person_id, _about_either(Link, own)),
    }
    hanging = {model: _about_either(model, own) for model in ABOUT_EITHER}
    return hanging | rules | dict.fromkeys(FOR_NOBODY, false())


def _about_either(model: type[Base], own: Own) -> ColumnElement[bool]:
    """Return the condition for what is about an own request, or a volunteer seen and no request."""
    request, volunteer = _column(model, "help_request_id"), _column(model, "volunteer_id")
    about = or_(request.in_(own.requests), and_(request.is_(None), volunteer.in_(own.volunteers)))
    if "pairing_id" not in inspect(model).columns:
        return about
    pairing = _column(model, "pairing_id")
    return and_(about, or_(pairing.is_(None), pairing.in_(own.pairings)))


def sees(session: Session, model: type[Base], row_id: int) -> bool:
    """Return whether a session shows a row: one that is there, and is not left out."""
    key = _column(model, "id")
    return session.scalar(select(key).where(key == row_id)) is not None


def _column(model: type[Base], name: str) -> ColumnElement[int]:
    column: ColumnElement[int] = inspect(model).column_attrs[name].class_attribute.expression
    return column
