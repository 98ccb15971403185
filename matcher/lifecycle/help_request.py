"""The life of a help request: its states, its events, and who may cause each."""

from enum import StrEnum

from matcher.lifecycle.tables import Actor, Table, steps


class State(StrEnum):
    """Where a help request stands."""

    UNCONFIRMED = "unconfirmed"
    IN_REVIEW = "in_review"
    NEEDS_INFO = "needs_info"
    ASKING = "asking"
    NOBODY = "nobody"
    PART_FILLED = "part_filled"
    FILLED = "filled"
    REOPENED = "reopened"
    DONE = "done"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Event(StrEnum):
    """What can happen to a help request."""

    CONFIRM = "confirm"
    FORGET = "forget"
    ASK_QUESTION = "ask_question"
    ANSWER_QUESTION = "answer_question"
    GIVE_UP = "give_up"
    START_ASKING = "start_asking"
    FIND_NOBODY = "find_nobody"
    TAKE_PLACE = "take_place"
    TAKE_LAST_PLACE = "take_last_place"
    FREE_PLACE = "free_place"
    FREE_ALL_PLACES = "free_all_places"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    EXPIRE = "expire"
    GIVE_NEW_DATE = "give_new_date"
    REOPEN = "reopen"
    WANT_MORE = "want_more"
    WANT_FEWER = "want_fewer"


S, E = State, Event
REQUESTER, VOLUNTEER = Actor.REQUESTER, Actor.VOLUNTEER
COORDINATOR, CLOCK = Actor.COORDINATOR, Actor.CLOCK
ANYBODY = tuple(Actor)

ENDED = frozenset({S.DONE, S.CLOSED, S.WITHDRAWN, S.EXPIRED})
OPEN = frozenset(S) - ENDED - {S.UNCONFIRMED}
#: A place can be taken in these: somebody was asked, and not every place is gone.
TAKES_ANSWERS = frozenset({S.ASKING, S.PART_FILLED, S.NOBODY, S.REOPENED})
#: A coordinator may hold these. A hold is no state: what is held goes on from where it stands.
MAY_BE_HELD = OPEN - {S.FILLED}

TABLE: Table[State, Event] = Table(
    steps(
        [S.UNCONFIRMED],
        E.CONFIRM,
        S.IN_REVIEW,
        [REQUESTER, COORDINATOR],
        ("request_received",),
    ),
    steps([S.UNCONFIRMED], E.FORGET, S.EXPIRED, [CLOCK]),
    steps([S.IN_REVIEW], E.ASK_QUESTION, S.NEEDS_INFO, [COORDINATOR], ("question",)),
    steps([S.NEEDS_INFO], E.ANSWER_QUESTION, S.IN_REVIEW, [REQUESTER, COORDINATOR]),
    steps([S.NEEDS_INFO], E.GIVE_UP, S.CLOSED, [CLOCK], ("closed",)),
    steps([S.IN_REVIEW, S.NOBODY, S.REOPENED], E.START_ASKING, S.ASKING, [COORDINATOR, CLOCK]),
    steps([S.ASKING, S.REOPENED], E.FIND_NOBODY, S.NOBODY, [CLOCK, COORDINATOR], ("nobody",)),
    steps(TAKES_ANSWERS, E.TAKE_PLACE, S.PART_FILLED, [VOLUNTEER, COORDINATOR, CLOCK]),
    steps(TAKES_ANSWERS, E.TAKE_LAST_PLACE, S.FILLED, [VOLUNTEER, COORDINATOR, CLOCK]),
    # A place comes free: a full request reopens; one with none left taken asks again.
    steps([S.PART_FILLED], E.FREE_PLACE, S.PART_FILLED, ANYBODY),
    steps([S.PART_FILLED], E.FREE_ALL_PLACES, S.ASKING, ANYBODY),
    steps([S.FILLED], E.FREE_PLACE, S.REOPENED, ANYBODY),
    steps([S.FILLED], E.FREE_ALL_PLACES, S.REOPENED, ANYBODY),
    steps([S.REOPENED], E.FREE_PLACE, S.REOPENED, ANYBODY),
    steps([S.REOPENED], E.FREE_ALL_PLACES, S.REOPENED, ANYBODY),
    # The requester wants another number of people, or goes ahead with those who are found.
    steps([S.FILLED], E.WANT_MORE, S.PART_FILLED, [REQUESTER, COORDINATOR]),
    steps([S.PART_FILLED, S.REOPENED], E.WANT_FEWER, S.FILLED, [REQUESTER, COORDINATOR, CLOCK]),
    steps([S.FILLED], E.FINISH, S.DONE, [CLOCK, COORDINATOR]),
    steps(OPEN, E.WITHDRAW, S.WITHDRAWN, [REQUESTER], ("request_withdrawn_requester",)),
    steps(OPEN, E.CLOSE, S.CLOSED, [COORDINATOR], ("closed",)),
    steps(OPEN, E.EXPIRE, S.EXPIRED, [CLOCK], ("new_date",)),
    steps([S.EXPIRED], E.GIVE_NEW_DATE, S.IN_REVIEW, [REQUESTER, COORDINATOR]),
    steps([S.DONE, S.CLOSED, S.WITHDRAWN, S.EXPIRED], E.REOPEN, S.IN_REVIEW, [COORDINATOR]),
)
