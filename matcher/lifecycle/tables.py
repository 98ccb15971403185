"""How a state table is written and read; the tables stand in their own modules beside this."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from matcher.lifecycle.refusals import IllegalMove


class Actor(StrEnum):
    """Who may cause an event."""

    REQUESTER = "requester"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    CLOCK = "clock"


StateT = TypeVar("StateT", bound=StrEnum)
EventT = TypeVar("EventT", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Step(Generic[StateT, EventT]):
    """One allowed step: in ``state``, ``event`` caused by one of ``actors`` leads to ``to``.

    ``emails`` are the names of the emails that the step causes, queued in its transaction.
    """

    state: StateT
    event: EventT
    to: StateT
    actors: frozenset[Actor]
    emails: tuple[str, ...] = ()


class Table(Generic[StateT, EventT]):
    """All steps of one kind of thing. At most one step for each (state, event)."""

    def __init__(self, *groups: Iterable[Step[StateT, EventT]]) -> None:
        steps: dict[tuple[StateT, EventT], Step[StateT, EventT]] = {}
        for step in (step for group in groups for step in group):
            if (step.state, step.event) in steps:
                raise ValueError(f"two steps for {step.event} in {step.state}")
            steps[step.state, step.event] = step
        self._steps: Mapping[tuple[StateT, EventT], Step[StateT, EventT]] = MappingProxyType(steps)

    def __iter__(self) -> Iterator[Step[StateT, EventT]]:
        return iter(self._steps.values())

    def step(self, state: StateT, event: EventT, actor: Actor) -> Step[StateT, EventT]:
        """Return the step that ``event`` by ``actor`` takes from ``state``.

        Raises IllegalMove where the table has none, or not for this actor.
        """
        found = self._steps.get((state, event))
        if found is None:
            raise IllegalMove(f"{event} is not possible in {state}")
        if actor not in found.actors:
            raise IllegalMove(f"{event} in {state} is not for the {actor}")
        return found

    def allows(self, state: StateT, event: EventT, actor: Actor) -> bool:
        """Return whether ``step`` would find one: for pages that offer only what is possible."""
        found = self._steps.get((state, event))
        return found is not None and actor in found.actors

    def sources(self, event: EventT) -> frozenset[StateT]:
        """Return the states in which ``event`` is possible for somebody."""
        return frozenset(state for state, known in self._steps if known == event)


def steps(
    sources: Iterable[StateT],
    event: EventT,
    to: StateT,
    actors: Iterable[Actor],
    emails: tuple[str, ...] = (),
) -> tuple[Step[StateT, EventT], ...]:
    """Return the same step from several states."""
    allowed = frozenset(actors)
    return tuple(Step(state, event, to, allowed, emails) for state in sources)
