"""Ten bugs for benchmarks/year_machine.py to find, each planted into the running service."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from matcher.actions import filling, moving
from matcher.actions.clock import upkeep
from matcher.actions.post import letters, sending
from matcher.actions.post.enclosed import answer_by
from matcher.actions.post.posting import queue_reminder
from matcher.actions.proposals import proposing
from matcher.actions.volunteer import answering
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.tables import Actor, Table, steps
from matcher.lifecycle.volunteer import State as Standing
from matcher.records.database import writing
from matcher.records.pairings import Pairing

Plant = Callable[[ExitStack], None]


def _accept_without_guard(planted: ExitStack) -> None:
    """A yes takes a place without looking whether one is free, and counts none."""
    takes = lambda _session, request, _occasion: request.state in help_request.OPEN  # noqa: E731
    planted.enter_context(patch.object(answering, "take_place", takes))


def _cap_looked_at_only_when_sending(planted: ExitStack) -> None:
    """Whoever is active is asked, however often they were."""
    active = lambda _session, volunteer, _occasion: volunteer.state == Standing.ACTIVE  # noqa: E731
    planted.enter_context(patch.object(filling, "may_be_asked", active))


def _reserve_not_asked_first(planted: ExitStack) -> None:
    """A free place goes to the next wave, and whoever said yes waits on."""
    planted.enter_context(patch.object(filling, "_call_reserve", lambda *_given: False))


def _withdrawer_asked_again(planted: ExitStack) -> None:
    """Whoever took back a yes, or said no, is asked again when nobody else is left."""
    to, emails = pairing.State.INVITED, ("invitation",)
    again = steps(pairing.REFUSED, pairing.Event.INVITE, to, list(Actor), emails)
    table = Table(pairing.TABLE, again)
    planted.enter_context(patch.dict(moving.TABLES, {Pairing: table}))
    before = filling.list_approved

    def list_all(session: Any, request: Any) -> list[Pairing]:
        refused = select(Pairing).where(Pairing.state.in_(pairing.REFUSED))
        mine = refused.where(Pairing.help_request_id == request.id)
        return [*before(session, request), *session.scalars(mine)]

    planted.enter_context(patch.object(filling, "list_approved", list_all))


def _reminder_after_an_answer(planted: ExitStack) -> None:
    """A reminder is queued with every yes, and nobody looks again before it goes."""
    true_for = {
        name: states for name, states in sending.TRUE_FOR_PAIRING.items() if name != "reminder"
    }
    planted.enter_context(patch.object(sending, "TRUE_FOR_PAIRING", true_for))
    planted.enter_context(patch.object(sending, "_why_late", lambda *_given: ""))
    before = answering.accept

    def accept(pairing_id: int, answer: Any, occasion: Any) -> Any:
        outcome = before(pairing_id, answer, occasion)
        with writing() as session:
            queue_reminder(session, session.get_one(Pairing, pairing_id), occasion)
        return outcome

    planted.enter_context(patch.object(answering, "accept", accept))


def _lapse_counted_from_queueing(planted: ExitStack) -> None:
    """The time to answer begins before the invitation was sent."""
    before = filling.publish_offer

    def publish_offer(session: Any, volunteer: Any, occasion: Any) -> None:
        before(session, volunteer, occasion)
        invited = select(Pairing).filter_by(
            volunteer_id=volunteer.id, state=pairing.State.INVITED, answer_by=None
        )
        for kept in session.scalars(invited):
            kept.answer_by = answer_by(kept, occasion)

    planted.enter_context(patch.object(filling, "publish_offer", publish_offer))
    planted.enter_context(patch.object(sending, "_start_clock", lambda *_given: None))


def _email_outside_the_transaction(planted: ExitStack) -> None:
    """For every third row the process ends between the change and its emails."""
    before = moving.queue_caused

    def queue_caused(session: Any, row: Any, *given: Any) -> None:
        if row.id % 3:
            before(session, row, *given)

    planted.enter_context(patch.object(moving, "queue_caused", queue_caused))


def _request_without_a_next_date(planted: ExitStack) -> None:
    """A request that was looked after once is never looked at again."""
    before = upkeep._look_after

    def look_after(session: Any, request_id: int, occasion: Any) -> None:
        before(session, request_id, occasion)
        filling.lock_request(session, request_id).next_at = None

    planted.enter_context(patch.object(upkeep, "_look_after", look_after))


def _details_before_confirmation(planted: ExitStack) -> None:
    """The email that tells of a yes says who it is and where to write to."""
    before = letters.telling.found

    def found(session: Any, kept: Pairing) -> Any:
        return replace(before(session, kept), note=kept.volunteer.email)

    planted.enter_context(patch.object(letters.telling, "found", found))


def _barred_volunteer_invited(planted: ExitStack) -> None:
    """The matcher does not know whose organisation asks."""
    before = proposing.make_need

    def make_need(*given: Any) -> Any:
        return replace(before(*given), organisation_id="", unwanted_organisations=frozenset())

    planted.enter_context(patch.object(proposing, "make_need", make_need))
    planted.enter_context(patch.object(filling, "still_suits", lambda *_given: True))


@dataclass(frozen=True, slots=True)
class Bug:
    """How a bug is planted, and the invariant that is meant to see it."""

    plant: Plant
    invariant: str


BUGS: Mapping[str, Bug] = {
    "accept without guard": Bug(_accept_without_guard, "place_double_booked"),
    "cap looked at only when sending": Bug(
        _cap_looked_at_only_when_sending, "asked_beyond_their_cap"
    ),
    "reserve not asked first": Bug(_reserve_not_asked_first, "reserve_passed_over"),
    "withdrawer asked again": Bug(_withdrawer_asked_again, "barred_but_asked"),
    "reminder after an answer": Bug(_reminder_after_an_answer, "reminded_after_an_answer"),
    "lapse counted from queueing": Bug(_lapse_counted_from_queueing, "lapsed_too_early"),
    "email queued outside the transaction": Bug(
        _email_outside_the_transaction, "email_apart_from_its_event"
    ),
    "a request left without a next date": Bug(_request_without_a_next_date, "request_forgotten"),
    "details before confirmation": Bug(_details_before_confirmation, "details_before_confirmation"),
    "a barred volunteer invited": Bug(_barred_volunteer_invited, "barred_but_asked"),
}
