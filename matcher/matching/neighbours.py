"""The term table: which words mean nearly the same in general English, and how nearly.

It was made once by `benchmarks/make_neighbours.py` and is only read here.
"""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Neighbours:
    """Stem to its nearest stems, each with a likeness from 0 to 1."""

    nearest: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)

    def of(self, stem: str) -> tuple[tuple[str, float], ...]:
        """Return the neighbours of a stem, the nearest first; none for an unknown one."""
        return self.nearest.get(stem, ())


@cache
def shipped_neighbours() -> Neighbours:
    """Return the term table that comes with the package."""
    file = files("matcher.matching").joinpath("data", "neighbours.txt.gz")
    if not file.is_file():
        return Neighbours()
    return read_neighbours(gzip.decompress(file.read_bytes()).decode("utf-8").splitlines())


def read_neighbours(lines: Iterable[str]) -> Neighbours:
    """Return the table of lines "stem neighbour percent neighbour percent ..."."""
    nearest = {}
    for line in lines:
        if line[:1] != "#":
            stem, *rest = line.split()
            pairs = zip(rest[::2], rest[1::2], strict=True)
            nearest[stem] = tuple((near, int(percent) / 100) for near, percent in pairs)
    return Neighbours(nearest)
