"""What the commands rank, assign and judge do, from files to results, telling of their progress."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.matching.assigning import Assignment
from matcher.matching.best_use import CONSIDERED, best_use
from matcher.matching.csv_files import read_labels, read_needs, read_offers, read_places
from matcher.matching.index import OfferIndex
from matcher.matching.judging import Judgement, judge
from matcher.matching.offers import Candidate, Need, ReasonKind
from matcher.matching.spreading import LEAST_A_TASK
from matcher.matching.weights import Weights

# Called with how many requests are done and how many there are.
Progress = Callable[[int, int], None]
PAIR_COLUMNS = ("request", "volunteer", "rank", "score", "words", "travel", "load", "dates", "why")
_WORDS = frozenset(
    {
        ReasonKind.WORD,
        ReasonKind.SPELLING,
        ReasonKind.ACRONYM,
        ReasonKind.THESAURUS,
        ReasonKind.NEIGHBOUR,
    }
)


@dataclass(frozen=True)
class Sharing:
    """How work is shared out: processes, or a Dask scheduler's address ("tcp://...")."""

    jobs: int = 1
    cluster: str | None = None


@dataclass(frozen=True)
class Ranked:
    """One request with its candidates, best first."""

    need: Need
    candidates: Sequence[Candidate]


def silent(_done: int, _all: int) -> None:
    """Tell nobody."""


def rank_files(
    volunteers: Path,
    requests: Path,
    *,
    top: int = 20,
    sharing: Sharing = Sharing(),
    progress: Progress = silent,
    weights: Weights | None = None,
) -> list[Ranked]:
    """Rank the volunteers of a file for each request of another. Raises CsvError, OSError."""
    needs = read_needs(requests)
    index = OfferIndex(read_offers(volunteers), weights=weights)
    return list(_rank(index, needs, top, sharing, progress))


def judge_files(
    volunteers: Path,
    requests: Path,
    labels: Path,
    *,
    sharing: Sharing = Sharing(),
    progress: Progress = silent,
    weights: Weights | None = None,
) -> Judgement:
    """Judge the rankings of two files by the labels of a third. Raises CsvError, OSError.

    As in a labelled set everybody could come, only words count.
    """
    graded = read_labels(labels)
    ranked = rank_files(
        volunteers, requests, top=100, sharing=sharing, progress=progress, weights=weights
    )
    ids = {one.need.id: [found.offer_id for found in one.candidates] for one in ranked}
    return judge(ids, graded)


def assign_files(
    volunteers: Path,
    requests: Path,
    *,
    top: int = CONSIDERED,
    fair: bool = False,
    sharing: Sharing = Sharing(),
    progress: Progress = silent,
) -> Assignment:
    """Assign the volunteers of a file to the requests of another, best for all together.

    A volunteer goes to as many as `asks_left` says, 1 where nothing is said. Raises CsvError,
    OSError.
    """
    ranked = rank_files(volunteers, requests, top=top, sharing=sharing, progress=progress)
    offers = read_offers(volunteers)
    rooms = {offer.id: offer.asks_left for offer in offers if offer.asks_left is not None}
    pairs = ((one.need.id, one.candidates) for one in ranked)
    return best_use(pairs, places=read_places(requests), rooms=rooms, fair=fair)


def write_pairs(ranked: Iterable[Ranked], path: Path) -> None:
    """Write one line for each candidate, with the columns PAIR_COLUMNS. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PAIR_COLUMNS)
        for one in ranked:
            writer.writerows(_lines(one))


def write_assignment(assignment: Assignment, path: Path) -> None:
    """Write one line for each pair, then one for each request that lacks somebody."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("request", "volunteer", "score", "lacking", "why"))
        for pair in assignment.pairs:
            writer.writerow((pair.need_id, pair.offer_id, f"{pair.score:.6f}", "", ""))
        for need, count in assignment.lacking.items():
            writer.writerow((need, "", "", count, assignment.why[need].value))


def _rank(
    index: OfferIndex, needs: Sequence[Need], top: int, sharing: Sharing, progress: Progress
) -> Iterator[Ranked]:
    # A cluster is given all at once, as its index is sent once for each call.
    size = len(needs) if sharing.cluster else LEAST_A_TASK
    progress(0, len(needs))
    for start in range(0, len(needs), max(size, 1)):
        part = needs[start : start + size]
        found = index.rank_many(part, top, jobs=sharing.jobs, cluster=sharing.cluster)
        yield from (Ranked(*pair) for pair in zip(part, found, strict=True))
        progress(start + len(part), len(needs))


def _lines(ranked: Ranked) -> Iterator[tuple[object, ...]]:
    for place, found in enumerate(ranked.candidates, start=1):
        amounts = (found.score, found.parts.words, found.parts.travel, found.parts.load)
        figures = (f"{amount:.6f}" for amount in (*amounts, found.parts.dates))
        yield (ranked.need.id, found.offer_id, place, *figures, _why(found))


def _why(found: Candidate) -> str:
    words = (reason for reason in found.reasons if reason.kind in _WORDS)
    return "; ".join(
        reason.word
        if reason.word.lower() == reason.need_word.lower()
        else f"{reason.need_word} ≈ {reason.word}"
        for reason in words
    )
