"""Taking a person's details out of every table; what happened stays, with nobody's name."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    delete,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from matcher.lifecycle.tables import Actor
from matcher.records.database import JsonObject
from matcher.records.hellos import Hello
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link, links_of
from matcher.records.organisations import Organisation
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.peer_questions import PeerAnswer, PeerQuestion
from matcher.records.person import ROOTS, Person, emails_to, rows_of
from matcher.records.personal_data import ERASED, REGISTER, blanks, table_named
from matcher.records.volunteers import Volunteer

#: Emails and organisations belong to more than one person: see below.
BY_HAND = frozenset({OutgoingEmail.__tablename__, Organisation.__tablename__})
#: Words in an email's values that are about nobody. Whatever is not named here is blanked.
ABOUT_NOBODY = frozenset(
    {
        "reference",
        "uid",
        "on",
        "chosen_on",
        "answer_by",
        "since",
        "dates",
        "who_pays",
        "kind",
        "why",
        "needing",
        "reason",
    }
)


def blank(session: Session, person: Person, now: datetime) -> None:
    """Take everything about the person out of every table."""
    session.flush()
    blank_roots(session, person)
    blank_all(session, person, now)


def blank_roots(session: Session, person: Person) -> None:
    """Blank the rows that stand for the person, so that nothing caused later can name them."""
    for side, name in ROOTS.items():
        _blank(session, person, side, name)
    session.expire_all()


def blank_all(session: Session, person: Person, now: datetime) -> None:
    """Blank or delete everything else of theirs, and revoke their links."""
    _blank_emails(session, person, now)
    for side in ROOTS:
        for name in REGISTER.keys() - BY_HAND:
            _blank(session, person, side, name)
    _blank_organisations(session, person)
    _revoke_links(session, person, now)
    session.expire_all()


def _blank(session: Session, person: Person, side: Actor, name: str) -> None:
    table, values = table_named(name), blanks(name, side)
    mine = rows_of(person, side, table)
    if REGISTER[name].deleted:
        session.execute(delete(table).where(mine))
    elif values:
        session.execute(update(table).where(mine).values(values))


def _blank_emails(session: Session, person: Person, now: datetime) -> None:
    """Blank the emails to the person; those to others that still wait go without their words."""
    to_them, about_them = _emails_to(person), _emails_about(session, person)
    waiting = and_(to_them, still_waiting())
    skipped = {"skipped_at": now, "skipped_because": "erased"}
    _update_emails(session, waiting, skipped)
    ours = blanks(OutgoingEmail.__tablename__, Actor.REQUESTER)
    _update_emails(session, to_them, ours)
    # An id that is not there is neither in a list nor out of it: NULL counts as "no" here.
    others = and_(about_them, not_(func.coalesce(to_them, false())))
    _update_emails(session, and_(others, not_(still_waiting())), {"context": {}, "last_error": ""})
    for email in session.scalars(select(OutgoingEmail).where(others, still_waiting())):
        email.context, email.last_error = without_words(email.context), ""
    session.flush()


def _update_emails(session: Session, which: ColumnElement[bool], values: dict[str, object]) -> None:
    changed = update(OutgoingEmail).where(which).values(values)
    session.execute(changed.execution_options(synchronize_session=False))


def _emails_to(person: Person) -> ColumnElement[bool]:
    to_nobody_else = and_(
        OutgoingEmail.volunteer_id.is_(None), OutgoingEmail.coordinator_id.is_(None)
    )
    return or_(
        emails_to(person.address, person.before),
        OutgoingEmail.volunteer_id.in_(person.volunteers),
        OutgoingEmail.coordinator_id.in_(person.coordinators),
        and_(OutgoingEmail.help_request_id.in_(person.requests), to_nobody_else),
    )


def _emails_about(session: Session, person: Person) -> ColumnElement[bool]:
    """Return the condition for emails that may name the person.

    Whoever passed an invitation on to them got a receipt that does; so does a coordinator's digest.
    """
    table = table_named(OutgoingEmail.__tablename__)
    pairings = session.scalars(select(OutgoingEmail.pairing_id).where(_emails_to(person)))
    shared = {each for each in pairings if each is not None}
    return or_(
        *(rows_of(person, side, table) for side in ROOTS),
        OutgoingEmail.pairing_id.in_(shared),
        and_(
            OutgoingEmail.name.in_(("hello", "hello_answer", "hello_unpassed")),
            OutgoingEmail.volunteer_id.in_(_greeted(person)),
        ),
        and_(
            OutgoingEmail.name == "peer_answer",
            OutgoingEmail.help_request_id.in_(
                select(PeerQuestion.help_request_id)
                .join(PeerAnswer)
                .where(PeerAnswer.volunteer_id.in_(person.volunteers))
            ),
        ),
        OutgoingEmail.coordinator_id.is_not(None),
    )


def _greeted(person: Person) -> CompoundSelect[int]:
    """Return whom the person's hellos went to, or came from: their emails hold the words."""
    theirs = person.volunteers
    to_them = select(Hello.to_id).where(Hello.from_id.in_(theirs))
    return to_them.union(select(Hello.from_id).where(Hello.to_id.in_(theirs)))


def without_words(context: JsonObject) -> JsonObject:
    """Return an email's values with every word taken out that may be somebody's.

    An organisation's name stays where it is a listed one; else it is what somebody typed.
    """
    plain = ABOUT_NOBODY | {"organisation"} if context.get("listed") else ABOUT_NOBODY
    return {key: value if key in plain else _without_words(value) for key, value in context.items()}


def _without_words(value: object) -> object:
    if isinstance(value, dict):
        return without_words(value)
    if isinstance(value, list):
        return [_without_words(each) for each in value]
    return ERASED if isinstance(value, str) and value else value


def _blank_organisations(session: Session, person: Person) -> None:
    """Blank the name of an organisation that was typed, that nobody vetted and no one else uses."""
    mine = or_(
        Organisation.id.in_(
            select(HelpRequest.organisation_id).where(HelpRequest.id.in_(person.requests))
        ),
        Organisation.id.in_(
            select(Volunteer.organisation_id).where(Volunteer.id.in_(person.volunteers))
        ),
    )
    used = or_(
        exists().where(
            HelpRequest.organisation_id == Organisation.id, HelpRequest.requester_email != ""
        ),
        exists().where(Volunteer.organisation_id == Organisation.id, Volunteer.email != ""),
    )
    typed = select(Organisation).where(mine, Organisation.vetted.is_(False), not_(used))
    for organisation in session.scalars(typed):
        organisation.name, organisation.short_name = f"{ERASED} {organisation.id}", ""
    session.flush()


def _revoke_links(session: Session, person: Person, now: datetime) -> None:
    """Make the person's own links worthless; those of others about the same things live on."""
    revoked = update(Link).where(links_of(person), Link.revoked_at.is_(None)).values(revoked_at=now)
    session.execute(revoked.execution_options(synchronize_session=False))
