"""The closed lists that people choose from; their words for people stand in templates."""

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of help that can be asked for and offered."""

    BRIEF_LEADERS = "brief_leaders"
    WORKSHOP = "workshop"
    DAY_WITH_TEAM = "day_with_team"
    ONE_TO_ONE = "one_to_one"
    REVIEW = "review"
    SOMETHING_ELSE = "something_else"


class WhoPays(StrEnum):
    """Who pays the volunteer's travel."""

    REQUESTER = "requester_pays"
    VOLUNTEER_ORGANISATION = "volunteer_organisation"
    TO_BE_AGREED = "to_be_agreed"


class StartsAt(StrEnum):
    """Where a volunteer's way begins."""

    HOME = "home"
    WORK = "work"


class DeclineReason(StrEnum):
    """Why a volunteer said no."""

    DATES = "dates"
    TOO_FAR = "too_far"
    NOT_MY_SUBJECT = "not_my_subject"
    TOO_BUSY = "too_busy"
    MANAGER = "manager"
    CONFLICT = "conflict"
    OTHER = "other"


class WithdrawReason(StrEnum):
    """Why a requester no longer needs help."""

    FOUND_HELP = "found_help"
    ANSWERED = "answered"
    NOT_NEEDED = "not_needed"
    DATES_CHANGED = "dates_changed"
    OTHER = "other"


class DismissReason(StrEnum):
    """Why a coordinator set a proposal aside."""

    NOT_A_FIT = "not_a_fit"
    TOO_FAR = "too_far"
    ASKED_OFTEN = "asked_often"
    KNOWN_CONFLICT = "known_conflict"
    OTHER = "other"


class CloseReason(StrEnum):
    """Why a coordinator closed a help request."""

    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"
    UNMET = "unmet"
    HANDED_OVER = "handed_over"
    OTHER = "other"


class OneAlone(StrEnum):
    """Whether one person may come alone where several are wanted."""

    NOT_SAID = "not_said"
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What came of a visit, as one side tells it."""

    HELD = "held"
    HELD_REMOTE = "held_remote"
    MISSED = "missed"


class MissedReason(StrEnum):
    """Why a visit did not take place, without blame."""

    ILLNESS = "illness"
    TRAVEL = "travel"
    DIARY = "diary"
    MISUNDERSTANDING = "misunderstanding"
    NOT_KNOWN = "not_known"


class TaskKind(StrEnum):
    """What a coordinator has to do by hand."""

    PHONE_REQUESTER = "phone_requester"
    PHONE_VOLUNTEER = "phone_volunteer"
    BOUNCED = "bounced"
    REPLY = "reply"
    REVIEW_LATE = "review_late"
    REQUESTER_SILENT = "requester_silent"
    NO_LONGER_FITS = "no_longer_fits"
    WIDER_RANGE = "wider_range"
    NO_DATE = "no_date"
    NO_OUTCOME = "no_outcome"
    OUTCOMES_DIFFER = "outcomes_differ"
    MISSED = "missed"
    MISSED_AGAIN = "missed_again"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    VOUCH = "vouch"
    QUESTION_REPORTED = "question_reported"
    HELLO_REPORTED = "hello_reported"
