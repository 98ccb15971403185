"""The life of a short question that a requester puts to a few volunteers before asking for a visit.

The question has a table, and so has what each of those who were asked does with it.
"""

from enum import StrEnum

from matcher.lifecycle.tables import Actor, Table, steps


class State(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    SOLVED = "solved"
    BECAME_VISIT = "became_visit"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class Event(StrEnum):
    """What can happen to a question."""

    ANSWER = "answer"
    RUN_OUT = "run_out"
    ASK_OTHERS = "ask_others"
    REACH_NOBODY = "reach_nobody"
    SOLVE = "solve"
    ASK_FOR_VISIT = "ask_for_visit"
    WITHDRAW = "withdraw"
    REMOVE = "remove"


class AskState(StrEnum):
    """Where one volunteer stands to a question."""

    CHOSEN = "chosen"
    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"
    LAPSED = "lapsed"
    STOOD_DOWN = "stood_down"


class AskEvent(StrEnum):
    """What can happen to one volunteer's part. An invitation counts towards their cap."""

    INVITE = "invite"
    ANSWER = "answer"
    DECLINE = "decline"
    LAPSE = "lapse"
    BOUNCE = "bounce"
    STAND_DOWN = "stand_down"


S, E, A, AE = State, Event, AskState, AskEvent
REQUESTER, VOLUNTEER = Actor.REQUESTER, Actor.VOLUNTEER
COORDINATOR, CLOCK = Actor.COORDINATOR, Actor.CLOCK
#: An answer still helps, late ones too.
TAKES_ANSWERS = frozenset({S.OPEN, S.ANSWERED, S.UNANSWERED})

TABLE: Table[State, Event] = Table(
    steps(TAKES_ANSWERS, E.ANSWER, S.ANSWERED, [VOLUNTEER, COORDINATOR], ("peer_answer",)),
    steps([S.OPEN], E.RUN_OUT, S.UNANSWERED, [CLOCK], ("peer_unanswered",)),
    # An email came back: others were looked for, and whoever asked is told how it stands.
    steps([S.OPEN], E.ASK_OTHERS, S.OPEN, [CLOCK], ("peer_unreached",)),
    steps([S.OPEN], E.REACH_NOBODY, S.UNANSWERED, [CLOCK], ("peer_unreached",)),
    steps([S.ANSWERED], E.SOLVE, S.SOLVED, [REQUESTER]),
    steps(TAKES_ANSWERS, E.ASK_FOR_VISIT, S.BECAME_VISIT, [REQUESTER]),
    # The request came to an end, whatever ended it.
    steps(TAKES_ANSWERS, E.WITHDRAW, S.WITHDRAWN, [CLOCK]),
    steps(frozenset(S) - {S.REMOVED}, E.REMOVE, S.REMOVED, [COORDINATOR]),
)
ASKS: Table[AskState, AskEvent] = Table(
    steps([A.CHOSEN], AE.INVITE, A.ASKED, [REQUESTER, CLOCK], ("peer_question",)),
    steps([A.ASKED, A.LAPSED], AE.ANSWER, A.ANSWERED, [VOLUNTEER, COORDINATOR]),
    steps([A.ASKED], AE.DECLINE, A.DECLINED, [VOLUNTEER]),
    steps([A.ASKED], AE.LAPSE, A.LAPSED, [CLOCK]),
    steps([A.ASKED], AE.BOUNCE, A.LAPSED, [CLOCK]),
    steps([A.CHOSEN, A.ASKED], AE.STAND_DOWN, A.STOOD_DOWN, [REQUESTER, COORDINATOR, CLOCK]),
)
