"""The forms about what is kept of a person: whose it is, and what is to be corrected."""

from matcher.web.forms.base import Form
from matcher.web.forms.fields import Email, PersonName
from matcher.web.words import lazy_gettext as _


class YourAddressForm(Form):
    """The address that a person gave us."""

    email = Email(
        _("Email address"), hint=_("The one you gave us."), enter=_("Enter your email address")
    )


class CorrectNameForm(Form):
    """A person's name as it is to be."""

    name = PersonName(_("Your full name"), enter=_("Enter your full name"))


class NewAddressForm(Form):
    """Where a person wants to be written to."""

    email = Email(
        _("Your new work email address"),
        hint=_("We send a link there. Nothing changes until you press it."),
        enter=_("Enter your new work email address"),
    )


class TheirNewAddressForm(Form):
    """Where somebody wants to be written to who told a coordinator so."""

    email = Email(
        _("Their new work email address"),
        hint=_("We send a link there. Nothing changes until they press it."),
        enter=_("Enter their new work email address"),
    )


AnyNewAddressForm = NewAddressForm | TheirNewAddressForm
