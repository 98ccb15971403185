"""Two rankings of one need side by side: who enters the best, who leaves, who moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

#: Scores that differ by less are shown as the same number of points out of 100.
SAME_SCORE = 0.005


class Ranked(Protocol):
    """An offer with its score, as any ranking has it."""

    @property
    def offer_id(self) -> str:
        """Whose offer it is."""

    @property
    def score(self) -> float:
        """The score from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an offer stands in a ranking: its place from 1, and its score from 0 to 1."""

    place: int
    score: float


@dataclass(frozen=True, slots=True)
class Shift:
    """One offer in both rankings; None where it does not stand in one at all."""

    offer_id: str
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True)
class Comparison:
    """The best of two rankings of one need. ``shifts`` are all who are among the best of either.

    They come in their new order, then those who left in their old one.
    """

    need_id: str
    best: int
    shifts: tuple[Shift, ...]

    @cached_property
    def entering(self) -> tuple[Shift, ...]:
        """Those who are among the best now and were not before."""
        return tuple(each for each in self.shifts if not self._in(each.before))

    @cached_property
    def leaving(self) -> tuple[Shift, ...]:
        """Those who were among the best and no longer are."""
        return tuple(each for each in self.shifts if not self._in(each.after))

    @cached_property
    def moving(self) -> tuple[Shift, ...]:
        """Those who stay among the best at another place."""
        return tuple(
            each
            for each in self.shifts
            if self._in(each.before)
            and self._in(each.after)
            and _place(each.before) != _place(each.after)
        )

    @property
    def rescored(self) -> bool:
        """Whether the score of anybody who stays differs visibly."""
        return any(
            abs(each.after.score - each.before.score) >= SAME_SCORE
            for each in self.shifts
            if each.before and each.after
        )

    @property
    def reordered(self) -> bool:
        """Whether the best are others, or in another order."""
        return bool(self.entering or self.leaving or self.moving)

    @property
    def first_changes(self) -> bool:
        """Whether somebody else is first."""
        return any((_place(each.before) == 1) != (_place(each.after) == 1) for each in self.shifts)

    def _in(self, standing: Standing | None) -> bool:
        return standing is not None and standing.place <= self.best


def compare(
    need_id: str, before: Sequence[Ranked], after: Sequence[Ranked], *, best: int
) -> Comparison:
    """Return the comparison of two rankings, each best first, of which the ``best`` count.

    Rankings may be longer than that, so that it is known from where somebody comes.
    """
    old, new = _standings(before), _standings(after)
    ids = [each.offer_id for each in after[:best]]
    ids += [each.offer_id for each in before[:best] if each.offer_id not in ids]
    shifts = tuple(Shift(each, old.get(each), new.get(each)) for each in ids)
    return Comparison(need_id, best, shifts)


def _standings(ranked: Sequence[Ranked]) -> Mapping[str, Standing]:
    return {each.offer_id: Standing(place, each.score) for place, each in enumerate(ranked, 1)}


def _place(standing: Standing | None) -> int | None:
    return standing.place if standing else None
