"""What fills the demo: the moments at which things happen, and the rows they are read from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from matcher.actions.handed_in import Whereabouts
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.working_days import AskingHours, add_working_days
from matcher.places.gazetteer import Gazetteer
from matcher.records.programmes import ProgrammeSettings

# A row as tomllib reads it: strings, numbers, lists; its shape stands at the head of each file.
Row = dict[str, Any]

DEMO_SETTINGS = ProgrammeSettings(
    controller="Demo Council, which does not exist",
    contact_email="coordinators@demo.example",
    asking_hours=AskingHours(first_hour=0, last_hour=24, every_day=True),
    confirmations_per_network=10_000,
    confirmations_in_all=10_000,
)


@dataclass(slots=True)
class Filler:
    """Brings people and requests in, each a little later than the one before."""

    first: Occasion
    gazetteer: Gazetteer
    live: LiveIndex
    minutes: int = 0

    def acting(self, actor: Actor, actor_id: int | None = None) -> Occasion:
        """Return the next moment, with ``actor`` acting."""
        self.minutes += 7
        return Occasion(
            now=self.first.now + timedelta(minutes=self.minutes),
            actor=actor,
            actor_id=actor_id,
            settings=DEMO_SETTINGS,
            key_id=self.first.key_id,
            mail_domain=self.first.mail_domain,
        )

    def day(self, offset: int) -> date:
        """Return the working day ``offset`` days after the demo's first, or the next one."""
        return add_working_days(datetime.now(UTC).date() + timedelta(days=offset - 1), 1, "England")

    def where(self, name: str) -> Whereabouts:
        """Return a place by a name that is not ambiguous."""
        place = self.gazetteer.find(name)[0]
        return Whereabouts(
            place_id=place.id,
            place_label=place.label,
            latitude=place.latitude,
            longitude=place.longitude,
            outcode=place.outcode,
            nation=place.nation,
            council_gss=place.council_gss,
        )
