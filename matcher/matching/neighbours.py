"""The term table: which words mean nearly the same in general English, and how nearly.

It was made once by `benchmarks/make_neighbours.py` and is only read here. A line of numbers a
word: nothing is worked out at run time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Stems in order; stem s has the neighbours starts[s] to starts[s+1], the nearest first, each
    with a likeness in percent.
    """

    numbers: Mapping[str, int]
    stems: tuple[str, ...]
    starts: NDArray[np.int64]
    near: NDArray[np.uint16]
    percent: NDArray[np.uint8]


@cache
def shipped_neighbours() -> Neighbours:
    """Return the term table that comes with the package."""
    with (
        as_file(files("matcher.matching").joinpath("data", "neighbours.npz")) as path,
        np.load(path) as table,
    ):
        stems = tuple(bytes(table["stems"]).decode("ascii").split())
        starts = np.concatenate([[0], np.cumsum(table["sizes"], dtype=np.int64)])
        near, percent = table["near"], table["percent"]
    numbers = {stem: number for number, stem in enumerate(stems)}
    return Neighbours(numbers, stems, starts, near, percent)
