"""Offers in blocks of neighbours, so that a block wholly out of reach is skipped at once.

Rows are sorted by the kind of limit and then along a curve over the map. Each block has a ball
around its points, and the farthest that anyone in it will go.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.matching.compiled import compiled_within
from matcher.matching.reach import EARTH_KM, Asked, Facts

# Rows of one block: their sums fit the first-level cache.
BLOCK = 2048
_REACH_KM = np.array([25.0, 50.0, 100.0, 200.0])
_ROUNDING = 1e-5


class Blocks(NamedTuple):
    """One entry a block. `reach` is a chord on the unit sphere, infinite where the block may not
    be skipped; so is that of a block with anyone who helps by video, kept apart in `video`.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    z: NDArray[np.float64]
    radius: NDArray[np.float64]
    reach: NDArray[np.float64]
    video: NDArray[np.bool_]


def block_order(facts: Facts) -> NDArray[np.int64]:
    """Return the rows in the order in which blocks hold them."""
    reach = facts["reach_km"]
    unplaced = np.isnan(facts["x"]) | np.isinf(reach)
    # Who goes anywhere comes first: the best are soon found, and of the rest few need a close look.
    nearness = np.where(unplaced, -1, _REACH_KM.size - np.searchsorted(_REACH_KM, reach))
    return np.lexsort((_along_the_curve(facts), nearness, facts["remote"]))


def make_blocks(facts: Facts) -> Blocks:
    """Return the blocks of rows that stand in `block_order`."""
    points = np.stack([facts[axis] for axis in "xyz"], axis=1).astype(np.float64)
    starts = np.arange(0, len(points), BLOCK)
    made = [_ball(points[start : start + BLOCK]) for start in starts]
    centres = np.array([centre for centre, _ in made]).reshape(-1, 3)
    chords = 2.0 * np.sin(np.minimum(facts["reach_km"] / (2.0 * EARTH_KM), np.pi / 2.0))
    reach = np.where(np.isnan(facts["x"]) | np.isinf(facts["reach_km"]), np.inf, chords)
    return Blocks(
        centres[:, 0].copy(),
        centres[:, 1].copy(),
        centres[:, 2].copy(),
        np.array([radius for _, radius in made]),
        np.maximum.reduceat(reach, starts).astype(np.float64),
        np.logical_or.reduceat(facts["remote"], starts),
    )


@compiled_within
def may_reach(blocks: Blocks, block: int, asked: Asked) -> bool:
    """Return whether anyone of the block may be within reach."""
    if asked.remote_only or (asked.remote_too and blocks.video[block]):
        return True
    dx, dy, dz = asked.x - blocks.x[block], asked.y - blocks.y[block], asked.z - blocks.z[block]
    gap = np.sqrt(dx * dx + dy * dy + dz * dz) - blocks.radius[block]
    return not gap > blocks.reach[block] + _ROUNDING


def _ball(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    placed = points[~np.isnan(points[:, 0])]
    if not len(placed):
        return np.zeros(3), np.inf
    centre = placed.mean(axis=0)
    return centre, float(np.sqrt(((placed - centre) ** 2).sum(axis=1)).max())


def _along_the_curve(facts: Facts) -> NDArray[np.int64]:
    # Morton's curve over height and east-west, 16 bits each: near on it is near on the map.
    place = np.zeros(facts.size, np.int64)
    with np.errstate(invalid="ignore"):
        for shift, axis in enumerate((facts["y"], facts["z"])):
            step = np.nan_to_num((axis.astype(np.float64) + 1.0) * 32_767.5).astype(np.int64)
            place |= _spread(step) << shift
    return place


def _spread(bits: NDArray[np.int64]) -> NDArray[np.int64]:
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        bits = (bits | (bits << shift)) & mask
    return bits
