"""The standing of a volunteer: only active ones are proposed."""

from enum import StrEnum

from matcher.lifecycle.tables import Actor, Table, steps


class State(StrEnum):
    """Where a volunteer stands."""

    UNCONFIRMED = "unconfirmed"
    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    RESTING = "resting"
    UNVERIFIED = "unverified"
    LEFT = "left"


class Event(StrEnum):
    """What can happen to a volunteer."""

    CONFIRM_KNOWN = "confirm_known"
    CONFIRM_OTHER = "confirm_other"
    FORGET = "forget"
    APPROVE = "approve"
    PAUSE = "pause"
    RESUME = "resume"
    REST = "rest"
    BOUNCE = "bounce"
    PROVE_AGAIN = "prove_again"
    MOVE_OTHER = "move_other"
    LEAVE = "leave"


S, E = State, Event
VOLUNTEER, COORDINATOR, CLOCK = Actor.VOLUNTEER, Actor.COORDINATOR, Actor.CLOCK
#: Has proved an address and has a page; one row per address.
MEMBERS = frozenset(S) - {S.UNCONFIRMED, S.LEFT}

TABLE: Table[State, Event] = Table(
    steps([S.UNCONFIRMED], E.CONFIRM_KNOWN, S.ACTIVE, [VOLUNTEER]),
    steps([S.UNCONFIRMED], E.CONFIRM_OTHER, S.PENDING, [VOLUNTEER]),
    steps([S.UNCONFIRMED], E.FORGET, S.LEFT, [CLOCK]),
    steps([S.PENDING], E.APPROVE, S.ACTIVE, [COORDINATOR], ("offer_approved",)),
    steps([S.ACTIVE, S.RESTING, S.PAUSED], E.PAUSE, S.PAUSED, [VOLUNTEER, COORDINATOR]),
    steps([S.PAUSED, S.RESTING], E.RESUME, S.ACTIVE, [VOLUNTEER, COORDINATOR, CLOCK]),
    steps([S.ACTIVE], E.REST, S.RESTING, [CLOCK], ("still_up_for_it",)),
    steps([S.ACTIVE, S.PAUSED, S.RESTING], E.BOUNCE, S.UNVERIFIED, [CLOCK]),
    steps([S.UNVERIFIED], E.PROVE_AGAIN, S.ACTIVE, [VOLUNTEER]),
    steps([S.ACTIVE, S.PAUSED, S.RESTING, S.UNVERIFIED], E.MOVE_OTHER, S.PENDING, [VOLUNTEER]),
    steps(MEMBERS, E.LEAVE, S.LEFT, [VOLUNTEER, COORDINATOR]),
)
