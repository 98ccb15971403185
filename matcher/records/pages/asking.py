"""How asking goes, as coordinators see it: the share of yeses, and which offices are closed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from matcher.records.organisations import Organisation
from matcher.records.pages.yes_rate import YesRate, measure_yes_rate
from matcher.records.programmes import ProgrammeSettings

#: As JSON is written by every database.
NOTHING = "[]"


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which an organisation is closed, both ends included."""

    organisation_id: int
    organisation: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class AskingView:
    """The measured share of yeses, whether waves go by it, and the closures still to end.

    ``extras`` are how many more than the places are asked otherwise, the fewest for far-off dates.
    """

    yes_rate: YesRate
    followed: bool
    needed: int
    extras: tuple[int, ...]
    closures: tuple[Closure, ...]

    @property
    def enough(self) -> bool:
        """Whether enough asks have come to an end for waves to go by the rate."""
        return self.yes_rate.asks >= self.needed


def read_asking(session: Session, settings: ProgrammeSettings, today: date) -> AskingView:
    """Return how asking goes."""
    return AskingView(
        yes_rate=measure_yes_rate(session),
        followed=settings.waves_follow_yes_rate,
        needed=settings.yes_rate_after_asks,
        extras=tuple(each.extra_asks for each in settings.waves),
        closures=_list_closures(session, today),
    )


def _list_closures(session: Session, today: date) -> tuple[Closure, ...]:
    named = select(Organisation).where(cast(Organisation.closures, String) != NOTHING)
    found = [
        Closure(each.id, each.name, date.fromisoformat(first), date.fromisoformat(last))
        for each in session.scalars(named.order_by(Organisation.name))
        for first, last in each.closures
    ]
    return tuple(each for each in found if each.last_on >= today)
