"""The form of an event."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from matcher.actions.network.attending import SentEvent
from matcher.lifecycle.working_days import LONDON
from matcher.web.forms.base import Form
from matcher.web.forms.dates import Day
from matcher.web.forms.fields import Line, LongText
from matcher.web.forms.places import PlaceName
from matcher.web.forms.web_address import WebAddress
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

FURTHEST_DAYS = 730
LONGEST_DAYS = 14


class EventForm(Form):
    """An event at which people from public bodies meet."""

    name = Line(_("What is it called?"), enter=_("Enter what it is called"), limit=150)
    first_on = Day(_("First day"), noun=_("The first day"), enter=_("Enter the first day"))
    last_on = Day(
        _("Last day (optional)"),
        noun=_("The last day"),
        hint=_("Only if it takes more than one day."),
    )
    place = PlaceName(
        _("Where is it?"),
        enter=_("Enter a postcode, or the name of a town or council"),
        hint=_("A postcode, town or council."),
        keep_sector=True,
    )
    description = LongText(
        _("What is it about? (optional)"),
        noun=_("What it is about"),
        limit=2000,
    )
    website = WebAddress(_("Its web address (optional)"), noun=_("The web address"))

    def __init__(self, *given: object, **named: object) -> None:
        """Take days from today on, for two years."""
        super().__init__(*given, **named)
        today = datetime.now(LONDON).date()
        for day in (self.first_on, self.last_on):
            day.earliest = today
            day.latest = today + timedelta(days=FURTHEST_DAYS)

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check the fields, then that the days are in order and not too many."""
        valid = super().validate(extra_validators)
        first, last = self.first_on.data, self.last_on.data
        if valid and first is not None and last is not None:
            if last < first:
                self.last_on.refuse(gettext("The last day must be the first day or later"))
            elif last - first >= timedelta(days=LONGEST_DAYS):
                most = str(LONGEST_DAYS)
                self.last_on.refuse(gettext("An event can take up to %(most)s days", most=most))
        return valid and not self.last_on.errors

    def sent(self) -> SentEvent:
        """Return what the form says, once it is valid. Raises ValueError before."""
        first = self.first_on.data
        if first is None:
            raise ValueError("an event without its day")
        return SentEvent(
            name=self.name.data,
            first_on=first,
            last_on=self.last_on.data or first,
            where=self.place.whereabouts,
            description=self.description.data,
            website=self.website.data,
        )
