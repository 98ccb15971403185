"""The form of an event."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from wtforms.form import BaseForm

from matcher.actions.attending import SentEvent
from matcher.lifecycle.working_days import LONDON
from matcher.web.forms.base import Form
from matcher.web.forms.basis import Look
from matcher.web.forms.dates import Day
from matcher.web.forms.fields import Line, LongText
from matcher.web.forms.places import PlaceName
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

FURTHEST_DAYS = 730
LONGEST_DAYS = 14


class WebAddress(Line):
    """An address on the web, checked for its form alone: nothing is fetched."""

    default_look = Look(type="url", spellcheck=False, autocomplete="url")
    usual_limit = 300

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where this is no address on the web."""
        problem = super().find_problem(form)
        if problem or is_web_address(self.data):
            return problem
        return gettext("Enter a web address in the correct format, like https://example.org/camp")


def is_web_address(text: str) -> bool:
    """Return whether this is a whole http or https address without a password or white space."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = not any(letter.isspace() for letter in text) and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and "." in host and plain


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
