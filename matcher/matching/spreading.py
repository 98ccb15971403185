"""Many needs at once: shared out among threads of this machine, or the workers of a cluster."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from joblib import Parallel, delayed, parallel_config

from matcher.matching.offers import Need, Parts

# Handing over one task to a cluster takes some 6 ms; so many needs make that little.
LEAST_A_TASK = 500


class Found(NamedTuple):
    """One candidate, bare: small enough to be sent about."""

    offer_id: str
    parts: Parts
    manner: int


class Finder(Protocol):
    """What can find the candidates of a need; an index."""

    def find(self, need: Need, limit: int | None) -> list[Found]:
        """Return the candidates of a need, best first."""


def find_many(
    finder: Finder, needs: Sequence[Need], limit: int | None, *, jobs: int, cluster: str | None
) -> list[list[Found]]:
    """Return the candidates of each need, in the order of the needs.

    The finder is sent to each worker of the Dask scheduler at `cluster` once. Raises OSError where
    no scheduler answers there.
    """
    if cluster is None and jobs == 1:
        return _find_each(finder, needs, limit)
    size = LEAST_A_TASK if cluster else max(1, -(-len(needs) // (4 * jobs)))
    parts = [needs[start : start + size] for start in range(0, len(needs), size)]
    with _workers(finder, cluster):
        tasks = (delayed(_find_each)(finder, part, limit) for part in parts)
        answers = Parallel(n_jobs=-1 if cluster else jobs)(tasks)
    return [found for answer in answers for found in answer]


def _workers(finder: Finder, cluster: str | None) -> AbstractContextManager[object]:
    chosen: AbstractContextManager[object] = (
        parallel_config(backend="dask", scheduler_host=cluster, scatter=[finder])
        if cluster
        else parallel_config(backend="threading")
    )
    return chosen


def _find_each(finder: Finder, needs: Sequence[Need], limit: int | None) -> list[list[Found]]:
    return [finder.find(need, limit) for need in needs]
