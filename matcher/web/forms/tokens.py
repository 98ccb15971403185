"""The form with which a token for another program is made."""

from matcher.lifecycle.scopes import Scope
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choices, Option
from matcher.web.forms.fields import Line
from matcher.web.words import lazy_gettext as _


class TokenForm(Form):
    """What a token is for, and what may be read with it."""

    name = Line(
        _("What is it for?"),
        noun=_("What it is for"),
        hint=_("So that everybody knows what stops when it is ended, such as “Monthly report”."),
        enter=_("Enter what the token is for"),
        limit=100,
    )
    scopes = Choices(
        _("What may be read with it?"),
        enter=_("Select what may be read with it"),
        options=(
            Option(Scope.COUNTS, _("Counts"), _("How many stand where.")),
            Option(Scope.REQUESTS, _("Requests"), _("Organisation, place, dates and state.")),
            Option(Scope.PAIRINGS, _("Pairings"), _("Who was asked, by number, and the answer.")),
            Option(Scope.VISITS, _("Visits"), _("Which organisations met, and what came of it.")),
        ),
    )
