"""What ``matcher doctor`` says of one thing it looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what to do about it; nothing where it is well."""

    what: str
    advice: str = ""

    @property
    def well(self) -> bool:
        """Whether there is nothing to do."""
        return not self.advice
