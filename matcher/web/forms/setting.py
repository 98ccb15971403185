"""What a setting on a page is: its path, its question, and what may be answered."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a setting is written. A per cent is kept as a share of 1."""

    NUMBER = "number"
    PER_CENT = "per_cent"
    WORDS = "words"
    EMAIL = "email"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its path in ``ProgrammeSettings``, the question, and what may be answered."""

    path: str
    question: str
    hint: str = ""
    kind: Kind = Kind.NUMBER
    unit: str = ""
    least: int = 0
    most: int = 100
    optional: bool = False

    @property
    def name(self) -> str:
        """The name of its box."""
        return self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Section:
    """Settings that stand on one page; ``parts`` are their headings, with the settings below."""

    name: str
    title: str
    intro: str
    parts: tuple[tuple[str, tuple[Setting, ...]], ...]

    @property
    def settings(self) -> tuple[Setting, ...]:
        """All settings of the page, in order."""
        return tuple(setting for _heading, part in self.parts for setting in part)
