"""How good rankings are, held against graded judgements, with the chance in the figures shown.

nDCG@10 with gains 2^grade - 1 (Järvelin and Kekäläinen 2002), recall@10, mean reciprocal rank of
the first suitable one, and the share of requests with an ideal one (grade 2, or the highest grade
there is) among the first three. Intervals are percentiles of the bootstrap over requests.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grades = Mapping[str, int]
_FIRST = 10
_TOP = 3


@dataclass(frozen=True)
class Measure:
    """A mean over requests with the ends of its 95 % interval."""

    name: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Judgement:
    """The measures of one set. `unlabelled` requests had nobody suitable and do not count."""

    requests: int
    unlabelled: int
    measures: tuple[Measure, ...]

    def of(self, name: str) -> Measure:
        """Return the measure of this name. Raises KeyError for an unknown one."""
        return {measure.name: measure for measure in self.measures}[name]


def judge(
    rankings: Mapping[str, Sequence[str]],
    labels: Mapping[str, Grades],
    *,
    draws: int = 1000,
    seed: int = 0,
) -> Judgement:
    """Judge rankings (request to offer ids, best first) by labels (request to graded offers)."""
    judged = {request: grades for request, grades in labels.items() if max(grades.values()) > 0}
    ordered = sorted(request for request in rankings if request in judged)
    chance = np.random.default_rng(seed)
    drawn = chance.integers(0, max(len(ordered), 1), (draws, len(ordered)))
    measures = [
        _measure(name, [rate(rankings[one], judged[one]) for one in ordered], drawn)
        for name, rate in MEASURES.items()
    ]
    return Judgement(len(ordered), len(rankings) - len(ordered), tuple(measures))


def ndcg(ranking: Sequence[str], grades: Grades) -> float:
    """Return the discounted gain of the first ten, over that of the best order possible."""
    gained = [grades.get(offer, 0) for offer in ranking[:_FIRST]]
    ideal = sorted(grades.values(), reverse=True)[:_FIRST]
    return _discounted(gained) / _discounted(ideal)


def recall(ranking: Sequence[str], grades: Grades) -> float:
    """Return which share of the suitable stands among the first ten."""
    suitable = {offer for offer, grade in grades.items() if grade > 0}
    return len(suitable.intersection(ranking[:_FIRST])) / min(len(suitable), _FIRST)


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """Return one over the place of the first suitable one, 0 where there is none."""
    for place, offer in enumerate(ranking, start=1):
        if grades.get(offer, 0) > 0:
            return 1.0 / place
    return 0.0


def ideal_on_top(ranking: Sequence[str], grades: Grades) -> float:
    """Return 1 where one of the highest grade stands among the first three, else 0."""
    highest = max(grades.values())
    return float(any(grades.get(offer, 0) == highest for offer in ranking[:_TOP]))


MEASURES: dict[str, Callable[[Sequence[str], Grades], float]] = {
    "nDCG@10": ndcg,
    "recall@10": recall,
    "MRR": reciprocal_rank,
    "ideal in top 3": ideal_on_top,
}


def _discounted(grades: Sequence[int]) -> float:
    gains = (float((1 << grade) - 1) for grade in grades)
    return sum(gain / math.log2(place) for place, gain in enumerate(gains, start=2))


def _measure(name: str, rates: Sequence[float], drawn: NDArray[np.int64]) -> Measure:
    if not rates:
        return Measure(name, math.nan, math.nan, math.nan)
    values = np.array(rates)
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return Measure(name, float(values.mean()), float(low), float(high))
