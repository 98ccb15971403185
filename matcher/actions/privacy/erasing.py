"""Erasing a person: what they have open is ended, and their details leave every table.

What happened stays as history without a name. The address's keyed hash joins the list of erasures,
so that restoring an older backup brings nobody back.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.allowing import require_role
from matcher.actions.filling import lock_request, stand_down
from matcher.actions.moving import may, move
from matcher.actions.network.greeting import end_hellos
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.volunteer.answering import release_or_decline
from matcher.actions.volunteer.volunteering import get_volunteer
from matcher.lifecycle import advice, help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.access import Role
from matcher.lifecycle.choices import DeclineReason, WithdrawReason
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.mail.links import LinkKeys
from matcher.records.advice import AdviceNote
from matcher.records.blanking import blank_all, blank_roots
from matcher.records.coordinators import Coordinator
from matcher.records.database import leave_no_traces, writing
from matcher.records.erasures import ErasedAddress, Erasure, digest_of, list_erasures
from matcher.records.offers import IndexVersion
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import PeerAnswer
from matcher.records.person import Person, find_person, list_addresses, rows_of
from matcher.records.personal_data import ERASED, table_named
from matcher.records.programmes import get_programme

NO_LONGER = (pairing.State.INVITED, pairing.State.RESERVE, *pairing.HOLDS_PLACE)


def erase(address: str, keys: LinkKeys, occasion: Occasion) -> None:
    """Erase everything about whoever has this address.

    Raises NotFound where nothing is kept, NotAllowed for somebody who still coordinates, and where
    a coordinator does it who does not administer.
    """
    with writing() as session:
        require_role(session, Role.ADMINISTRATOR, occasion)
        person = find_person(session, address)
        if not person.known:
            raise NotFound("nothing is kept about this address")
        if still_coordinates(session, person):
            raise NotAllowed("somebody who coordinates: end their access first")
        _add_to_list(session, person.address, keys, occasion)
        _erase(session, person, occasion)
        _fit_anew(session, occasion)
    leave_no_traces()


def still_coordinates(session: Session, person: Person) -> bool:
    """Return whether the person may still sign in to the dashboard."""
    access = select(Coordinator.id).where(Coordinator.id.in_(person.coordinators))
    return session.scalars(access.where(Coordinator.ended_at.is_(None))).first() is not None


def _erase(session: Session, person: Person, occasion: Occasion) -> None:
    # Blanked first: the emails that the endings cause then have nothing left to tell of them.
    blank_roots(session, person)
    for request_id in person.requests:
        _end_request(session, request_id, occasion)
    for volunteer_id in person.volunteers:
        _end_offer(session, volunteer_id, occasion)
    _take_down_notes(session, person, occasion)
    _end_quotes(session, person, occasion)
    session.flush()
    blank_all(session, person, occasion.now)


def _end_request(session: Session, request_id: int, occasion: Occasion) -> None:
    request = lock_request(session, request_id)
    ended = {"ended_at": occasion.now, "next_at": None}
    if request.state == help_request.State.UNCONFIRMED:
        clock = occasion.by_clock()
        move(session, request, help_request.Event.FORGET, clock, changes=ended)
    elif request.state in help_request.OPEN:
        own = replace(occasion, actor=Actor.REQUESTER, actor_id=None)
        changes = {**ended, "end_reason": WithdrawReason.OTHER.value}
        move(session, request, help_request.Event.WITHDRAW, own, changes=changes)
        stand_down(session, request, own)


def _end_offer(session: Session, volunteer_id: int, occasion: Occasion) -> None:
    volunteer = get_volunteer(session, volunteer_id)
    own = replace(occasion, actor=Actor.VOLUNTEER, actor_id=volunteer_id)
    asked = select(Pairing.id).filter_by(volunteer_id=volunteer_id).order_by(Pairing.id)
    for pairing_id in session.scalars(asked.where(Pairing.state.in_(NO_LONGER))).all():
        release_or_decline(session, pairing_id, DeclineReason.OTHER, "", own)
    end_hellos(session, volunteer_id, own)
    if may(volunteer, standing.Event.LEAVE, own):
        move(session, volunteer, standing.Event.LEAVE, own, changes={"next_at": None})
        publish_offer(session, volunteer, own)
    elif volunteer.state == standing.State.UNCONFIRMED:
        clock = occasion.by_clock()
        move(session, volunteer, standing.Event.FORGET, clock, changes={"next_at": None})


def _take_down_notes(session: Session, person: Person, occasion: Occasion) -> None:
    """Take the person's notes of advice down: they stood by consent."""
    for side in (Actor.REQUESTER, Actor.VOLUNTEER):
        own = replace(occasion, actor=side, actor_id=None)
        mine = rows_of(person, side, table_named(AdviceNote.__tablename__))
        for note in session.scalars(select(AdviceNote).where(mine)).all():
            if may(note, advice.Event.TAKE_DOWN, own):
                move(session, note, advice.Event.TAKE_DOWN, own, changes={"next_at": None})


def _end_quotes(session: Session, person: Person, occasion: Occasion) -> None:
    """Take down, without the words, what others made of the person's answers to a question."""
    own = replace(occasion, actor=Actor.VOLUNTEER, actor_id=None)
    answers = select(PeerAnswer.id).where(PeerAnswer.volunteer_id.in_(person.volunteers))
    quoting = select(AdviceNote).where(AdviceNote.peer_answer_id.in_(answers))
    for note in session.scalars(quoting).all():
        if may(note, advice.Event.TAKE_DOWN, own):
            move(session, note, advice.Event.TAKE_DOWN, own, changes={"next_at": None})
        note.helped = ERASED


def _add_to_list(session: Session, address: str, keys: LinkKeys, occasion: Occasion) -> None:
    session.add(
        Erasure(
            key_id=keys.current,
            digest=digest_of(address, keys.keys[keys.current]),
            erased_at=occasion.now,
            actor=occasion.actor,
            actor_id=occasion.actor_id if occasion.actor == Actor.COORDINATOR else None,
        )
    )


def _fit_anew(session: Session, occasion: Occasion) -> None:
    """Have every process build its index anew, without the words of whoever was erased."""
    programme = get_programme(session)
    session.refresh(programme)
    made = {"up_to": programme.offer_number, "made_at": occasion.now}
    session.add(IndexVersion(programme_id=programme.id, **made))


def erase_again(erased: Iterable[ErasedAddress], keys: LinkKeys, occasion: Occasion) -> int:
    """Apply a list of erasures to a database that is older than it; return how many were there.

    Only what was begun before an erasure goes: who came back since stays. Raises NotFound where a
    line was written with a key that is no longer kept.
    """
    lines = sorted(set(erased))
    missing = {line.key_id for line in lines} - keys.keys.keys()
    if missing:
        raise NotFound(f"link keys that the list of erasures needs: {', '.join(sorted(missing))}")
    with writing() as session:
        known = set(list_erasures(session))
        found = [each for line in lines for each in _find_erased(session, line, keys)]
        for person in found:
            _erase(session, person, occasion)
        for line in lines:
            if line not in known:
                session.add(_row(line))
        if found:
            _fit_anew(session, occasion)
    leave_no_traces()
    return len(found)


def _row(line: ErasedAddress) -> Erasure:
    return Erasure(
        key_id=line.key_id, digest=line.digest, erased_at=line.erased_at, actor=Actor.CLOCK
    )


def _find_erased(session: Session, line: ErasedAddress, keys: LinkKeys) -> list[Person]:
    key = keys.keys[line.key_id]
    addresses = {each for each in list_addresses(session) if digest_of(each, key) == line.digest}
    found = (find_person(session, each, before=line.erased_at) for each in sorted(addresses))
    return [person for person in found if person.known]
