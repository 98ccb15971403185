"""How roughly a journey is said: never exact minutes, since it is an estimate."""

import math

LONG_MINUTES = 120
SHORT_STEP_MINUTES = 15
LONG_STEP_MINUTES = 30


def rough_minutes(minutes: float | None) -> int | None:
    """Return minutes rounded to 15 below two hours and to 30 above, at least 15; None for None.

    Halves go up, since a journey said too short annoys more.
    """
    if minutes is None:
        return None
    step = SHORT_STEP_MINUTES if minutes < LONG_MINUTES else LONG_STEP_MINUTES
    return max(SHORT_STEP_MINUTES, math.floor(minutes / step + 0.5) * step)
