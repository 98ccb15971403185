"""The forms with which a volunteer joins and signs in."""

from matcher.actions.handed_in import JoinForm
from matcher.web.forms.base import Form
from matcher.web.forms.fields import Email, LongText, OrganisationName, PersonName
from matcher.web.forms.travelling import TravelForm
from matcher.web.words import lazy_gettext as _


class OfferForm(Form):
    """What others could learn from the volunteer."""

    offer = LongText(
        _("What could others learn from you?"),
        noun=_("What others could learn from you"),
        enter=_("Enter what others could learn from you"),
    )


class AboutYouForm(Form):
    """Who the volunteer is."""

    name = PersonName(_("Full name"), enter=_("Enter your full name"))
    email = Email(
        _("Work email address"),
        hint=_("We send a link there to check that it is yours."),
        enter=_("Enter your work email address"),
    )
    organisation = OrganisationName(
        _("Organisation"),
        hint=_("A council, or another public body. Start typing, or write its name in full."),
        enter=_("Enter the name of your organisation"),
    )


class SignInForm(Form):
    """The address to which a sign-in link goes."""

    email = Email(
        _("Work email address"),
        hint=_("The one you joined with."),
        enter=_("Enter your work email address"),
    )


def handed_in(
    offer: OfferForm, travel: TravelForm, you: AboutYouForm, *, form_key: str, network: str
) -> JoinForm:
    """Return the three pages, each valid, as one form."""
    return JoinForm(
        form_key=form_key,
        network=network,
        offer=offer.offer.data,
        where=travel.where.whereabouts,
        travel=travel.travel,
        name=you.name.data,
        email=you.email.data,
        organisation=you.organisation.data,
    )
