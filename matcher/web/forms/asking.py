"""The form with which a coordinator names days on which an organisation is closed."""

from matcher.web.forms.dates import Day
from matcher.web.forms.fields import OrganisationName
from matcher.web.forms.volunteer import AwayForm
from matcher.web.words import lazy_gettext as _


class ClosureForm(AwayForm):
    """An organisation, and the days."""

    first = Day(_("First day"), enter=_("Enter the first day"))
    last = Day(
        _("Last day"),
        hint=_("The same as the first for a single day."),
        enter=_("Enter the last day"),
    )
    organisation = OrganisationName(
        _("Organisation"), enter=_("Enter the name of the organisation")
    )
