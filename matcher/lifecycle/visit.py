"""The life of a visit: the meeting and what came of it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from matcher.lifecycle.tables import Actor, Table, steps


class State(StrEnum):
    """Where a visit stands."""

    DATES_OFFERED = "dates_offered"
    AGREED = "agreed"
    RECONFIRMED = "reconfirmed"
    RESCHEDULING = "rescheduling"
    TOOK_PLACE = "took_place"
    TOOK_PLACE_REMOTE = "took_place_remote"
    MISSED = "missed"
    CALLED_OFF = "called_off"


class Event(StrEnum):
    """What can happen to a visit."""

    AGREE = "agree"
    RECONFIRM = "reconfirm"
    RESCHEDULE = "reschedule"
    RECORD_HELD = "record_held"
    RECORD_HELD_REMOTE = "record_held_remote"
    RECORD_MISSED = "record_missed"
    CALL_OFF = "call_off"


S, E = State, Event
BOTH_SIDES = (Actor.REQUESTER, Actor.VOLUNTEER, Actor.COORDINATOR)
ANYBODY = tuple(Actor)
COMING = frozenset({S.DATES_OFFERED, S.AGREED, S.RECONFIRMED, S.RESCHEDULING})
DATED = (S.AGREED, S.RECONFIRMED)
#: A date is being sought between the two sides.
SEEKS_DATE = frozenset({S.DATES_OFFERED, S.RESCHEDULING})
#: The visit is over, and it is known what came of it.
KNOWN = frozenset({S.TOOK_PLACE, S.TOOK_PLACE_REMOTE, S.MISSED})

TABLE: Table[State, Event] = Table(
    steps(SEEKS_DATE, E.AGREE, S.AGREED, BOTH_SIDES, ("visit_agreed",)),
    steps([S.AGREED], E.RECONFIRM, S.RECONFIRMED, [Actor.VOLUNTEER, Actor.COORDINATOR]),
    steps(COMING, E.RESCHEDULE, S.RESCHEDULING, BOTH_SIDES, ("reschedule",)),
    steps(COMING, E.RECORD_HELD, S.TOOK_PLACE, ANYBODY),
    steps(COMING, E.RECORD_HELD_REMOTE, S.TOOK_PLACE_REMOTE, ANYBODY),
    steps(COMING, E.RECORD_MISSED, S.MISSED, ANYBODY),
    # A press by mistake is put right, and where the two differ a coordinator settles it.
    steps(KNOWN - {S.TOOK_PLACE}, E.RECORD_HELD, S.TOOK_PLACE, BOTH_SIDES),
    steps(KNOWN - {S.TOOK_PLACE_REMOTE}, E.RECORD_HELD_REMOTE, S.TOOK_PLACE_REMOTE, BOTH_SIDES),
    steps(KNOWN - {S.MISSED}, E.RECORD_MISSED, S.MISSED, BOTH_SIDES),
    steps(COMING, E.CALL_OFF, S.CALLED_OFF, ANYBODY),
)


def may_lie_behind(
    on: date | None, offered: Sequence[date], wanted: Sequence[date], today: date
) -> bool:
    """Return whether a visit may have taken place: its day has come.

    Where no day is agreed, the two may have met on the first that was offered or, before any was,
    on the first that was wanted.
    """
    days = [on] if on is not None else offered or wanted
    return not days or min(days) <= today
