"""The fitted constants of the travel estimates, read from ``data/params.json``.

How they were fitted, and on which journeys, stands in docs/measurements/travel.md.
"""

import json
from dataclasses import dataclass
from typing import Self

from matcher.places.tables import DATA


@dataclass(frozen=True, slots=True)
class RailConstants:
    """Trains. Speeds in km/h, times in minutes; one value for each letter of ``classes``.

    ``stop`` is lost at each call. Beyond ``long_hop_km`` between two calls an express runs at
    ``long_hop_speed``. ``wait`` is spent on changing to a line of that class from another express,
    ``wait_after_local`` from a stopping train; ``local_wait`` on changing platforms to a stopping
    train, ``local_wait_after_express`` on changing to one from an express; both more where stations
    are few, by ``sparse_wait_per_km`` for each km to the tenth station around. Waits for an
    express fall with the number of lines that call there, to the power of ``choice_power``.
    ``london_change`` and ``london_per_km`` take you from one London terminal to another.
    """

    classes: str
    speed: tuple[float, ...]
    long_hop_speed: tuple[float, ...]
    long_hop_km: float
    stop: tuple[float, ...]
    wait: tuple[float, ...]
    local_speed: float
    local_stop: float
    local_wait: float
    wait_after_local: tuple[float, ...]
    local_wait_after_express: float
    sparse_wait_per_km: float
    choice_power: float
    london_change: float
    london_per_km: float


@dataclass(frozen=True, slots=True)
class AccessConstants:
    """Ways to and from stations, and others than the train. Speeds in km/h, times in minutes.

    ``london_start`` and ``london_per_km`` are for Underground and buses within Greater London.
    """

    stations: int
    detour: float
    walk_speed: float
    ride_speed: float
    ride_wait: float
    station_wait: float
    bus_start: float
    bus_per_km: float
    bus_longest_km: float
    bus_longest_detour: float
    london_start: float
    london_per_km: float
    northern_ireland_factor: float
    northern_ireland_power: float


@dataclass(frozen=True, slots=True)
class RoadConstants:
    """Driving takes ``start + factor × free_flow ** power`` minutes, speeds in km/h.

    Off the graph ``local_speed`` is driven. Less than ``short_km`` take ``short_start`` minutes and
    the way at ``short_speed``.
    """

    start: float
    factor: float
    power: float
    local_speed: float
    detour: float
    short_km: float
    short_start: float
    short_speed: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All fitted constants."""

    rail: RailConstants
    access: AccessConstants
    road: RoadConstants

    @classmethod
    def load(cls) -> Self:
        """Read the shipped constants."""
        read = json.loads((DATA / "params.json").read_text(encoding="utf-8"))
        lists = {name: tuple(value) for name, value in read["rail"].items() if type(value) is list}
        return cls(
            RailConstants(**{**read["rail"], **lists}),
            AccessConstants(**read["access"]),
            RoadConstants(**read["road"]),
        )
