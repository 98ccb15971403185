"""Many needs at once: shared out among processes of this machine, or the workers of a cluster.

Processes are forked, so that they share the index's memory and nothing is sent but the answers.
Threads would wait for each other's Python between the compiled parts.
"""

from collections.abc import Sequence
from typing import Protocol

from joblib import Parallel, delayed, parallel_config

from matcher.matching.found import Found
from matcher.matching.offers import Need

# What the forked processes find in their memory; set only while `find_many` runs.
_forked: list["Finder"] = []
# Handing over one task to a cluster takes some 6 ms; so many needs make that little.
LEAST_A_TASK = 500


class Finder(Protocol):
    """What can find the candidates of a need; an index."""

    def find(self, need: Need, limit: int | None) -> Found:
        """Return the candidates of a need, best first."""


def find_many(
    finder: Finder, needs: Sequence[Need], limit: int | None, *, jobs: int, cluster: str | None
) -> list[Found]:
    """Return the candidates of each need, in the order of the needs.

    The finder is sent to each worker of the Dask scheduler at `cluster` once. Raises OSError where
    no scheduler answers there.
    """
    if cluster is None and jobs == 1:
        return _find_each(finder, needs, limit)
    if cluster is None:
        return _by_forks(finder, needs, limit, jobs)
    return _by_cluster(finder, needs, limit, cluster)


def _by_cluster(
    finder: Finder, needs: Sequence[Need], limit: int | None, cluster: str
) -> list[Found]:
    with parallel_config(backend="dask", scheduler_host=cluster, scatter=[finder]):
        tasks = (delayed(_find_each)(finder, part, limit) for part in _parts(needs, LEAST_A_TASK))
        answers = Parallel(n_jobs=-1)(tasks)
    return [found for answer in answers for found in answer]


def _by_forks(finder: Finder, needs: Sequence[Need], limit: int | None, jobs: int) -> list[Found]:
    _forked.append(finder)
    try:
        with parallel_config(backend="multiprocessing"):
            parts = _parts(needs, -(-len(needs) // (2 * jobs)) or 1)
            answers = Parallel(n_jobs=jobs)(delayed(_find_forked)(part, limit) for part in parts)
    finally:
        _forked.remove(finder)
    return [found for answer in answers for found in answer]


def _parts(needs: Sequence[Need], size: int) -> list[Sequence[Need]]:
    return [needs[start : start + size] for start in range(0, len(needs), size)]


def _find_forked(needs: Sequence[Need], limit: int | None) -> list[Found]:
    return _find_each(_forked[-1], needs, limit)


def _find_each(finder: Finder, needs: Sequence[Need], limit: int | None) -> list[Found]:
    return [finder.find(need, limit) for need in needs]
