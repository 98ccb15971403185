"""Measures the travel estimates against published journeys, against the goals, and for speed.

    nice python -m benchmarks.travel [--reference FOLDER]

``benchmarks/data/journeys.csv`` holds the journeys with their sources; none was used for fitting.
With ``--reference`` (a folder with ``travel_estimator.py``) it also compares 1,000 random pairs of
outward codes with that estimator and prints the twenty largest differences.
"""

import argparse
import csv
import importlib.util
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from matcher.places.constants import Constants
from matcher.places.gazetteer import Gazetteer
from matcher.places.place import Place, Point
from matcher.places.rail import RailNetwork
from matcher.places.travel import Estimator

JOURNEYS = Path(__file__).parent / "data" / "journeys.csv"
LONDON_STATIONS = {"EUS", "KGX", "STP", "PAD", "WAT", "VIC", "LST", "LBG", "CHX"}
FILTER_MINUTES = 120
A_LITTLE_OVER = 1.15
VOLUNTEERS = 100_000


Difference = tuple[str, float, float, Place, Place]


@dataclass(frozen=True)
class Journey:
    mode: str
    start: str
    end: str
    points: tuple[Point, Point]
    stations: tuple[list[str], list[str]]
    minutes: float


Estimates = Callable[[list[Journey]], list[float]]


def read_journeys() -> list[Journey]:
    with JOURNEYS.open(encoding="utf-8", newline="") as file:
        return [
            Journey(
                row["mode"],
                row["from"],
                row["to"],
                (
                    (float(row["from_latitude"]), float(row["from_longitude"])),
                    (float(row["to_latitude"]), float(row["to_longitude"])),
                ),
                (row["from_stations"].split(), row["to_stations"].split()),
                float(row["minutes"]),
            )
            for row in csv.DictReader(file)
        ]


def timed(work: Callable[[], object], times: int = 1) -> float:
    best = math.inf
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def rail_estimates(journeys: list[Journey]) -> list[float]:
    rail = RailNetwork.load(Constants.load().rail)
    number = rail.stations.number()

    def best(journey: Journey) -> float:
        starts, ends = ([number[code] for code in codes] for codes in journey.stations)
        return float(rail.minutes_between(np.array(starts))[:, ends].min())

    return [best(journey) for journey in journeys]


def report(name: str, journeys: list[Journey], estimates: list[float], goal: str) -> None:
    real = np.array([journey.minutes for journey in journeys])
    error = np.array(estimates) - real
    away = np.abs(error)
    print(
        f"{name:38} {len(real):4} journeys  median {np.nanmedian(away):5.1f} min"
        f" {100 * np.nanmedian(away / real):5.1f} %  p90 {np.nanquantile(away, 0.9):5.1f}"
        f"  bias {np.nanmedian(error):+5.1f}  none {np.isnan(error).sum()}   goal {goal}"
    )


def report_filter(journeys: list[Journey], estimates: list[float]) -> None:
    within = [
        (journey, estimate)
        for journey, estimate in zip(journeys, estimates, strict=True)
        if journey.minutes <= FILTER_MINUTES
    ]
    dropped = [pair for pair in within if pair[1] > FILTER_MINUTES * A_LITTLE_OVER]
    print(f"2 h by train: {len(dropped)} of {len(within)} wrongly dropped   goal 2 %")
    for journey, estimate in dropped:
        print(f"    {journey.start} to {journey.end}: {journey.minutes:.0f}, not {estimate:.0f}")


def columns(pairs: list[tuple[Journey, float]]) -> tuple[list[Journey], list[float]]:
    return [journey for journey, _ in pairs], [estimate for _, estimate in pairs]


def measure_accuracy(trains: Estimates, others: Callable[[Journey], float]) -> None:
    """Report every mode; ``trains`` and ``others`` give the estimates."""
    journeys = read_journeys()
    by_train = [journey for journey in journeys if journey.mode == "train"]
    pairs = list(zip(by_train, trains(by_train), strict=True))
    report("train, all", *columns(pairs), "")
    outside = [
        pair
        for pair in pairs
        if LONDON_STATIONS.isdisjoint([*pair[0].stations[0], *pair[0].stations[1]])
    ]
    report("train, outside London", *columns(outside), "7.5 %, p90 32")
    report("train, up to 4 h", *columns([pair for pair in pairs if pair[0].minutes <= 240]), "")
    report_filter(*columns(pairs))
    for mode, goal in (
        ("transit", "9.5 %, p90 30"),
        ("car", "9 min, 6 %, p90 22"),
        ("car round water", "p90 28"),
    ):
        some = [journey for journey in journeys if journey.mode == mode]
        report(mode, some, [others(journey) for journey in some], goal)
        short = [journey for journey in some if journey.minutes <= 240]
        report(f"{mode}, up to 4 h", short, [others(journey) for journey in short], "")


def our_estimates(estimator: Estimator) -> tuple[Estimates, Callable[[Journey], float]]:
    def other(journey: Journey) -> float:
        reach = estimator.reach_points(journey.points[0], [journey.points[1]])
        return float((reach.transit if journey.mode == "transit" else reach.car)[0])

    return rail_estimates, other


def reference_estimates(module: ModuleType) -> tuple[Estimates, Callable[[Journey], float]]:
    theirs = module.Estimator()

    def train(journey: Journey) -> float:
        starts, ends = journey.stations
        return min(theirs.rail_station(start, end) for start in starts for end in ends)

    def other(journey: Journey) -> float:
        estimate = theirs.pt_pp if journey.mode == "transit" else theirs.car_pp
        return float(estimate(*journey.points[0], *journey.points[1]))

    return lambda journeys: [train(journey) for journey in journeys], other


def measure_speed(estimator: Estimator) -> None:
    generator = np.random.default_rng(1)
    homes = generator.integers(0, len(estimator.outcodes), VOLUNTEERS)
    origins = iter([(51.4 + step / 1000, -1.3) for step in range(50)])

    def one_request() -> object:
        reach = estimator.reach(next(origins))
        return reach.train[homes], reach.transit[homes], reach.car[homes], reach.over_sea[homes]

    gazetteer, everything = timed(Gazetteer.load, 3), timed(Estimator.load, 3)
    print(f"load gazetteer {gazetteer:.0f} ms, estimator {everything:.0f} ms   goal 1,000")
    print(f"100,000 volunteers, a new place: {timed(one_request, 20):.1f} ms   goal 25")
    again = (51.4, -1.3)
    estimator.reach(again)
    known = timed(lambda: estimator.reach(again).train[homes], 20)
    print(f"100,000 volunteers, a place asked about before: {known:.2f} ms")


def compare(estimator: Estimator, reference: ModuleType) -> None:
    """Print how 1,000 random pairs differ from the reference, by mode, and the largest."""
    other = reference.Estimator()
    gazetteer = Gazetteer.load()
    places = [gazetteer.get(f"outcode:{code}") for code in estimator.outcodes]
    chooser = random.Random(20)
    differences: list[Difference] = []
    for _ in range(1000):
        start, end = chooser.sample(range(len(places)), 2)
        reach = estimator.reach(places[start].point)
        train, transit, _ = other.rail(*places[start].point)
        car, _ = other.car(*places[start].point)
        for mode, ours, theirs in (
            ("train", reach.train[end], train[end]),
            ("transit", reach.transit[end], transit[end]),
            ("car", reach.car[end], car[end]),
        ):
            differences.append((mode, float(ours), float(theirs), places[start], places[end]))
    for mode in ("train", "transit", "car"):
        _print_differences(mode, [entry for entry in differences if entry[0] == mode])


def _print_differences(mode: str, entries: list[Difference]) -> None:
    known = [entry for entry in entries if math.isfinite(entry[1]) and math.isfinite(entry[2])]
    gap = np.array([entry[1] - entry[2] for entry in known])
    one_only = sum(math.isfinite(entry[1]) != math.isfinite(entry[2]) for entry in entries)
    print(
        f"{mode}: {len(known)} pairs, median difference {np.median(gap):+.1f}, of size"
        f" {np.median(np.abs(gap)):.1f}; {np.sum(np.abs(gap) > 10)} by more than 10 minutes;"
        f" {one_only} answered by one only"
    )
    for _, ours, theirs, start, end in sorted(known, key=lambda entry: -abs(entry[1] - entry[2]))[
        :20
    ]:
        print(f"    {start.label} to {end.label}: {ours:.0f}, reference {theirs:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, help="a folder with travel_estimator.py")
    folder = parser.parse_args().reference
    estimator = Estimator.load()
    measure_accuracy(*our_estimates(estimator))
    measure_speed(estimator)
    if folder:
        reference = load_reference(folder)
        print("\nThe reference on the same journeys")
        measure_accuracy(*reference_estimates(reference))
        print("\n1,000 random pairs of outward codes")
        compare(estimator, reference)


def load_reference(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", folder / "travel_estimator.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
