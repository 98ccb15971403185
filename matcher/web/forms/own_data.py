"""The form that asks whose data somebody wants to see."""

from matcher.web.forms.base import Form
from matcher.web.forms.fields import Email
from matcher.web.words import lazy_gettext as _


class YourAddressForm(Form):
    """The address that a person gave us."""

    email = Email(
        _("Email address"), hint=_("The one you gave us."), enter=_("Enter your email address")
    )
