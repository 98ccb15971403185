"""The life of an event at which people of the programme may meet."""

from enum import StrEnum

from matcher.lifecycle.tables import Actor, Table, steps


class State(StrEnum):
    """Where an event stands."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    REFUSED = "refused"
    CALLED_OFF = "called_off"


class Event(StrEnum):
    """What can happen to it."""

    PUBLISH = "publish"
    REFUSE = "refuse"
    CALL_OFF = "call_off"


S, E = State, Event
COORDINATOR = (Actor.COORDINATOR,)

TABLE: Table[State, Event] = Table(
    steps([S.PROPOSED, S.REFUSED], E.PUBLISH, S.PUBLISHED, COORDINATOR, ("event_news",)),
    steps([S.PROPOSED], E.REFUSE, S.REFUSED, COORDINATOR),
    steps([S.PUBLISHED], E.CALL_OFF, S.CALLED_OFF, COORDINATOR, ("event_called_off",)),
)
