"""What the matcher reads: offers and needs. What it answers: candidates with reasons, and bars.

Everything here is a frozen value without a clock; `plain.py` turns each into JSON and back.
Sentences for people are made elsewhere: a reason or a fix carries its kind and its facts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property


class Mode(StrEnum):
    """A way to travel: minutes on trains, door to door by public transport, or by car."""

    TRAIN = "train"
    TRANSIT = "transit"
    CAR = "car"


@dataclass(frozen=True)
class Point:
    """A place on the map in degrees (WGS 84), with its outward code where one is known."""

    latitude: float
    longitude: float
    outcode: str = ""


@dataclass(frozen=True)
class TravelLimit:
    """How far a volunteer will go; nothing stated means no limit.

    Miles and areas (GSS codes of councils) must each hold. Of the two time limits one suffices:
    who says "two hours by train or one by car" comes by whichever is quick enough.
    `remote` says that the volunteer also helps by video; with `miles=0` only so.
    """

    miles: float | None = None
    train_minutes: int | None = None
    car_minutes: int | None = None
    areas: tuple[str, ...] = ()
    remote: bool = False

    @property
    def remote_only(self) -> bool:
        """Whether the volunteer helps by video and never travels."""
        return self.remote and self.miles == 0


@dataclass(frozen=True)
class Offer:
    """What one volunteer offers. Every fact defaults to "no limit", so words alone can be ranked.

    `experience` holds paragraphs. `away` holds first and last days, both included. `kinds` empty
    means any kind of help; `not_for_me` are topics that bar a need; `asks_left` None
    means no cap; `recent_asks` counts the asks of late.
    """

    id: str
    title: str = ""
    skills: tuple[str, ...] = ()
    experience: tuple[str, ...] = ()
    place: Point | None = None
    travel: TravelLimit = TravelLimit()
    away: tuple[tuple[date, date], ...] = ()
    organisation_id: str | None = None
    related_organisations: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    not_for_me: tuple[str, ...] = ()
    asks_left: int | None = None
    resting_until: date | None = None
    recent_asks: int = 0

    def same_but_for_load(self, other: "Offer") -> bool:
        """Return whether the two differ in their asks and rest at most."""
        return self == replace(
            other,
            asks_left=self.asks_left,
            resting_until=self.resting_until,
            recent_asks=self.recent_asks,
        )


@dataclass(frozen=True)
class TravelMinutes:
    """Minutes from each outward code to the place of the need; a code left out has no estimate.

    From those in `over_sea` there is neither road nor railway.
    """

    train: Mapping[str, float] = field(default_factory=dict)
    transit: Mapping[str, float] = field(default_factory=dict)
    car: Mapping[str, float] = field(default_factory=dict)
    over_sea: frozenset[str] = frozenset()

    def of(self, mode: Mode, outcode: str) -> float | None:
        """Return the minutes by `mode` from `outcode`, or None where there is no estimate."""
        return self.by_mode(mode).get(outcode)

    def by_mode(self, mode: Mode) -> Mapping[str, float]:
        """Return outward code to minutes for one mode."""
        return {Mode.TRAIN: self.train, Mode.TRANSIT: self.transit, Mode.CAR: self.car}[mode]


@dataclass(frozen=True)
class Need:
    """What the matcher reads of a help request.

    `area` is the GSS code of the council where it takes place; `dates` empty means flexible;
    `refused` holds the ids of offers that refused or are paired already; `as_of` is the day the
    question is asked, without which rests and present absences bar nobody.
    """

    id: str
    title: str = ""
    text: str = ""
    place: Point | None = None
    area: str = ""
    dates: tuple[date, ...] = ()
    organisation_id: str | None = None
    unwanted_organisations: frozenset[str] = frozenset()
    kind: str = ""
    remote_too: bool = False
    remote_only: bool = False
    refused: frozenset[str] = frozenset()
    minutes: TravelMinutes | None = None
    as_of: date | None = None


class ReasonKind(StrEnum):
    """What a reason rests on: words first, then facts."""

    WORD = "word"
    SPELLING = "spelling"
    ACRONYM = "acronym"
    THESAURUS = "thesaurus"
    NEIGHBOUR = "neighbour"
    DISTANCE = "distance"
    TRAIN = "train"
    TRANSIT = "transit"
    CAR = "car"
    A_LITTLE_OVER = "a_little_over"
    REMOTE = "remote"
    TRAVEL_UNKNOWN = "travel_unknown"
    LOAD = "load"
    DATES = "dates"


@dataclass(frozen=True)
class Reason:
    """One reason for a score. `share` is what it adds to the score (travel and load take off).

    `word` is in the volunteer's own spelling, `need_word` as the need has it; they differ for
    expansions. `amount` and `unit` carry a fact ("km", "minutes", "asks", "dates").
    """

    kind: ReasonKind
    share: float
    word: str = ""
    need_word: str = ""
    amount: float | None = None
    unit: str = ""


class WhyThin(StrEnum):
    """Why a match should be read with care."""

    COMMON_WORDS = "common_words"
    ONE_WORD = "one_word"
    ONLY_SIMILAR_WORDS = "only_similar_words"


@dataclass(frozen=True)
class Parts:
    """What a score is made of; the four add up to it. Only words add, the others take off."""

    words: float
    travel: float = 0.0
    load: float = 0.0
    dates: float = 0.0

    @property
    def total(self) -> float:
        """Return the sum of the parts."""
        return self.words + self.travel + self.load + self.dates


@dataclass(frozen=True)
class Journey:
    """How the volunteer would come. None means unknown; `over` names the limit that is passed a
    little; `remote` says that the volunteer would help by video instead; `over_sea` that the way
    needs a ferry or a flight.
    """

    distance_km: float | None = None
    train_minutes: float | None = None
    transit_minutes: float | None = None
    car_minutes: float | None = None
    over: Mode | None = None
    remote: bool = False
    over_sea: bool = False


@dataclass(frozen=True)
class Explanation:
    """The way there, the reasons with the largest share first, and why the match is thin if so."""

    journey: Journey = Journey()
    reasons: tuple[Reason, ...] = ()
    why_thin: WhyThin | None = None


@dataclass(frozen=True)
class Candidate:
    """An offer that nothing bars, with a score from 0 to 1. What explains it is made when read."""

    offer_id: str
    score: float
    parts: Parts
    explain: Callable[[], Explanation] = field(default=Explanation, repr=False, compare=False)

    @cached_property
    def explanation(self) -> Explanation:
        """The journey, the reasons and the caution, worked out at the first reading."""
        return self.explain()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The words and facts that made the score, largest share first."""
        return self.explanation.reasons

    @property
    def why_thin(self) -> WhyThin | None:
        """Why the match should be read with care, or None."""
        return self.explanation.why_thin

    @property
    def journey(self) -> Journey:
        """How the volunteer would come."""
        return self.explanation.journey

    @property
    def distance_km(self) -> float | None:
        """The straight line in kilometres, or None where a place is not known."""
        return self.journey.distance_km


class Bar(StrEnum):
    """The rules that forbid a pair, in the order in which the first one is named."""

    REFUSED = "refused"
    SAME_ORGANISATION = "same_organisation"
    RELATED_ORGANISATION = "related_organisation"
    CONFLICT = "conflict"
    KIND_NOT_OFFERED = "kind_not_offered"
    NOT_FOR_ME = "not_for_me"
    NOT_REMOTE = "not_remote"
    REMOTE_ONLY = "remote_only"
    OUTSIDE_AREAS = "outside_areas"
    TOO_FAR = "too_far"
    TOO_LONG = "too_long"
    AWAY = "away"
    CAPACITY = "capacity"
    RESTING = "resting"


class FixKind(StrEnum):
    """What would lift a bar."""

    ACCEPT_REMOTE = "accept_remote"
    MEET_IN_PERSON = "meet_in_person"
    TRAVEL_FURTHER = "travel_further"
    OTHER_DATES = "other_dates"
    WAIT_UNTIL = "wait_until"
    RAISE_CAPACITY = "raise_capacity"
    ASK_FOR_THIS_KIND = "ask_for_this_kind"
    ADD_AREA = "add_area"
    ASK_ABOUT_TOPIC = "ask_about_topic"
    COORDINATOR_DECIDES = "coordinator_decides"


@dataclass(frozen=True)
class Fix:
    """What would lift a bar, with its facts. `adds` says how many offers it would let in: those
    that nothing else bars. For one barred offer that is 1, or 0 where another bar stands too.

    `amount` with `unit`: "miles", "train_minutes", "car_minutes" (beyond the stated limit),
    "percent", "asks". `until` is the first day on which the bar is gone.
    """

    kind: FixKind
    adds: int = 1
    amount: float | None = None
    unit: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Barred:
    """One offer that the need may not have: the first bar, the cheapest fix, the other bars."""

    offer_id: str
    bar: Bar
    fix: Fix
    also: tuple[Bar, ...] = ()
    journey: Journey = Journey()


@dataclass(frozen=True)
class BarCount:
    """How many offers one kind of bar keeps out, with the fixes, cheapest first.

    Each offer counts once, under its first bar.
    """

    bar: Bar
    how_many: int
    fixes: tuple[Fix, ...] = ()

    @property
    def fix(self) -> Fix | None:
        """The cheapest fix, or None."""
        return self.fixes[0] if self.fixes else None
