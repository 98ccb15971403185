"""What emails are told about requests, people and visits: only what their reader may know."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class About:
    """Which help request an email is about.

    ``listed`` says whether the organisation stands in the councils list. Only then may its name
    stand in a subject line, where nothing that a stranger typed may stand.
    """

    reference: str
    heading: str
    organisation: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, where and when; never by whom. ``kind`` and ``who_pays`` are their codes."""

    need: str
    place: str
    dates: tuple[date, ...]
    dates_note: str
    who_pays: str
    kind: str = ""
    audience: str = ""
    how_long: str = ""
    remote_too: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """How far the volunteer would travel, in minutes rounded for people; None where not known.

    ``over`` is the means of travel by which a stated limit is passed a little, or empty.
    """

    starts_from: str
    distance_km: float | None
    train_minutes: int | None = None
    door_to_door_minutes: int | None = None
    car_minutes: int | None = None
    over: str = ""
    over_sea: bool = False
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class BothAt:
    """The event at which both sides will be anyway, so that nobody travels for the other."""

    name: str
    place: str
    on: date


@dataclass(frozen=True, slots=True)
class MatchedWord:
    """A word of the volunteer's offer, and the word of the need that it answers to."""

    word: str
    need_word: str


@dataclass(frozen=True, slots=True)
class WhyYou:
    """Why this volunteer: words that matched, or a colleague's name; neither for a pair by hand."""

    words: tuple[MatchedWord, ...] = ()
    passed_on_by: str = ""
    both_at: BothAt | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The volunteer who said yes, as the requester may see them before confirming: no name.

    ``known_as`` is a name they chose for this. Of who keeps their organisation to themselves it is
    empty, and a coordinator has ``vouched`` for them.
    """

    job_title: str
    organisation: str
    offer: str
    experience: tuple[str, ...]
    distance_km: float | None
    past_visits: int
    chosen_on: date | None
    note: str = ""
    interest: str = ""
    both_at: BothAt | None = None
    known_as: str = ""
    vouched: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's name and details, once both sides have said yes."""

    name: str
    email: str
    organisation: str
    job_title: str = ""
    on_the_day: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The visit: ``on`` is None until a date is agreed. ``uid`` and ``sequence`` name its entry

    in calendars: the same uid for ever, a higher sequence at every change. ``begins`` and ``ends``
    are times of that day in London as "14:00", empty where the day alone is known.
    """

    uid: str
    sequence: int
    on: date | None
    place: str
    access: str = ""
    begins: str = ""
    ends: str = ""
    agenda: str = ""
    expenses: str = ""


@dataclass(frozen=True, slots=True)
class More:
    """How many more volunteers each change would bring into reach."""

    if_remote: int = 0
    if_wider: int = 0
    if_other_dates: int = 0


class Ending(StrEnum):
    """Why a volunteer who was asked is not needed any more."""

    PLACES_FILLED = "places_filled"
    REQUEST_ENDED = "request_ended"
    REQUEST_MERGED = "request_merged"
    REQUEST_CHANGED = "request_changed"


class Needing(StrEnum):
    """What a coordinator is needed for."""

    REVIEW = "review"
    QUESTION_ANSWERED = "question_answered"
    REQUESTER_SILENT = "requester_silent"
    NOBODY = "nobody"
    REOPENED = "reopened"
    VOLUNTEER_WAITING = "volunteer_waiting"
    BOUNCED = "bounced"
    CLOSE = "close"
    LOOK_AGAIN = "look_again"
    BY_HAND = "by_hand"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that needs a coordinator. ``reference`` is empty where it is about a volunteer."""

    needing: Needing
    since: date
    reference: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A note of advice: its title, the end of its public address, the name shown with it."""

    title: str
    slug: str
    shown_as: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A volunteer as another may see them: the name they show, and what they chose to tell."""

    name: str
    organisation: str
    job_title: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event: its name, the end of its public address, where and when, both days included."""

    name: str
    slug: str
    place: str
    first_on: date
    last_on: date
