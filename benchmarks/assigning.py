"""How long an assignment takes, against scipy and greed, and what fairness costs and gains.

python benchmarks/assigning.py
"""

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from matcher.matching.assigning import Pair, assign
from matcher.matching.flow import UNITS, Network

Result = TypeVar("Result")
CANDIDATES = 30


def main() -> None:
    for requests in (1_000, 10_000, 100_000):
        large(requests)
    dense()
    same_as_scipy()


def large(requests: int) -> None:
    network = sparse_case(requests)
    seconds, arcs = timed(network.optimum)
    fair_seconds, fair = timed(lambda: network.optimum(network.best_floor()))
    served, total = greedy(network)
    scores, fair_scores = network.units[arcs] / UNITS, network.units[fair] / UNITS
    print(
        f"{requests} requests x {CANDIDATES}: {seconds:.2f} s, served {arcs.size}, "
        f"total {scores.sum():.1f}; greedy serves {served}, total {total:.1f}; "
        f"fair {fair_seconds:.2f} s, total {fair_scores.sum() / scores.sum() - 1:+.2%}, "
        f"worst {scores.min():.4f} -> {fair_scores.min():.4f}",
        flush=True,
    )


def dense() -> None:
    """Three rounds of 500 x 500, as the nearest peer's own sample has them."""
    chance = np.random.default_rng(1)
    rows, columns = np.divmod(np.arange(250_000), 500)
    ones = np.ones(500, np.int64)
    rounds = [
        Network.of(rows, columns, chance.random(250_000), places=ones, room=ones) for _ in range(3)
    ]
    seconds, _ = timed(lambda: [network.optimum() for network in rounds])
    print(f"500 x 500 dense, three rounds: {seconds:.3f} s")


def same_as_scipy() -> None:
    worst = 0.0
    for seed in range(200):
        chance = np.random.default_rng(seed)
        scores = chance.random(chance.integers(1, 12, 2))
        rows, columns = linear_sum_assignment(scores, maximize=True)
        gap = abs(assign(dense_case(scores)).total - scores[rows, columns].sum())
        worst = max(worst, gap)
    print(f"200 random cases: largest difference from scipy's optimum {worst:.2e}")


def sparse_case(requests: int, seed: int = 3) -> Network:
    """Return requests with 30 candidates drawn at random, who have room for 1 to 3."""
    chance = np.random.default_rng(seed)
    offers = chance.integers(0, requests, (requests, CANDIDATES))
    arcs = np.unique(np.repeat(np.arange(requests), CANDIDATES) * requests + offers.ravel())
    return Network.of(
        arcs // requests,
        arcs % requests,
        chance.beta(2, 5, arcs.size),
        places=np.ones(requests, np.int64),
        room=chance.integers(1, 4, requests),
    )


def dense_case(scores: np.ndarray) -> list[Pair]:
    return [Pair(f"n{row}", f"o{column}", score) for (row, column), score in np.ndenumerate(scores)]


def greedy(network: Network) -> tuple[int, float]:
    """Return how many are served, and the total, when the best pair is taken again and again."""
    served: dict[int, int] = {}
    room = network.room.copy()
    for arc in np.argsort(-network.units, kind="stable").tolist():
        need, offer = int(network.needs[arc]), network.offers[arc]
        if need not in served and room[offer]:
            served[need] = int(network.units[arc])
            room[offer] -= 1
    return len(served), sum(served.values()) / UNITS


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
