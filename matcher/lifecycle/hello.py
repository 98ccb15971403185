"""The life of a hello: a volunteer writes to one whom they do not know, and who agreed to it."""

from enum import StrEnum

from matcher.lifecycle.tables import Actor, Table, steps


class State(StrEnum):
    """Where a hello stands."""

    SENT = "sent"
    ANSWERED = "answered"
    DECLINED = "declined"
    LAPSED = "lapsed"
    ENDED = "ended"
    BLOCKED = "blocked"


class Event(StrEnum):
    """What can happen to it."""

    ANSWER = "answer"
    WRITE = "write"
    DECLINE = "decline"
    LAPSE = "lapse"
    BOUNCE = "bounce"
    END = "end"
    BLOCK = "block"


S, E = State, Event
VOLUNTEER, COORDINATOR, CLOCK = Actor.VOLUNTEER, Actor.COORDINATOR, Actor.CLOCK
#: Words may still go from one to the other.
OPEN = frozenset({S.SENT, S.ANSWERED})

TABLE: Table[State, Event] = Table(
    steps([S.SENT], E.ANSWER, S.ANSWERED, [VOLUNTEER], ("hello_answer",)),
    steps([S.ANSWERED], E.WRITE, S.ANSWERED, [VOLUNTEER], ("hello_answer",)),
    # Whoever said hello is not told of a no, nor of being blocked: silence is an answer.
    steps([S.SENT], E.DECLINE, S.DECLINED, [VOLUNTEER]),
    steps([S.SENT], E.LAPSE, S.LAPSED, [CLOCK]),
    # The email came back: whoever wrote the words hears that they were not passed on, not why.
    steps([S.SENT], E.BOUNCE, S.LAPSED, [CLOCK], ("hello_unpassed",)),
    steps([S.ANSWERED], E.BOUNCE, S.ANSWERED, [CLOCK], ("hello_unpassed",)),
    steps(OPEN, E.END, S.ENDED, [VOLUNTEER, COORDINATOR]),
    steps(frozenset(S) - {S.BLOCKED}, E.BLOCK, S.BLOCKED, [VOLUNTEER]),
)
