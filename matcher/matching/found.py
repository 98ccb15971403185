"""The bare answer to a need, in columns: quick to make and small enough to be sent about."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.wordrows import Doubles


class Found(NamedTuple):
    """Candidates of one need: their ids, the four parts of each score, how they would come."""

    ids: list[str]
    parts: Doubles
    manners: NDArray[np.int64]


NOBODY = Found([], np.zeros((4, 0)), np.zeros(0, np.int64))


def best_of(found: Sequence[Found], limit: int | None) -> Found:
    """Return the best of several answers in one, best first and ties by id."""
    ids, parts, manners = found[0]
    if len(found) > 1:
        ids = [offer_id for one in found for offer_id in one.ids]
        parts = np.concatenate([one.parts for one in found], axis=1)
        manners = np.concatenate([one.manners for one in found])
    losses = (-parts.sum(axis=0).round(10)).tolist()
    ordered = sorted(zip(losses, ids, range(len(ids)), strict=True))[:limit]
    order = [place for _, _, place in ordered]
    return Found([offer_id for _, offer_id, _ in ordered], parts[:, order], manners[order])
