"""What falls due by itself where a row waits for somebody; the rows say when."""

from enum import StrEnum


class Due(StrEnum):
    """The steps that the clock takes for requesters and visits, each named by what it does."""

    SAY_REVIEW_IS_LATE = "say_review_is_late"
    REMIND_OF_QUESTION = "remind_of_question"
    GIVE_UP_QUESTION = "give_up_question"
    CONFIRM_IN_ADVANCE = "confirm_in_advance"
    REMIND_TO_CONFIRM = "remind_to_confirm"
    ASK_COORDINATOR_TO_CONFIRM = "ask_coordinator_to_confirm"
    RELEASE_UNCONFIRMED = "release_unconfirmed"
    RECONFIRM = "reconfirm"
    PHONE_UNCONFIRMED = "phone_unconfirmed"
    END_RESCHEDULING = "end_rescheduling"
    ASK_OUTCOME = "ask_outcome"
    ASK_OUTCOME_AGAIN = "ask_outcome_again"
    GIVE_UP_OUTCOME = "give_up_outcome"
