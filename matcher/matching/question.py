"""A need and its reading turned into the numbers that the compiled ranking reads."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from matcher.matching.best import Question
from matcher.matching.offers import Need
from matcher.matching.reach import Asked, Floats
from matcher.matching.reading import Reading
from matcher.matching.table import Encoder, on_sphere
from matcher.matching.weights import Weights
from matcher.matching.wordrows import NeedVector


def question_of(need: Need, reading: Reading, encoder: Encoder) -> Question:
    """Return the need as numbers. Terms that no offer has are left out, but count in its norm."""
    return Question(_vector(reading, encoder), _asked(need, encoder))


def _vector(reading: Reading, encoder: Encoder) -> NeedVector:
    vocabulary, weights = encoder.vocabulary, encoder.weights
    near = reading.near
    numbers = [vocabulary.ids.get(term.term, -1) for term in reading.own]
    terms = np.concatenate((np.array(numbers, np.int64), vocabulary.of_stem[near.stems]))
    weight = np.concatenate(([term.weight for term in reading.own], near.weights))
    idf = np.concatenate(([term.idf for term in reading.own], reading.near_idf[near.stems]))
    known = terms >= 0
    terms, weight, idf = terms[known], weight[known], idf[known]
    slot = np.zeros(len(vocabulary), np.int16)
    slot[terms] = np.arange(1, terms.size + 1)
    together = weights.whole + weights.items + weights.bm25
    return NeedVector(
        slot,
        terms,
        weight * idf / reading.norm,
        weight / reading.mass,
        weights.whole / together,
        weights.items / together,
        weights.bm25 / together,
    )


def _asked(need: Need, encoder: Encoder) -> Asked:
    x, y, z = on_sphere(need.place)
    minutes = need.minutes
    nothing: Mapping[str, float] = {}
    weights: Weights = encoder.weights
    return Asked(
        x,
        y,
        z,
        np.uint64(encoder.kind_bits((need.kind,)) if need.kind else 0),
        need.remote_too,
        need.remote_only,
        _ordinal(need.as_of),
        _by_outcode(minutes.train if minutes else nothing, encoder),
        _by_outcode(minutes.car if minutes else nothing, encoder),
        _by_outcode(minutes.transit if minutes else nothing, encoder),
        weights.travel,
        weights.travel_minutes,
        weights.travel_km,
        weights.over,
        weights.a_little_over,
    )


def _by_outcode(minutes: Mapping[str, float], encoder: Encoder) -> Floats:
    # By number of the outward code; 0 stands for an unknown one.
    codes = list(encoder.outcodes)
    found = np.full(len(codes) + 1, np.nan, np.float32)
    if minutes:
        found[1:] = [minutes.get(code, np.nan) for code in codes]
    return found


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()
