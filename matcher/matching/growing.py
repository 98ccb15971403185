"""A flat array that grows at its end, as a list does, and can be read by compiled code."""

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scalar = TypeVar("Scalar", bound=np.generic)


class Growing(Generic[Scalar]):
    """An array with room to spare. Views taken earlier stay valid and never change length."""

    def __init__(self, kind: type[Scalar] | np.dtype[Scalar]) -> None:
        self._room: NDArray[Scalar] = np.zeros(64, dtype=kind)
        self._length = 0

    @property
    def used(self) -> NDArray[Scalar]:
        """The part in use, as a view."""
        return self._room[: self._length]

    def append(self, value: float) -> None:
        """Add one value."""
        self._make_room(1)
        self._room[self._length] = value
        self._length += 1

    def extend(self, values: ArrayLike) -> None:
        """Add many values."""
        added = np.asarray(values, dtype=self._room.dtype)
        self._make_room(added.size)
        self._room[self._length : self._length + added.size] = added
        self._length += added.size

    def _make_room(self, more: int) -> None:
        needed = self._length + more
        if needed > self._room.size:
            larger = np.zeros(max(needed, 2 * self._room.size), self._room.dtype)
            larger[: self._length] = self.used
            self._room = larger
