"""The forms with which a volunteer joins and signs in."""

from collections.abc import Iterable

from matcher.actions.handed_in import JoinForm
from matcher.web.forms.base import Form
from matcher.web.forms.basis import AnyField
from matcher.web.forms.branching import BranchingForm
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.fields import Email, LongText, OrganisationName, PersonName
from matcher.web.forms.numbers import WholeNumber
from matcher.web.forms.places import PlaceName
from matcher.web.words import lazy_gettext as _

ANY_DISTANCE = "any"
SOME_MILES = "miles"
#: Land's End to John o' Groats, and a little more.
FARTHEST_MILES = 1000


class OfferForm(Form):
    """What others could learn from the volunteer."""

    offer = LongText(
        _("What could others learn from you?"),
        noun=_("What others could learn from you"),
        enter=_("Enter what others could learn from you"),
    )


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
    how_far = Choice(
        _("How far would you go?"),
        enter=_("Select how far you would go"),
        options=(
            Option(ANY_DISTANCE, _("Any distance")),
            Option(SOME_MILES, _("Up to a number of miles")),
        ),
    )
    miles = WholeNumber(
        _("Miles in a straight line"),
        noun=_("The number of miles"),
        hint=_("For example 120. Birmingham to London is about 100 miles."),
        enter=_("Enter how many miles you would go"),
        least=1,
        most=FARTHEST_MILES,
    )

    def unasked(self) -> Iterable[AnyField]:
        """Miles count only where a number of them was chosen."""
        return () if self.how_far.data == SOME_MILES else (self.miles,)

    @property
    def chosen_miles(self) -> int | None:
        """The limit in miles; None for any distance."""
        return self.miles.data if self.how_far.data == SOME_MILES else None


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
        miles=travel.chosen_miles,
        name=you.name.data,
        email=you.email.data,
        organisation=you.organisation.data,
    )
