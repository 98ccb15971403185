"""The life of a note of advice: nothing is public before everybody it concerns has agreed."""

from enum import StrEnum

from matcher.lifecycle.tables import Actor, Table, steps


class State(StrEnum):
    """Where a note stands."""

    WITH_OTHER_SIDE = "with_other_side"
    WITH_COORDINATOR = "with_coordinator"
    PUBLISHED = "published"
    REFUSED = "refused"
    TAKEN_DOWN = "taken_down"


class Event(StrEnum):
    """What can happen to a note."""

    AGREE = "agree"
    OBJECT = "object"
    PUBLISH = "publish"
    REFUSE = "refuse"
    AMEND = "amend"
    AMEND_ALONE = "amend_alone"
    TAKE_DOWN = "take_down"
    ASK_AGAIN = "ask_again"
    STILL_HOLDS = "still_holds"


S, E = State, Event
PEOPLE = (Actor.REQUESTER, Actor.VOLUNTEER)
COORDINATOR, CLOCK = Actor.COORDINATOR, Actor.CLOCK

#: Its author may write it anew in these.
AMENDABLE = frozenset({S.WITH_OTHER_SIDE, S.WITH_COORDINATOR, S.PUBLISHED, S.REFUSED})
#: Still in somebody's hands, or to be read by all.
STANDING = frozenset({S.WITH_OTHER_SIDE, S.WITH_COORDINATOR, S.PUBLISHED})

TABLE: Table[State, Event] = Table(
    steps([S.WITH_OTHER_SIDE], E.AGREE, S.WITH_COORDINATOR, PEOPLE),
    steps([S.WITH_OTHER_SIDE], E.OBJECT, S.REFUSED, PEOPLE, ("advice_refused",)),
    steps([S.WITH_COORDINATOR], E.PUBLISH, S.PUBLISHED, [COORDINATOR], ("advice_published",)),
    steps([S.TAKEN_DOWN], E.PUBLISH, S.PUBLISHED, [COORDINATOR]),
    steps([S.WITH_COORDINATOR], E.REFUSE, S.REFUSED, [COORDINATOR], ("advice_refused",)),
    # What was agreed to is no longer what it says: it is agreed and looked at anew.
    steps(AMENDABLE, E.AMEND, S.WITH_OTHER_SIDE, PEOPLE, ("advice_agree",)),
    steps(AMENDABLE, E.AMEND_ALONE, S.WITH_COORDINATOR, PEOPLE),
    steps(STANDING, E.TAKE_DOWN, S.TAKEN_DOWN, [*PEOPLE, COORDINATOR]),
    steps([S.PUBLISHED], E.ASK_AGAIN, S.PUBLISHED, [CLOCK], ("advice_holds",)),
    steps([S.PUBLISHED], E.STILL_HOLDS, S.PUBLISHED, PEOPLE),
)
