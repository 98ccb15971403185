"""Settings that contradict each other: each with the setting at which it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from matcher.records.programmes import ProgrammeSettings

#: The first of each pair comes before the second.
IN_ORDER = (
    ("manager_reminder_working_days", "manager_working_days"),
    ("question_reminder_days", "question_days"),
    ("confirm_reminder_working_days", "confirm_task_working_days"),
    ("confirm_task_working_days", "confirm_release_working_days"),
    ("reconfirm_days", "reconfirm_if_agreed_days"),
    ("outcome_again_days", "outcome_task_days"),
)


class Contradiction(StrEnum):
    """Why some settings cannot stand together."""

    WAVES_NOT_IN_ORDER = "waves_not_in_order"
    LAST_WAVE_NOT_AT_NOUGHT = "last_wave_not_at_nought"
    REMINDER_TOO_LATE = "reminder_too_late"
    HOURS_TURNED_ROUND = "hours_turned_round"
    DUE_BEFORE_FIRST = "due_before_first"
    STEPS_NOT_IN_ORDER = "steps_not_in_order"
    NETWORK_BELOW_ADDRESS = "network_below_address"
    ALL_BELOW_NETWORK = "all_below_network"
    NO_WORDS_COUNT = "no_words_count"


@dataclass(frozen=True, slots=True)
class Clash:
    """One contradiction and the path of the setting at which to mend it."""

    path: str
    why: Contradiction


def find_clashes(settings: ProgrammeSettings) -> tuple[Clash, ...]:
    """Return what contradicts itself; nothing where all is well."""
    return (*_of_waves(settings), *_of_hours(settings), *_of_limits(settings))


def _of_waves(settings: ProgrammeSettings) -> Iterator[Clash]:
    for number, (longer, shorter) in enumerate(pairwise(settings.waves), start=1):
        if longer.from_days <= shorter.from_days:
            yield Clash(f"waves.{number - 1}.from_days", Contradiction.WAVES_NOT_IN_ORDER)
    last = len(settings.waves) - 1
    if settings.waves[last].from_days:
        yield Clash(f"waves.{last}.from_days", Contradiction.LAST_WAVE_NOT_AT_NOUGHT)
    for number, wave in enumerate(settings.waves):
        reminder = wave.reminder_working_days
        if reminder is not None and reminder >= wave.answer_working_days:
            path = f"waves.{number}.reminder_working_days"
            yield Clash(path, Contradiction.REMINDER_TOO_LATE)


def _of_hours(settings: ProgrammeSettings) -> Iterator[Clash]:
    hours = settings.asking_hours
    if hours.first_hour >= hours.last_hour:
        yield Clash("asking_hours.last_hour", Contradiction.HOURS_TURNED_ROUND)
    if hours.due_hour <= hours.first_hour:
        yield Clash("asking_hours.due_hour", Contradiction.DUE_BEFORE_FIRST)
    for first, then in IN_ORDER:
        if getattr(settings, first) >= getattr(settings, then):
            yield Clash(first, Contradiction.STEPS_NOT_IN_ORDER)


def _of_limits(settings: ProgrammeSettings) -> Iterator[Clash]:
    if settings.confirmations_per_network < settings.confirmations_per_address:
        yield Clash("confirmations_per_network", Contradiction.NETWORK_BELOW_ADDRESS)
    if settings.confirmations_in_all < settings.confirmations_per_network:
        yield Clash("confirmations_in_all", Contradiction.ALL_BELOW_NETWORK)
    weights = settings.weights
    if not weights.whole + weights.items + weights.bm25:
        yield Clash("weights.whole", Contradiction.NO_WORDS_COUNT)
