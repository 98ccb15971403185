"""What is said of a journey: "about 2 hours by train (about 3 door to door)", never exact minutes.

The values are for templates, which say them in the reader's language; ``in_words`` says them in
English for emails and the command line.
"""

import math
from dataclasses import dataclass

from matcher.places.place import KM_PER_MILE
from matcher.places.reach import Mode, Reach

A_LITTLE_OVER_RATIO = 1.15
LONG_MINUTES = 120
SHORT_STEP_MINUTES = 15
LONG_STEP_MINUTES = 30
FINE_MILES = 20
COARSE_MILES_STEP = 5

MODE_WORDS = {"train": "by train", "transit": "by public transport", "car": "by car"}
SEA_CROSSING_WORDS = "needs a ferry or a flight"
NO_ESTIMATE_WORDS = "no estimate of the journey"


@dataclass(frozen=True, slots=True)
class RoughTime:
    """A time rounded to 15 minutes below two hours and to 30 above; at least 15 minutes."""

    hours: int
    minutes: int

    def in_words(self) -> str:
        """Return "2 and a half hours", "1 hour 15 minutes" or "45 minutes"."""
        if self.hours >= 2:
            return f"{self.in_hours()} hours"
        parts = [f"{self.hours} hour"] if self.hours else []
        parts += [f"{self.minutes} minutes"] if self.minutes else []
        return " ".join(parts)

    def in_hours(self) -> str:
        """Return "2 and a half" or "3"; for two hours and more."""
        return f"{self.hours} and a half" if self.minutes else f"{self.hours}"


@dataclass(frozen=True, slots=True)
class JourneyWording:
    """What may be said of one journey.

    ``time`` is by ``mode``, None where there is no estimate or the sea is in the way;
    ``door_to_door`` accompanies a time by train. ``a_little_over`` is said of a limit stated by the
    volunteer; ``miles`` are in a straight line, rounded.
    """

    mode: Mode
    time: RoughTime | None
    door_to_door: RoughTime | None
    a_little_over: bool
    sea_crossing: bool
    miles: int
    kilometres: float

    def in_words(self) -> str:
        """Return the journey in English."""
        if self.sea_crossing:
            return SEA_CROSSING_WORDS
        if self.time is None:
            return NO_ESTIMATE_WORDS
        words = f"about {self.time.in_words()} {MODE_WORDS[self.mode]}{self._door_to_door_words()}"
        return f"{words}, a little over" if self.a_little_over else words

    def _door_to_door_words(self) -> str:
        if self.time is None or self.door_to_door is None:
            return ""
        both_long = self.time.hours >= 2 and self.door_to_door.hours >= 2
        said = self.door_to_door.in_hours() if both_long else self.door_to_door.in_words()
        return f" (about {said} door to door)"


def rough_time(minutes: float) -> RoughTime:
    """Return ``minutes`` rounded; halves go up, since a journey said too short annoys more."""
    step = SHORT_STEP_MINUTES if minutes < LONG_MINUTES else LONG_STEP_MINUTES
    rounded = max(SHORT_STEP_MINUTES, math.floor(minutes / step + 0.5) * step)
    return RoughTime(*divmod(rounded, 60))


def is_a_little_over(minutes: float, limit_minutes: float) -> bool:
    """Return whether a time is beyond the limit, but by no more than 15 %."""
    return limit_minutes < minutes <= limit_minutes * A_LITTLE_OVER_RATIO


def rough_miles(kilometres: float) -> int:
    """Return miles, to the nearest 5 from 20 on."""
    miles = kilometres / KM_PER_MILE
    step = 1 if miles < FINE_MILES else COARSE_MILES_STEP
    return math.floor(miles / step + 0.5) * step


def describe(
    mode: Mode, reach: Reach, position: int, *, limit_minutes: float | None = None
) -> JourneyWording:
    """Return what to say of the way to one of the points of ``reach``, seen against a limit."""
    minutes = float(reach.minutes(mode)[position])
    door_to_door = float(reach.transit[position])
    known = math.isfinite(minutes) and not reach.over_sea[position]
    return JourneyWording(
        mode=mode,
        time=rough_time(minutes) if known else None,
        door_to_door=rough_time(door_to_door) if known and mode == "train" else None,
        a_little_over=limit_minutes is not None and is_a_little_over(minutes, limit_minutes),
        sea_crossing=bool(reach.over_sea[position]),
        miles=rough_miles(float(reach.kilometres[position])),
        kilometres=round(float(reach.kilometres[position]), 1),
    )
