"""What an estimate is made from and what it gives."""

from dataclasses import dataclass
from typing import Literal

from matcher.places.geometry import Booleans, Floats, Integers
from matcher.places.road import Approach
from matcher.places.stops import StationAccess

Mode = Literal["train", "transit", "car"]


@dataclass(frozen=True, slots=True)
class Spots:
    """n points made ready for estimates: how each joins the roads and the railway."""

    latitude: Floats
    longitude: Floats
    road: Approach
    island: Integers
    stations: tuple[StationAccess, ...]
    northern_ireland: Booleans
    london: Booleans


@dataclass(frozen=True, slots=True)
class Reach:
    """The way from one origin to n points; all arrays have n values, NaN where there is no answer.

    ``over_sea`` marks points that need a ferry or a flight: they lie on other land than the origin
    and no train goes there. ``car`` has minutes for them where a ferry takes cars, ``train`` and
    ``transit`` have none. ``kilometres`` are in a straight line.
    """

    train: Floats
    transit: Floats
    car: Floats
    kilometres: Floats
    over_sea: Booleans

    def minutes(self, mode: Mode) -> Floats:
        """Return the minutes by ``mode``."""
        return {"train": self.train, "transit": self.transit, "car": self.car}[mode]
