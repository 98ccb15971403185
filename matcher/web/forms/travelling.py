"""How far a volunteer goes, in the ways people say it, and from where."""

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.lifecycle.choices import StartsAt
from matcher.matching.offers import TravelLimit
from matcher.records.travel import Travel
from matcher.web.forms.areas import AreaNames
from matcher.web.forms.basis import AnyField
from matcher.web.forms.branching import BranchingForm
from matcher.web.forms.choosing import Choice, Choices, Option, Tick
from matcher.web.forms.distances import Distance
from matcher.web.forms.durations import Duration
from matcher.web.forms.places import PlaceName
from matcher.web.words import lazy_gettext as _

BY_TRAIN = "train"
BY_CAR = "car"
SOME_MILES = "miles"
SOME_AREAS = "areas"
ANY_DISTANCE = "any"
VIDEO_ONLY = "video"
SHORTEST_MINUTES = 15
LONGEST_MINUTES = 720


class TravelForm(BranchingForm):
    """Where the volunteer starts from and how far they go."""

    where = PlaceName(
        _("Where would you start from?"),
        noun=_("Where you start from"),
        hint=_(
            "A postcode, or the name of a town or council, such as WS1 1TP, Walsall or Powys. "
            "Of a postcode we keep only the first half."
        ),
        enter=_("Enter where you would start from"),
    )
    starts_at = Choice(
        _("Is that home or work? (optional)"),
        options=(Option(StartsAt.HOME, _("Home")), Option(StartsAt.WORK, _("Work"))),
    )
    how_far = Choices(
        _("How far would you go?"),
        hint=_(
            "Select all that apply. If you give a time by train and one by car, "
            "either being short enough will do."
        ),
        enter=_("Select how far you would go"),
        options=(
            Option(BY_TRAIN, _("Up to a time by train")),
            Option(BY_CAR, _("Up to a time by car")),
            Option(SOME_MILES, _("Up to a distance")),
            Option(SOME_AREAS, _("Only in some parts of the country")),
            Option(ANY_DISTANCE, _("Any distance"), alone=True),
            Option(VIDEO_ONLY, _("I cannot travel: by video call only"), alone=True),
        ),
    )
    train = Duration(
        _("Longest time on trains, one way"),
        noun=_("The time by train"),
        hint=_(
            "For example 90 minutes, or 2 and a half hours. Changes count, "
            "getting to the station does not."
        ),
        enter=_("Enter how long you would be on trains"),
        least=SHORTEST_MINUTES,
        most=LONGEST_MINUTES,
    )
    car = Duration(
        _("Longest drive, one way"),
        noun=_("The time by car"),
        hint=_("For example 45 minutes, or 1 and a half hours."),
        enter=_("Enter how long you would drive"),
        least=SHORTEST_MINUTES,
        most=LONGEST_MINUTES,
    )
    miles = Distance(
        _("Miles in a straight line"),
        noun=_("The distance"),
        hint=_("For example 120, or 190 km. Birmingham to London is about 100 miles."),
        enter=_("Enter how many miles you would go"),
    )
    areas = AreaNames(
        _("Which parts?"),
        noun=_("The parts of the country"),
        hint=_("Councils, counties, regions or nations. For example: London, Kent, North Wales"),
        enter=_("Enter where you would go"),
    )
    same_day = Tick(
        _("I need to be home the same day"),
        hint=_("Then we ask nothing beyond about 3 and a half hours each way."),
    )
    remote = Tick(_("I would also help by video call"))

    def unasked(self) -> Iterable[AnyField]:
        """Each limit counts only where it was chosen."""
        chosen = self.how_far.data
        limits = {BY_TRAIN: self.train, BY_CAR: self.car, SOME_MILES: self.miles}
        limits |= {SOME_AREAS: self.areas}
        return [limit for name, limit in limits.items() if name not in chosen]

    @property
    def travel(self) -> Travel:
        """How the volunteer travels, once the form is valid."""
        chosen = set(self.how_far.data)
        if VIDEO_ONLY in chosen:
            limit = TravelLimit(miles=0, remote=True)
        else:
            limit = TravelLimit(
                miles=self.miles.data if SOME_MILES in chosen else None,
                train_minutes=self.train.data if BY_TRAIN in chosen else None,
                car_minutes=self.car.data if BY_CAR in chosen else None,
                areas=self.areas.councils if SOME_AREAS in chosen else (),
                remote=self.remote.data,
            )
        starts_at = StartsAt(self.starts_at.data) if self.starts_at.data else None
        return Travel(limit, starts_at, same_day=self.same_day.data)


def typed(travel: Travel) -> Mapping[str, Any]:
    """Return what a form shows of how somebody travels; values by field, whatever their type."""
    limit = travel.limit
    stated = {
        BY_TRAIN: limit.train_minutes,
        BY_CAR: limit.car_minutes,
        SOME_MILES: limit.miles or None,
        SOME_AREAS: limit.areas or None,
    }
    chosen = [name for name, value in stated.items() if value is not None] or [ANY_DISTANCE]
    return {
        "starts_at": travel.starts_at,
        "how_far": [VIDEO_ONLY] if limit.remote_only else chosen,
        **stated,
        "same_day": travel.same_day,
        "remote": limit.remote and not limit.remote_only,
    }
