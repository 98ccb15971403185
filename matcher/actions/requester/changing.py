"""What a requester changes after sending, and what each change sets off; nothing changes silently.

Whoever holds a place is asked for their yes again, whoever was asked hears of it, and the matcher
looks anew.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_task
from matcher.actions.filling import call_reserves, lock_request, stand_down_if_full
from matcher.actions.handed_in import Whereabouts
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.post.letters import request_changed
from matcher.actions.post.posting import queue_letters
from matcher.actions.proposals.keeping import propose_stood_down
from matcher.actions.proposals.suiting import still_suits
from matcher.actions.visit.dates import seek_date
from matcher.actions.visit.visiting import find_visit
from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle.choices import OneAlone, TaskKind
from matcher.lifecycle.refusals import NotAllowed
from matcher.matching.likeness import likeness
from matcher.records.database import JsonObject, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.pairings import Pairing

HR, PS = help_request.State, pairing.State
HELD = frozenset({PS.ACCEPTED, PS.CONFIRMED})
ASKED = frozenset({PS.INVITED, PS.RESERVE})
#: A need whose words are this much alike has not become another.
MUCH_ALIKE = 0.8


def change_dates(request_id: int, dates: Iterable[date], note: str, occasion: Occasion) -> None:
    """Ask for other dates; an expired request begins again with them.

    Raises NotAllowed where the request has ended for another reason.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        wanted = sorted(set(dates))
        facts = {"from": list(request.wanted_dates), "to": [day.isoformat() for day in wanted]}
        request.wanted_dates, request.dates_note = facts["to"], note
        if request.state == HR.EXPIRED:
            _begin_again(session, request, facts, occasion)
            return
        _change(session, request, "change_dates", facts, occasion)
        for kept in _list_in(session, request, HELD):
            if not _still_on(session, kept, wanted):
                seek_date(session, kept, [day for day in wanted if day > occasion.today], occasion)
        _tell_asked(session, request, "dates", occasion)


def _begin_again(
    session: Session, request: HelpRequest, facts: JsonObject, occasion: Occasion
) -> None:
    propose_stood_down(session, request, occasion)
    changes = {
        "ended_at": None,
        "end_reason": "",
        "proposed_at": None,
        "next_at": occasion.now,
    }
    event = help_request.Event.GIVE_NEW_DATE
    move(session, request, event, occasion, facts=facts, changes=changes)


def _still_on(session: Session, kept: Pairing, wanted: list[date]) -> bool:
    """Return whether the day that was chosen still stands, or every day that is still offered."""
    begun = find_visit(session, kept.id)
    if begun is not None and begun.state in visit.SEEKS_DATE:
        return not wanted or set(begun.dates_offered) <= set(wanted)
    return kept.chosen_on is None or not wanted or kept.chosen_on in wanted


def change_place(request_id: int, where: Whereabouts, occasion: Occasion) -> None:
    """Move the request to another place: who comes says yes again, and reach is looked at again.

    Raises NotAllowed where the request has ended.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        facts = {"from": request.place_label, "to": where.place_label}
        for name, value in asdict(where).items():
            setattr(request, name, value)
        _change(session, request, "change_place", facts, occasion)
        for kept in _list_in(session, request, HELD):
            days = [kept.chosen_on] if kept.chosen_on else list(request.dates)
            seek_date(session, kept, days, occasion, moved=True)
            if not still_suits(kept, occasion):
                _hand_to_coordinator(session, kept, occasion)
        _tell_asked(session, request, "place", occasion)


def change_need(request_id: int, need: str, occasion: Occasion) -> None:
    """Ask for something else: scores are looked at again, and who was asked is told.

    Raises NotAllowed where the request has ended.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        alike = likeness(request.need, need)
        request.need = need
        _change(session, request, "change_need", {"likeness": round(alike, 2)}, occasion)
        if alike < MUCH_ALIKE:
            request.changed_at = occasion.now
            _tell_asked(session, request, "need", occasion)


def _change(
    session: Session, request: HelpRequest, event: str, facts: JsonObject, occasion: Occasion
) -> None:
    """Keep that something changed, and let the matcher look anew."""
    if request.state in help_request.ENDED:
        raise NotAllowed("the request has ended")
    request.proposed_at, request.next_at = None, occasion.now
    session.add(
        Happening(
            at=occasion.now,
            subject=request.__tablename__,
            subject_id=request.id,
            help_request_id=request.id,
            event=event,
            from_state=request.state,
            to_state=request.state,
            actor=occasion.actor,
            actor_id=occasion.actor_id,
            facts=facts,
        )
    )


def _tell_asked(session: Session, request: HelpRequest, what: str, occasion: Occasion) -> None:
    """Tell whoever was asked what is new; whom it no longer suits is set free, with thanks."""
    for kept in _list_in(session, request, ASKED):
        if still_suits(kept, occasion):
            if kept.chosen_on is not None and kept.chosen_on not in request.dates:
                kept.chosen_on = None
            queue_letters(session, request_changed((what,)), kept, occasion)
        else:
            facts = {"reason": "request_changed"}
            move(session, kept, pairing.Event.STAND_DOWN, occasion, facts=facts)


def _list_in(
    session: Session, request: HelpRequest, states: Iterable[pairing.State]
) -> list[Pairing]:
    mine = select(Pairing).filter_by(help_request_id=request.id)
    return list(session.scalars(mine.where(Pairing.state.in_(states)).order_by(Pairing.id)))


def _hand_to_coordinator(session: Session, kept: Pairing, occasion: Occasion) -> None:
    add_task(
        session,
        TaskKind.NO_LONGER_FITS,
        f"pairing {kept.id} at {occasion.now.isoformat()}",
        occasion,
        help_request_id=kept.help_request_id,
        pairing_id=kept.id,
        volunteer_id=kept.volunteer_id,
    )


def resize(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    """Bring the state in line with another number of places, and ask or thank accordingly."""
    if request.state == HR.FILLED and request.filled < request.places:
        move(session, request, help_request.Event.WANT_MORE, occasion)
        request.proposed_at, request.next_at = None, occasion.now
    call_reserves(session, request, occasion.by_clock())
    fewer = request.state in help_request.TABLE.sources(help_request.Event.WANT_FEWER)
    if fewer and request.filled == request.places:
        move(session, request, help_request.Event.WANT_FEWER, occasion)
        stand_down_if_full(session, request, occasion)


def decide_alone(request_id: int, *, agreed: bool, occasion: Occasion) -> None:
    """Go ahead with those who are found, or go on looking. Raises NotAllowed where none is found.

    Pressed twice, nothing more.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        if not request.filled or request.state in help_request.ENDED:
            raise NotAllowed("nobody is found yet")
        request.one_alone = OneAlone.AGREED if agreed else OneAlone.REFUSED
        if agreed and request.filled < request.places:
            request.places = request.filled
            resize(session, request, occasion)


def ask_help_by_video(request_id: int, occasion: Occasion) -> None:
    """Let a video call do in place of a visit: the matcher looks again. Twice is as once."""
    with writing() as session:
        request = lock_request(session, request_id)
        if not request.remote_too:
            request.remote_too = True
            _change(session, request, "allow_remote", {}, occasion)


def ask_wider(request_id: int, occasion: Occasion) -> None:
    """Ask a coordinator to ask people a little beyond how far they said they would travel."""
    with writing() as session:
        request = lock_request(session, request_id)
        if request.state in help_request.ENDED:
            raise NotAllowed("the request has ended")
        key = f"request {request.id} of wave {request.wave}"
        add_task(session, TaskKind.WIDER_RANGE, key, occasion, help_request_id=request.id)


def take_first_found(request_id: int, *, wished: bool, occasion: Occasion) -> None:
    """Give the yes in advance to whoever is found first, or take it back.

    Raises NotAllowed where the request has ended.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        if request.first_found != wished:
            request.first_found = wished
            _change(session, request, "first_found", {"wished": wished}, occasion)
