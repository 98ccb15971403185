"""The life of a visit: the meeting and what came of it."""

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

TABLE: Table[State, Event] = Table(
    steps([S.DATES_OFFERED, S.RESCHEDULING], E.AGREE, S.AGREED, BOTH_SIDES),
    steps([S.AGREED], E.RECONFIRM, S.RECONFIRMED, [Actor.VOLUNTEER, Actor.COORDINATOR]),
    steps([S.DATES_OFFERED, *DATED], E.RESCHEDULE, S.RESCHEDULING, BOTH_SIDES),
    steps(COMING, E.RECORD_HELD, S.TOOK_PLACE, ANYBODY),
    steps(COMING, E.RECORD_HELD_REMOTE, S.TOOK_PLACE_REMOTE, ANYBODY),
    steps(COMING, E.RECORD_MISSED, S.MISSED, ANYBODY),
    steps(COMING, E.CALL_OFF, S.CALLED_OFF, ANYBODY),
)
