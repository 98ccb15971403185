"""How many are asked at once, how long they have, and when they are reminded."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wave:
    """Asks for a request whose first wanted date is at least ``from_days`` away."""

    from_days: int
    extra_asks: int
    answer_working_days: int
    reminder_working_days: int | None


#: LIFECYCLE: over six weeks or no date; two to six weeks; under two weeks.
DEFAULT_WAVES = (
    Wave(from_days=43, extra_asks=2, answer_working_days=5, reminder_working_days=3),
    Wave(from_days=14, extra_asks=3, answer_working_days=3, reminder_working_days=2),
    Wave(from_days=0, extra_asks=5, answer_working_days=1, reminder_working_days=None),
)


def wave_for(wanted: tuple[date, ...], today: date, waves: tuple[Wave, ...]) -> Wave:
    """Return the wave that fits the time left to the first wanted date still to come."""
    coming = [day for day in wanted if day >= today]
    ordered = sorted(waves, key=lambda wave: wave.from_days, reverse=True)
    if not coming:
        return ordered[0]
    days_left = (min(coming) - today).days
    return next((wave for wave in ordered if days_left >= wave.from_days), ordered[-1])


def asks_wanted(*, free_places: int, open_asks: int, wave: Wave) -> int:
    """Return how many more to ask now, so that places + extra are asked at once; never negative."""
    if free_places <= 0:
        return 0
    return max(0, free_places + wave.extra_asks - open_asks)
