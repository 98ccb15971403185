"""The best rows of a table for one need, compiled: bars first, then words, then preferences."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.compiled import compiled, compiled_within
from matcher.matching.reach import Asked, Facts, outcome_of, travel_share
from matcher.matching.wordrows import Doubles, NeedVector, WordRows, text_score

# Scores nearer than this are compared again in double precision, and then by id.
SLACK = 1e-5


class Details(NamedTuple):
    """Of some rows: the four parts of the score, and how they come. The parts are the text score
    and what travel, load and dates take off one after another: text x travel x load x dates.
    """

    parts: Doubles
    manners: NDArray[np.int64]


class Given(NamedTuple):
    """The marks of a table's rows: bits of bars, what remains for the wanted dates, and room for
    one sum a row.
    """

    bars: NDArray[np.uint16]
    dates: NDArray[np.float32]
    sums: NDArray[np.float32]


class Rows(NamedTuple):
    """All that is known of the rows of one table."""

    words: WordRows
    facts: Facts
    given: Given


class Question(NamedTuple):
    """A need as numbers: its words and its circumstances."""

    need: NeedVector
    asked: Asked


@compiled
def best_rows(rows: Rows, question: Question, heap: Doubles) -> NDArray[np.int64]:
    """Return all rows that may be among the best, in no order; scores of 0 are left out.

    `heap` holds the best scores so far, the least first, and takes in those found here.
    """
    size = rows.facts.size
    counted = np.zeros(question.need.cosine.size)
    kept = np.empty(size, np.int64)
    scores = np.empty(size)
    found = 0
    for row in range(size):
        score = score_of(rows, row, question, counted)
        if score > 0.0 and score >= heap[0] - SLACK:
            kept[found], scores[found] = row, score
            found += 1
            offer_to_heap(heap, score)
    best: NDArray[np.int64] = kept[:found][scores[:found] >= heap[0] - SLACK]
    return best


@compiled_within
def score_of(rows: Rows, row: int, question: Question, counted: Doubles) -> float:
    """Return the score of one row, 0 where it is barred; `counted` is room for the terms."""
    share = share_of(rows, row, question.asked)
    if share == 0.0:
        return 0.0
    return share * text_score(rows.words, row, question.need, counted)


@compiled_within
def share_of(rows: Rows, row: int, asked: Asked) -> float:
    """Return what remains of a row's text score for travel, load and dates; 0 where barred."""
    fact = rows.facts[row]
    if not fact.alive:
        return 0.0
    outcome = outcome_of(fact, asked, int(rows.given.bars[row]))
    if outcome.bars != 0:
        return 0.0
    return float(travel_share(fact, asked, outcome) * fact.load * rows.given.dates[row])


@compiled_within
def offer_to_heap(heap: Doubles, score: float) -> None:
    """Put the score in the place of the least, if it is larger; the least stands first."""
    if score <= heap[0]:
        return
    place = 0
    while True:
        child = 2 * place + 1
        if child >= heap.size:
            break
        if child + 1 < heap.size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= score:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = score


@compiled
def details_of(rows: Rows, chosen: NDArray[np.int64], question: Question) -> Details:
    """Return what the scores of the chosen rows are made of, in double precision."""
    counted = np.zeros(question.need.cosine.size)
    parts = np.empty((4, chosen.size))
    manners = np.empty(chosen.size, np.int64)
    for place in range(chosen.size):
        row = chosen[place]
        fact = rows.facts[row]
        outcome = outcome_of(fact, question.asked, int(rows.given.bars[row]))
        text = text_score(rows.words, row, question.need, counted)
        travelled = text * travel_share(fact, question.asked, outcome)
        carried = travelled * fact.load
        parts[0, place] = text
        parts[1, place] = travelled - text
        parts[2, place] = carried - travelled
        parts[3, place] = carried * rows.given.dates[row] - carried
        manners[place] = outcome.manner
    return Details(parts, manners)


@compiled
def all_bars(rows: Rows, asked: Asked) -> NDArray[np.uint16]:
    """Return the bits of the bars of every row, 0 also for dead rows."""
    size = rows.facts.size
    bars = np.zeros(size, np.uint16)
    for row in range(size):
        fact = rows.facts[row]
        if fact.alive:
            bars[row] = outcome_of(fact, asked, int(rows.given.bars[row])).bars
    return bars
