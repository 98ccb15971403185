"""The life of a pairing: one help request, one volunteer."""

from enum import StrEnum

from matcher.lifecycle.tables import Actor, Table, steps


class State(StrEnum):
    """Where a pairing stands."""

    PROPOSED = "proposed"
    DISMISSED = "dismissed"
    APPROVED = "approved"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    PASSED_ON = "passed_on"
    RESERVE = "reserve"
    CONFIRMED = "confirmed"
    TURNED_DOWN = "turned_down"
    RELEASED = "released"
    VISITED = "visited"
    MISSED = "missed"
    STOOD_DOWN = "stood_down"


class Event(StrEnum):
    """What can happen to a pairing."""

    APPROVE = "approve"
    DISMISS = "dismiss"
    RECONSIDER = "reconsider"
    INVITE = "invite"
    ACCEPT = "accept"
    JOIN_RESERVE = "join_reserve"
    DECLINE = "decline"
    LAPSE = "lapse"
    BOUNCE = "bounce"
    PASS_ON = "pass_on"
    EXTEND = "extend"
    CONFIRM = "confirm"
    TURN_DOWN = "turn_down"
    RELEASE = "release"
    RECORD_VISIT = "record_visit"
    RECORD_MISSED = "record_missed"
    STAND_DOWN = "stand_down"
    PROPOSE_AGAIN = "propose_again"


class Told(StrEnum):
    """What either side may tell a coordinator, who writes it down for them."""

    VOLUNTEER_YES = "volunteer_yes"
    VOLUNTEER_NO = "volunteer_no"
    REQUESTER_YES = "requester_yes"
    REQUESTER_NO = "requester_no"


S, E = State, Event
REQUESTER, VOLUNTEER = Actor.REQUESTER, Actor.VOLUNTEER
COORDINATOR, CLOCK = Actor.COORDINATOR, Actor.CLOCK
ANYBODY = tuple(Actor)
ANSWERERS = (VOLUNTEER, COORDINATOR)

#: A place is taken by these.
HOLDS_PLACE = frozenset({S.ACCEPTED, S.CONFIRMED, S.VISITED, S.MISSED})
#: Still waiting for something; ends when the request does.
OPEN = frozenset({S.PROPOSED, S.APPROVED, S.INVITED, S.RESERVE, S.ACCEPTED, S.CONFIRMED})
#: The volunteer said, or was told, no for this request: never proposed for it again.
REFUSED = frozenset({S.DECLINED, S.RELEASED, S.TURNED_DOWN})
#: The volunteer knows of the request, so the end of it is told to them.
KNOWN_TO_VOLUNTEER = frozenset({S.INVITED, S.RESERVE, S.ACCEPTED, S.CONFIRMED})
#: An answer from these is "yes, I can come", if a place is free.
MAY_STILL_ACCEPT = frozenset({S.INVITED, S.LAPSED, S.DECLINED, S.RESERVE})
#: Contact details of either side are shown only in these.
DETAILS_SHOWN = frozenset({S.CONFIRMED, S.VISITED, S.MISSED})

ACCEPTED_EMAILS = ("accepted", "accepted_volunteer")

TABLE: Table[State, Event] = Table(
    steps([S.PROPOSED], E.APPROVE, S.APPROVED, [COORDINATOR, CLOCK]),
    steps([S.PROPOSED, S.APPROVED], E.DISMISS, S.DISMISSED, [COORDINATOR]),
    steps([S.DISMISSED, S.APPROVED], E.RECONSIDER, S.PROPOSED, [COORDINATOR]),
    steps([S.APPROVED], E.INVITE, S.INVITED, [CLOCK, COORDINATOR], ("invitation",)),
    steps(MAY_STILL_ACCEPT - {S.RESERVE}, E.ACCEPT, S.ACCEPTED, ANSWERERS, ACCEPTED_EMAILS),
    # A reserve has said yes already: when a place comes free, the clock takes them at their word.
    steps([S.RESERVE], E.ACCEPT, S.ACCEPTED, [*ANSWERERS, CLOCK], ACCEPTED_EMAILS),
    steps([S.INVITED, S.LAPSED, S.DECLINED], E.JOIN_RESERVE, S.RESERVE, ANSWERERS, ("reserve",)),
    steps([S.INVITED, S.LAPSED, S.RESERVE], E.DECLINE, S.DECLINED, ANSWERERS),
    steps([S.INVITED], E.LAPSE, S.LAPSED, [CLOCK]),
    steps([S.INVITED], E.BOUNCE, S.LAPSED, [CLOCK]),
    steps([S.INVITED], E.PASS_ON, S.PASSED_ON, ANSWERERS),
    # "I must ask my manager": more time, once.
    steps([S.INVITED], E.EXTEND, S.INVITED, ANSWERERS, ("ask_manager",)),
    steps(
        [S.ACCEPTED],
        E.CONFIRM,
        S.CONFIRMED,
        [REQUESTER, COORDINATOR],
        ("introduction_requester", "introduction_volunteer"),
    ),
    steps([S.ACCEPTED], E.TURN_DOWN, S.TURNED_DOWN, [REQUESTER, COORDINATOR], ("turned_down",)),
    steps(
        [S.ACCEPTED, S.CONFIRMED],
        E.RELEASE,
        S.RELEASED,
        [VOLUNTEER, COORDINATOR, CLOCK],
        ("released",),
    ),
    steps([S.CONFIRMED], E.RECORD_VISIT, S.VISITED, ANYBODY),
    steps([S.CONFIRMED], E.RECORD_MISSED, S.MISSED, ANYBODY),
    # A press by mistake is put right, and where the two differ a coordinator settles it.
    steps([S.MISSED], E.RECORD_VISIT, S.VISITED, [REQUESTER, *ANSWERERS]),
    steps([S.VISITED], E.RECORD_MISSED, S.MISSED, [REQUESTER, *ANSWERERS]),
    steps([S.PROPOSED, S.APPROVED], E.STAND_DOWN, S.STOOD_DOWN, ANYBODY),
    steps([S.INVITED, S.RESERVE, S.ACCEPTED], E.STAND_DOWN, S.STOOD_DOWN, ANYBODY, ("stood_down",)),
    steps([S.CONFIRMED], E.STAND_DOWN, S.STOOD_DOWN, ANYBODY, ("called_off",)),
    # A request whose dates had passed begins again with others.
    steps([S.STOOD_DOWN], E.PROPOSE_AGAIN, S.PROPOSED, [REQUESTER, COORDINATOR]),
)

#: What each of these does; a volunteer's no after a yes takes the yes back.
TOLD_EVENTS = {
    Told.VOLUNTEER_YES: (E.ACCEPT,),
    Told.VOLUNTEER_NO: (E.DECLINE, E.RELEASE),
    Told.REQUESTER_YES: (E.CONFIRM,),
    Told.REQUESTER_NO: (E.TURN_DOWN,),
}


def may_be_told(state: State) -> tuple[Told, ...]:
    """Return what a coordinator may write down for either side where a pairing stands so."""
    return tuple(
        told
        for told, events in TOLD_EVENTS.items()
        if any(TABLE.allows(state, each, COORDINATOR) for each in events)
    )
