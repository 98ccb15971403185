"""The forms about an organisation: its domains, with whom it shares staff, what it became."""

import re

from wtforms.form import BaseForm

from matcher.web.forms.base import Form
from matcher.web.forms.fields import Line, OrganisationName
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

#: A name of two labels or more, as email addresses end in.
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class DomainName(Line):
    """The domain of email addresses, without the name before it."""

    usual_limit = 253

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where this is no domain; else keep it in lower case."""
        if problem := super().find_problem(form):
            return problem
        self.data = self.data.lower().rpartition("@")[2]
        if DOMAIN.fullmatch(self.data):
            return ""
        return gettext("Enter a domain, like westberks.gov.uk")


class DomainForm(Form):
    """A domain that is the organisation's."""

    domain = DomainName(
        _("Which domain do their email addresses end in?"),
        noun=_("The domain"),
        hint=_("Whoever joins with such an address need not be let in by a coordinator."),
        enter=_("Enter a domain, like westberks.gov.uk"),
    )


class StaffForm(Form):
    """With whom an organisation shares its staff."""

    organisation = OrganisationName(
        _("With which organisation does it share staff?"),
        hint=_("Their people count as colleagues, and are not proposed to each other."),
        enter=_("Enter the name of the organisation"),
    )


class MergeForm(Form):
    """What an organisation became part of."""

    organisation = OrganisationName(
        _("Which organisation is it part of now?"),
        hint=_("For example the unitary council that took over from the districts."),
        enter=_("Enter the name of the organisation"),
    )
