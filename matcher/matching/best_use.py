"""The best use of everybody: rankings made into pairs and assigned, for files and service alike."""

from collections.abc import Iterable, Mapping, Sequence

from matcher.matching.assigning import Assignment, Pair, assign
from matcher.matching.offers import Candidate

#: So many candidates of each request are considered; further ones change nothing in practice.
CONSIDERED = 30


def best_use(
    ranked: Iterable[tuple[str, Sequence[Candidate]]],
    *,
    places: Mapping[str, int],
    rooms: Mapping[str, int],
    fair: bool = False,
) -> Assignment:
    """Return the optimum over all requests, each named by its id with its candidates.

    ``rooms`` say to how many requests an offer may go, 1 where nothing is said.
    """
    pairs = (
        Pair(need_id, found.offer_id, found.score)
        for need_id, candidates in ranked
        for found in candidates
    )
    return assign(pairs, places=places, capacities=rooms, fair=fair)
