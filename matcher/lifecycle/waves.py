"""How many are asked at once, how long they have, and when they are reminded."""

from dataclasses import dataclass
from datetime import date
from math import comb

#: However few say yes, a wave asks at most so many times what it would without a measured rate.
MOST_TIMES = 3


@dataclass(frozen=True, slots=True)
class Wave:
    """Asks for a request whose first wanted date is at least ``from_days`` away.

    ``chance`` is how likely a wave shall bring every free place a yes, once it is known how many
    say yes. Where three in ten do, both ways ask as many for one place.
    """

    from_days: int
    extra_asks: int
    answer_working_days: int
    reminder_working_days: int | None
    chance: float = 0.65


#: LIFECYCLE: over six weeks or no date; two to six weeks; under two weeks.
DEFAULT_WAVES = (
    Wave(from_days=43, extra_asks=2, answer_working_days=5, reminder_working_days=3),
    Wave(from_days=14, extra_asks=3, answer_working_days=3, reminder_working_days=2, chance=0.75),
    Wave(
        from_days=0,
        extra_asks=5,
        answer_working_days=1,
        reminder_working_days=None,
        chance=0.88,
    ),
)


def wave_for(wanted: tuple[date, ...], today: date, waves: tuple[Wave, ...]) -> Wave:
    """Return the wave that fits the time left to the first wanted date still to come."""
    coming = [day for day in wanted if day >= today]
    ordered = sorted(waves, key=lambda wave: wave.from_days, reverse=True)
    if not coming:
        return ordered[0]
    days_left = (min(coming) - today).days
    return next((wave for wave in ordered if days_left >= wave.from_days), ordered[-1])


def asks_wanted(
    *, free_places: int, open_asks: int, wave: Wave, yes_rate: float | None = None
) -> int:
    """Return how many more to ask now; never negative.

    Places + extra are asked at once; or, where the share of asks that are answered with a yes has
    been measured, as many as bring every free place a yes with the wave's chance.
    """
    if free_places <= 0:
        return 0
    by_table = free_places + wave.extra_asks
    if yes_rate is None:
        return max(0, by_table - open_asks)
    most = MOST_TIMES * by_table
    return max(0, enough_asks(free_places, yes_rate, wave.chance, most) - open_asks)


def enough_asks(places: int, yes_rate: float, chance: float, most: int) -> int:
    """Return the fewest asks, up to ``most``, of which at least ``places`` are answered with yes.

    "At least" with the probability ``chance``, where each ask by itself has ``yes_rate``: the tail
    of the binomial distribution.
    """
    enough = (asks for asks in range(places, most) if _tail(asks, places, yes_rate) >= chance)
    return next(enough, most)


def _tail(asks: int, places: int, yes_rate: float) -> float:
    fewer = range(min(places, asks + 1))
    return 1.0 - sum(
        comb(asks, yeses) * yes_rate**yeses * (1.0 - yes_rate) ** (asks - yeses) for yeses in fewer
    )
