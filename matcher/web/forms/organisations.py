"""The forms about an organisation: its domains, with whom it shares staff, what it became."""

import re

from wtforms.form import BaseForm

from matcher.web.forms.base import Form
from matcher.web.forms.fields import Line, OrganisationName
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

#: One part of a domain, between its dots.
LABEL = re.compile(r"[a-z0-9-]{1,63}")


class DomainName(Line):
    """The domain of email addresses, without the name before it."""

    usual_limit = 253

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where this is no domain; else keep it in lower case."""
        if problem := super().find_problem(form):
            return problem
        self.data = self.data.lower().rpartition("@")[2]
        labels = self.data.split(".")
        if len(labels) > 1 and all(map(_is_label, labels)) and labels[-1].isalpha():
            return ""
        return gettext("Enter a domain, like westberks.gov.uk")


def _is_label(words: str) -> bool:
    return LABEL.fullmatch(words) is not None and words.strip("-") == words


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
