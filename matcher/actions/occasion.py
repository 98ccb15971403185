"""What every action is told: the moment, who acts, and the settings in force."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from matcher.lifecycle.tables import Actor
from matcher.lifecycle.working_days import LONDON
from matcher.records.programmes import ProgrammeSettings


@dataclass(frozen=True, slots=True)
class Occasion:
    """``key_id`` names the key that signs new links; ``mail_domain`` ends Message-IDs.

    ``now`` is kept in UTC, so that time that is added to it or taken off it is time that passes:
    by London's clock a quarter of a year is an hour longer or shorter when the clocks change in it.
    """

    now: datetime
    actor: Actor
    settings: ProgrammeSettings
    key_id: str
    mail_domain: str
    actor_id: int | None = None

    def __post_init__(self) -> None:
        """Keep the moment in UTC, whatever zone it was given in."""
        object.__setattr__(self, "now", self.now.astimezone(UTC))

    @property
    def today(self) -> date:
        """The day it is in London."""
        return self.now.astimezone(LONDON).date()

    def by_clock(self) -> "Occasion":
        """The same moment, where what follows is the programme's doing and nobody's own."""
        return replace(self, actor=Actor.CLOCK, actor_id=None)
