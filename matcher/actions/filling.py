"""Places: taking one, freeing one, and what follows for everybody else who was asked.

Locks are taken in one order: help requests (by id), volunteers, the programme.
"""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import add_phone_task
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import may_be_asked, publish_offer
from matcher.actions.proposals.suiting import still_suits
from matcher.actions.requester.fewer import offer_fewer
from matcher.actions.visit.visiting import call_off_visit
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.waves import asks_wanted, wave_for
from matcher.records.help_requests import HelpRequest
from matcher.records.organisations import Organisation
from matcher.records.pages.yes_rate import measure_yes_rate
from matcher.records.pairings import Pairing
from matcher.records.programmes import lock_programme
from matcher.records.volunteers import Volunteer

#: Somebody in these is being asked, or may be.
IN_LINE = frozenset({pairing.State.PROPOSED, pairing.State.APPROVED, pairing.State.INVITED})
#: Whoever is surest of the visit hears first that there is none.
TOLD_IN_ORDER = (
    pairing.State.CONFIRMED,
    pairing.State.ACCEPTED,
    pairing.State.RESERVE,
    pairing.State.INVITED,
    pairing.State.APPROVED,
    pairing.State.PROPOSED,
)


def lock_request(session: Session, request_id: int | None) -> HelpRequest:
    """Return the help request with its row held, so that all its writers take turns.

    Raises NotFound.
    """
    if request_id is not None:
        session.flush()
        held = {"of": HelpRequest}
        request = session.get(HelpRequest, request_id, with_for_update=held, populate_existing=True)
        if request is not None:
            return request
    raise NotFound("no such help request")


def lock_pairing(session: Session, pairing_id: int) -> Pairing:
    """Return the pairing with its request's row held: always the request first, so no deadlock.

    Raises NotFound.
    """
    asked = select(Pairing.help_request_id).filter_by(id=pairing_id)
    request_id = session.scalars(asked).one_or_none()
    if request_id is None:
        raise NotFound("no such pairing")
    lock_request(session, request_id)
    return session.get_one(Pairing, pairing_id, populate_existing=True)


def take_place(session: Session, request: HelpRequest, occasion: Occasion) -> bool:
    """Take one place if one is free, and say whether it was.

    One guarded UPDATE decides. It holds the request's row until the transaction ends, so what the
    caller does next meets no other winner.
    """
    taken = _count_place(session, request, +1)
    if taken is None:
        return False
    last = taken.filled == taken.places
    event = help_request.Event.TAKE_LAST_PLACE if last else help_request.Event.TAKE_PLACE
    move(session, request, event, occasion, facts={"filled": taken.filled, "of": taken.places})
    return True


def free_place(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    """Give a place back and bring the next: reserves first, then the next wave."""
    freed = _count_place(session, request, -1)
    if freed is None:
        return
    none_left = freed.filled == 0
    event = help_request.Event.FREE_ALL_PLACES if none_left else help_request.Event.FREE_PLACE
    move(session, request, event, occasion, facts={"filled": freed.filled, "of": freed.places})
    if _call_reserve(session, request, occasion.by_clock()):
        return
    if request.state == help_request.State.REOPENED and not has_approved(session, request):
        # The matcher looks again before anybody is told that there is nobody.
        request.proposed_at, request.next_at = None, occasion.now
        return
    invite_next(session, request, occasion)


def _count_place(session: Session, request: HelpRequest, by: int) -> Row[int, int] | None:
    """Change ``filled`` by one within its bounds; None where the request allows none."""
    states = help_request.TAKES_ANSWERS if by > 0 else help_request.OPEN
    session.flush()
    counted = session.execute(
        update(HelpRequest)
        .where(
            HelpRequest.id == request.id,
            HelpRequest.state.in_(states),
            (HelpRequest.filled + by).between(0, HelpRequest.places),
        )
        .values(filled=HelpRequest.filled + by)
        .returning(HelpRequest.filled, HelpRequest.places)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    session.refresh(request)
    return counted


def call_reserves(session: Session, request: HelpRequest, clock: Occasion) -> None:
    """Give every free place to somebody who waits in reserve, while there is one."""
    while request.filled < request.places and _call_reserve(session, request, clock):
        pass


def _call_reserve(session: Session, request: HelpRequest, clock: Occasion) -> bool:
    """Give the free place to whoever has waited longest in reserve."""
    waiting = (
        select(Pairing)
        .join(Volunteer, Pairing.volunteer_id == Volunteer.id)
        .where(Pairing.help_request_id == request.id, Pairing.state == pairing.State.RESERVE)
        .where(Volunteer.state != standing.State.UNVERIFIED)
        .where(or_(Pairing.chosen_on.is_(None), Pairing.chosen_on >= clock.today))
    )
    ordered = session.scalars(waiting.order_by(Pairing.answered_at, Pairing.id)).all()
    first = next((each for each in ordered if stands_apart(session, each)), None)
    if first is None or not take_place(session, request, clock):
        return False
    move(session, first, pairing.Event.ACCEPT, clock, facts={"from": "reserve"})
    return True


def invite_next(session: Session, request: HelpRequest, occasion: Occasion) -> int:
    """Invite as many approved volunteers as the wave wants, best first; return how many.

    Where nobody is being asked and nobody is left to ask, the request is found to have nobody; one
    that is held waits.
    """
    if request.hold or request.state not in help_request.TAKES_ANSWERS:
        return 0
    clock = occasion.by_clock()
    lock_programme(session, request.programme_id)
    wanted = _wanted(session, request, clock)
    chosen = _first_free(session, list_approved(session, request), wanted, clock) if wanted else []
    if chosen:
        _invite(session, request, chosen, clock)
    elif not _in_line(session, request):
        _run_out(session, request, clock)
    return len(chosen)


def _in_line(session: Session, request: HelpRequest) -> bool:
    """Return whether somebody is being asked, or may be: also proposals nobody has looked at."""
    waiting = select(Pairing.id).filter_by(help_request_id=request.id)
    here = waiting.where(Pairing.state.in_(IN_LINE)).limit(1)
    return request.proposed_at is None or session.scalars(here).first() is not None


def _run_out(session: Session, request: HelpRequest, clock: Occasion) -> None:
    """Say honestly that nobody is left to ask, or that those found are all there are."""
    if request.filled:
        offer_fewer(session, request, clock)
        stand_down_if_full(session, request, clock)
    elif request.state in help_request.TABLE.sources(help_request.Event.FIND_NOBODY):
        move(session, request, help_request.Event.FIND_NOBODY, clock)


def has_approved(session: Session, request: HelpRequest) -> bool:
    """Return whether anybody was approved and not asked yet."""
    return _count_in(session, request, pairing.State.APPROVED) > 0


def list_approved(session: Session, request: HelpRequest) -> list[Pairing]:
    """Return those who were approved and not asked yet."""
    approved = select(Pairing).filter_by(help_request_id=request.id, state=pairing.State.APPROVED)
    return list(session.scalars(approved))


def next_to_ask(
    session: Session, request: HelpRequest, approved: Iterable[Pairing], occasion: Occasion
) -> list[Pairing]:
    """Return the best of those approved who may be asked today, as many as the wave wants."""
    return _first_free(session, approved, _wanted(session, request, occasion), occasion)


def _first_free(
    session: Session, approved: Iterable[Pairing], wanted: int, occasion: Occasion
) -> list[Pairing]:
    ordered = sorted(approved, key=lambda kept: (kept.rank, kept.id))
    free = (kept for kept in ordered if _may_ask(session, kept, occasion))
    return list(islice(free, wanted))


def _may_ask(session: Session, kept: Pairing, occasion: Occasion) -> bool:
    return (
        may_be_asked(session, kept.volunteer, occasion)
        and still_suits(kept, occasion)
        and stands_apart(session, kept)
    )


def stands_apart(session: Session, kept: Pairing) -> bool:
    """Return whether nobody of the same organisation holds a place, where that is wished."""
    request = kept.help_request
    if not request.apart or request.filled == 0:
        return True
    same = (
        select(Pairing.id)
        .join(Volunteer, Pairing.volunteer_id == Volunteer.id)
        .where(Pairing.help_request_id == request.id, Pairing.id != kept.id)
        .where(Pairing.state.in_(pairing.HOLDS_PLACE))
        .join(Organisation, Volunteer.organisation_id == Organisation.id)
        .where(
            func.coalesce(Organisation.staff_of_id, Organisation.id)
            == kept.volunteer.organisation.counts_as
        )
    )
    return session.scalars(same.limit(1)).first() is None


def _wanted(session: Session, request: HelpRequest, occasion: Occasion) -> int:
    return asks_wanted(
        free_places=request.places - request.filled,
        open_asks=_count_in(session, request, pairing.State.INVITED),
        wave=wave_for(request.dates, occasion.today, occasion.settings.waves),
        yes_rate=_yes_rate(session, occasion),
    )


def _yes_rate(session: Session, occasion: Occasion) -> float | None:
    """Return the measured share of yeses, where waves go by it and enough was measured."""
    if not occasion.settings.waves_follow_yes_rate:
        return None
    measured = measure_yes_rate(session)
    return measured.rate if measured.asks >= occasion.settings.yes_rate_after_asks else None


def _count_in(session: Session, request: HelpRequest, state: pairing.State) -> int:
    same = select(func.count(Pairing.id)).filter_by(help_request_id=request.id, state=state)
    return session.scalar(same) or 0


def _invite(
    session: Session, request: HelpRequest, chosen: Iterable[Pairing], clock: Occasion
) -> None:
    wave = {"wave": request.wave + 1}
    request.wave += 1
    for kept in chosen:
        move(session, kept, pairing.Event.INVITE, clock, facts=wave, changes=wave)
        publish_offer(session, kept.volunteer, clock)


def stand_down_if_full(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    """When the last place is confirmed, thank everyone else who was asked or held in reserve."""
    if _count_in(session, request, pairing.State.CONFIRMED) >= request.places:
        _stand_down(session, request, pairing.OPEN - pairing.HOLDS_PLACE, occasion)


def stand_down(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    """End every open pairing of a request that has ended, the surest first."""
    _stand_down(session, request, pairing.OPEN, occasion)


def _stand_down(
    session: Session, request: HelpRequest, states: Iterable[pairing.State], occasion: Occasion
) -> None:
    waiting = select(Pairing).where(Pairing.state.in_(states)).filter_by(help_request_id=request.id)
    rows = sorted(
        session.scalars(waiting), key=lambda kept: (TOLD_IN_ORDER.index(kept.state), kept.id)
    )
    for kept in rows:
        if kept.state == pairing.State.CONFIRMED:
            add_phone_task(session, kept, TaskKind.PHONE_VOLUNTEER, occasion)
        call_off_visit(session, kept, occasion)
        move(session, kept, pairing.Event.STAND_DOWN, occasion, changes={"next_at": None})
